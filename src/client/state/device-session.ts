import { equalBytes } from '../../bytes/bytes.ts';
import type { Crypto } from '../../crypto/crypto.ts';
import { type ErrorCode, LatchkeyError } from '../../errors.ts';
import type { Signals } from '../../license/node-lock.ts';
import { type Clock, whenIdle } from '../../platform/clock.ts';
import { fetchProfile } from '../../platform/profile.ts';
import { type Machine, readQuickSignals } from '../../platform/signals.ts';
import { keptSyncChoice } from '../../platform/sync-choice.ts';
import { alone, ifNoOther, Tabs } from '../../platform/tabs.ts';
import { type Contents, readContents } from '../../store/contents.ts';
import { noteSync, raiseHighWaterMark, renameDevice } from '../../store/device.ts';
import { changeEnded } from '../../store/ended.ts';
import type { CounterRecord, SyncRecord, TrustRecord } from '../../store/records.ts';
import { changeRequest, removeRequest } from '../../store/requests.ts';
import { Store } from '../../store/store.ts';
import { type Act, consume } from '../steps/consume.ts';
import { type DeviceState, deviceTimeOf, verifyContents, withCount } from './device-state.ts';
import { followProfile, type Pinned, pinFromProfile, readPinned } from './pinned-trust.ts';
import type { Session } from './session.ts';
import type { Surroundings } from './views.ts';

/** What a session is opened with; all of it decided. */
export interface SessionOptions {
  readonly profileUrl: string;
  readonly product: string | null;
  readonly appVersion: string;
  readonly appReleasedAtMs: number | undefined;
  readonly database: string;
  readonly clock: Clock;
  readonly crypto: Crypto;
  readonly machine: () => Promise<Machine>;
  readonly sync: boolean;
}

/** How often counting is tried again when another tab changes the license at that moment. */
const MAX_ATTEMPTS = 5;

/** The stored state of this device, kept fresh across tabs, and the changes to it, one at a time. */
export class DeviceSession implements Session {
  static async open(options: SessionOptions): Promise<DeviceSession> {
    const store = new Store(options.database);
    const contents = await readContents(store);
    const { crypto } = options;
    const pinned = await (contents.trust
      ? readPinned(contents.trust, crypto)
      : pinFromProfile(store, options.profileUrl, crypto));
    const product = options.product ?? pinned.profile.product;
    const state = await verifyContents(contents, { ...pinned, crypto, product });
    return new DeviceSession(store, options, state);
  }

  readonly store: Store;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly appVersion: string;
  readonly machine: () => Promise<Machine>;
  state: DeviceState;
  /** Called after each change of the state, and when time has gone on. */
  onChange: () => void = () => undefined;
  /** Why the origin's present profile is not followed. */
  profileProblem: ErrorCode | null = null;
  /** Nothing more is begun. */
  isClosed = false;

  readonly #options: SessionOptions;
  readonly #tabs: Tabs;
  /** Reads of the database begun so far, and the latest whose outcome is the state. */
  #readsBegun = 0;
  #readShown = 0;
  #signals: Signals = readQuickSignals();
  #looksVirtual = false;

  private constructor(store: Store, options: SessionOptions, state: DeviceState) {
    this.store = store;
    this.crypto = options.crypto;
    this.clock = options.clock;
    this.appVersion = options.appVersion;
    this.machine = once(() => this.#readMachine());
    this.state = state;
    this.#options = options;
    this.#tabs = new Tabs(options.database, () => void this.#readAgain());
  }

  get database(): string {
    return this.#options.database;
  }

  get product(): string | null {
    return this.#options.product ?? this.state.profile.product;
  }

  /** Whether files go to the portal by themselves: as a person chose, else as the app did. */
  get isSyncOn(): boolean {
    return this.state.sync.isOn ?? keptSyncChoice(this.database) ?? this.#options.sync;
  }

  /** What the rules look at besides the state. */
  surroundings(): Surroundings {
    const { appReleasedAtMs } = this.#options;
    return {
      clockMs: this.clock(),
      signals: this.#signals,
      looksVirtual: this.#looksVirtual,
      appReleasedAtMs,
    };
  }

  /** What need not be waited for at the start: the clock's mark, the slow signals, a newer profile. Never throws. */
  settle(): void {
    whenIdle(() => {
      void this.tick();
      void this.#refreshProfile();
      // Asking the graphics hardware takes tens of milliseconds, and without a license nobody compares.
      if (this.state.licenses.length > 0) void this.machine();
      void this.#verifyAgain();
    });
  }

  /** Time has gone on: notes it, so that the clock cannot be set back unnoticed, and tells. */
  async tick(): Promise<void> {
    const { clockSetBack } = deviceTimeOf(this.state, this.clock());
    try {
      if (!clockSetBack) {
        const highWaterMarkMs = await raiseHighWaterMark(this.store, this.clock());
        this.state = { ...this.state, highWaterMarkMs };
      }
    } catch (error) {
      // The mark is a precaution: without it the device goes on, and the next one who needs the database is told.
      if (!(error instanceof LatchkeyError)) throw error;
    }
    this.onChange();
  }

  /** Runs steps while no other tab runs any, on the state of now, and reads the state again afterwards. */
  async alone<T>(steps: (session: Session, readAnew: () => Promise<void>) => Promise<T>): Promise<T> {
    try {
      return await alone(`${this.#options.database}-steps`, async () => {
        await this.#read();
        return steps(this, () => this.#read());
      });
    } finally {
      await this.#tellChange();
    }
  }

  /** Runs steps, which take their turns by {@link alone}, unless another tab is at it. */
  async ifNoOther(steps: () => Promise<void>): Promise<void> {
    await ifNoOther(`${this.#options.database}-sync`, async () => {
      await this.#read();
      await steps();
    });
  }

  /** Counts; see `consume`. */
  async count(act: Act): Promise<void> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const counted = await consume(this, act, this.surroundings());
      if (counted) return this.#tellCounted(counted);
      await this.#read();
    }
    throw new LatchkeyError('STORAGE_FAILED', 'the license kept changing in another tab');
  }

  async rename(name: string): Promise<void> {
    await renameDevice(this.store, name);
    await this.#tellChange();
  }

  async noteSaved(id: string): Promise<void> {
    const savedAtMs = this.clock();
    await changeRequest(this.store, id, { savedAtMs });
    await changeEnded(this.store, id, { savedAtMs });
    await this.#tellChange();
  }

  async noteSync(note: (old: SyncRecord) => SyncRecord): Promise<void> {
    await noteSync(this.store, note);
    await this.#tellChange();
  }

  async discard(id: string): Promise<void> {
    await removeRequest(this.store, id);
    await this.#tellChange();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.onChange = () => undefined;
    this.#tabs.close();
    await this.store.close();
  }

  /** Reads overlap, since each takes a while to verify: one that began earlier never replaces a later one. */
  async #read(): Promise<void> {
    this.#readsBegun += 1;
    const number = this.#readsBegun;
    const contents = await readContents(this.store);
    const pinned = await this.#pinnedBy(contents);
    const { crypto, product } = this;
    const state = await verifyContents(contents, { ...pinned, crypto, product });
    if (number < this.#readShown) return;
    this.#readShown = number;
    this.state = state;
  }

  /** The trust is built anew only when another tab or step has stored another. */
  #pinnedBy({ trust }: Contents): Pinned | Promise<Pinned> {
    return trust && !isSame(trust, this.state.trustRecord) ? readPinned(trust, this.crypto) : this.state;
  }

  async #tellChange(): Promise<void> {
    await this.#read();
    this.#tabs.tell();
    this.onChange();
  }

  /** What was committed is counted, whether or not it can be read back now. */
  async #tellCounted(counted: CounterRecord): Promise<void> {
    try {
      await this.#read();
    } catch (error) {
      if (!(error instanceof LatchkeyError)) throw error;
      this.state = withCount(this.state, counted);
    }
    this.#tabs.tell();
    this.onChange();
  }

  async #readAgain(): Promise<void> {
    try {
      await this.#read();
      this.onChange();
    } catch (error) {
      // The database is away for a moment: the next step of this tab reads it and tells.
      if (!(error instanceof LatchkeyError)) throw error;
    }
  }

  async #refreshProfile(): Promise<void> {
    try {
      const text = await fetchProfile(this.#options.profileUrl);
      if (text === this.state.trustRecord.profile) return;
      // In turn with other steps: an answer that is loaded meanwhile may bring keys newer than these.
      await this.alone(session => followProfile(session, text));
    } catch (error) {
      if (!(error instanceof LatchkeyError)) throw error;
      if (error.code !== 'PROFILE_REFUSED') return;
      this.profileProblem = error.code;
      this.onChange();
    }
  }

  /**
   * The first answer came from whoever could give it at once. The vendor's keys are prepared now, and what is held is
   * verified once more: by WebAssembly, as everything that is read from here on.
   */
  async #verifyAgain(): Promise<void> {
    const { bundle } = this.state.trust;
    await this.crypto.prepare(bundle.issuerKeys.map(({ key }) => key));
    if (this.state.licenses.length > 0) await this.#readAgain();
  }

  async #readMachine(): Promise<Machine> {
    const machine = await this.#options.machine();
    this.#signals = machine.signals;
    this.#looksVirtual = machine.looksVirtual;
    this.onChange();
    return machine;
  }
}

function isSame(one: TrustRecord, other: TrustRecord): boolean {
  if (one.profile !== other.profile || one.files.length !== other.files.length) return false;
  return one.files.every((file, index) => equalBytes(file, other.files[index] ?? new Uint8Array()));
}

/** Calls a function once and gives the same promise each time. */
function once<T>(call: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | null = null;
  return () => {
    result ??= call();
    return result;
  };
}
