import type { Bytes } from '../../bytes/bytes.ts';
import { toHex } from '../../bytes/hex.ts';
import { sha256 } from '../../crypto/hash.ts';
import type { LatchkeyError } from '../../errors.ts';
import { deviceNumber } from '../../license/device-number.ts';
import type { WaitingFile } from '../../platform/stick/outcome.ts';
import { findStick, openStick, type Stick } from '../../platform/stick/stick.ts';
import { stickError } from '../../platform/stick/stick-error.ts';
import type { StickOwner } from '../../platform/stick/vendor-folder.ts';
import { alone } from '../../platform/tabs.ts';
import { startPage } from '../../ui/files/start-page.ts';
import type { DeviceSession } from '../state/device-session.ts';
import { portalsOf } from '../state/device-state.ts';
import { keptFile } from '../steps/seal.ts';
import type { LoadResult } from '../views.ts';
import { type FoundFile, type OnProgress, type Stray, searchStick } from './search.ts';
import { closedDigests, type OpenFile, openFiles, withRefusal } from './waiting.ts';

/** One tab at a time: two would write the same file under two names. */
const LOCK = 'latchkey-stick';

/** What lay on the stick when it was last looked at in vain. */
let lastSeen = '';

/** What became of a file for this device. */
export type Taken = { readonly result: LoadResult } | { readonly error: unknown };

/** What was found on a stick. */
export interface Findings {
  readonly taken: readonly Taken[];
  /** How many files this device has loaded before. */
  readonly known: number;
  /** How many files are for other devices; they were left alone. */
  readonly others: number;
  readonly strays: readonly Stray[];
  /** Why not everything could be looked at or noted; null when all was. */
  readonly trouble: LatchkeyError | null;
}

/** This device at a stick: it puts its files there and takes its answers, both by what is in them. */
export class DeviceStick {
  readonly #session: DeviceSession;
  readonly #load: (input: Bytes) => Promise<LoadResult>;

  /** @param load - How a file is loaded, however it comes. */
  constructor(session: DeviceSession, load: (input: Bytes) => Promise<LoadResult>) {
    this.#session = session;
    this.#load = load;
  }

  /**
   * Writes every file that waits for an answer, and tells so on the stick. Files of this device that were answered
   * since, by the network as well, are removed. Returns how many wait.
   *
   * @throws STICK_GONE, STICK_FULL, STICK_NOT_ALLOWED, STICK_FAILED - what was written before is noted as saved.
   */
  save(chosen: FileSystemDirectoryHandle): Promise<number> {
    return alone(LOCK, async () => {
      const stick = await openStick(chosen, this.#owner());
      const waiting: WaitingFile[] = [];
      for (const open of openFiles(this.#session.state)) waiting.push(await this.#write(stick, open));
      const { identity } = this.#session.state;
      const before = identity && (await stick.outcomeOf(toHex(identity.deviceId)));
      await this.#tell(stick, waiting);
      if (identity && before) await this.#removeAnswered(stick, deviceNumber(identity.deviceId));
      return waiting.length;
    });
  }

  /**
   * Looks at every file that a portal has put there, and loads those that are for this device. What it has stored is
   * then removed from the stick, receipts excepted. Writes nothing where there is no folder of the vendor.
   *
   * @returns null where the stick has no folder of this vendor.
   * @throws STICK_GONE, STICK_NOT_ALLOWED, STICK_FAILED, STICK_TOO_MANY_FILES - before anything is loaded.
   */
  load(chosen: FileSystemDirectoryHandle, onProgress: OnProgress = () => {}): Promise<Findings | null> {
    return alone(LOCK, async () => {
      const stick = await findStick(chosen, this.#owner());
      return stick && this.#loadFrom(stick, onProgress);
    });
  }

  /**
   * Whether a portal has put something there for this device that is not loaded yet. Writes nothing, and looks again
   * only when other files are there than the last time.
   */
  async hasAnswer(chosen: FileSystemDirectoryHandle): Promise<boolean> {
    const stick = await findStick(chosen, this.#owner());
    if (!stick) return false;
    const seen = `${stick.id} ${(await stick.files('to-device')).names.join('/')}`;
    if (seen === lastSeen) return false;
    const { take } = await searchStick(this.#session, stick, () => {});
    lastSeen = take.length > 0 ? '' : seen;
    return take.length > 0;
  }

  async #loadFrom(stick: Stick, onProgress: OnProgress): Promise<Findings> {
    const { take, known, kept, other, strays, trouble } = await searchStick(this.#session, stick, onProgress);
    const over = [...known];
    const taken: Taken[] = [];
    for (const file of take) taken.push(await this.#take(file, over));
    const untidy = await this.#tidy(stick, over).then(() => null, stickError);
    return {
      taken,
      known: known.length + kept.length,
      others: other.length,
      strays,
      trouble: trouble ?? untidy,
    };
  }

  async #take(file: FoundFile, over: FoundFile[]): Promise<Taken> {
    try {
      const result = await this.#load(file.bytes);
      // A receipt is the customer's proof.
      if (result.kind !== 'receipt') over.push(file);
      return { result };
    } catch (error) {
      return { error };
    }
  }

  async #write(stick: Stick, open: OpenFile): Promise<WaitingFile> {
    const kept = await this.#session.alone(steps => keptFile(steps, open.id));
    const file = await stick.write('to-portal', kept);
    await this.#session.noteSaved(open.id);
    const { kind, request } = open;
    return withRefusal({ file, kind, request, digest: toHex(sha256(kept.bytes)) }, open, this.#session.state);
  }

  /** What is over goes, after the stick says so: it may be pulled out at any moment. */
  async #tidy(stick: Stick, over: readonly FoundFile[]): Promise<void> {
    const { state } = this.#session;
    if (!state.identity) return;
    const before = await stick.outcomeOf(toHex(state.identity.deviceId));
    if (!before && over.length === 0) return;
    const open = new Map(openFiles(state).map(file => [file.request, file]));
    const waiting = (before?.waiting ?? []).flatMap(file => {
      const still = open.get(file.request);
      return still ? [withRefusal(file, still, state)] : [];
    });
    await this.#tell(stick, waiting);
    for (const file of over) await stick.remove('to-device', file);
    await this.#removeAnswered(stick, deviceNumber(state.identity.deviceId));
  }

  /** Files of this device that an answer has closed, whenever that was: a pulled stick still has them. */
  async #removeAnswered(stick: Stick, number: string): Promise<void> {
    const closed = closedDigests(this.#session.state);
    const { names } = await stick.files('to-portal');
    // The name only says where to look: a fleet's stick has a thousand others.
    for (const name of names.filter(each => each.includes(number.replaceAll(' ', '-')))) {
      const bytes = await stick.read('to-portal', name);
      if (bytes && closed.has(toHex(sha256(bytes)))) await stick.remove('to-portal', { name, bytes });
    }
  }

  async #tell(stick: Stick, waiting: readonly WaitingFile[]): Promise<void> {
    const { identity, deviceName } = this.#session.state;
    if (!identity) return;
    const at = Math.floor(this.#session.clock() / 1000);
    await stick.tellOutcome({ device: toHex(identity.deviceId), name: deviceName, at, waiting });
  }

  #owner(): StickOwner {
    const { state } = this.#session;
    const vendor = state.profile.brand.name ?? '';
    const portals = portalsOf(state);
    return { domainId: state.trust.domainId, vendor, portals, startPage: startPage({ vendor, portals }) };
  }
}
