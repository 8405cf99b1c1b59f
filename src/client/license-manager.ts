import type { Bytes } from '../bytes/bytes.ts';
import { toHex } from '../bytes/hex.ts';
import type { Ed25519Engine } from '../crypto/crypto.ts';
import type { ErrorCode } from '../errors.ts';
import { deviceNumber } from '../license/device-number.ts';
import type { FeatureStatus, LicenseStatus } from '../license/status.ts';
import { everyFewMinutes, whenIdle } from '../platform/clock.ts';
import type { DeviceMark } from '../platform/device-mark.ts';
import type { Profile } from '../platform/profile.ts';
import { keepSyncChoice } from '../platform/sync-choice.ts';
import type { RequestContents } from './contents/request-contents.ts';
import type { OpenOptions } from './options.ts';
import { SupervisorPin } from './pin/supervisor-pin.ts';
import { keepMark, lostDevice } from './recovery/lost-device.ts';
import type { Rescue } from './recovery/rescue.ts';
import { sessionOptions } from './session-options.ts';
import { DeviceSession } from './state/device-session.ts';
import { portalsOf } from './state/device-state.ts';
import { syncView } from './state/sync-view.ts';
import { allViews, featureView, recoveryView, type Views } from './state/views.ts';
import { keepSteps, later } from './steps/later.ts';
import type { DeviceStick } from './stick/device-stick.ts';
import type { Synchronizer } from './sync/synchronizer.ts';
import type {
  Activation,
  BrokenView,
  Credentials,
  DeactivationView,
  DeviceFile,
  LicenseView,
  LoadResult,
  RecoveryView,
  RequestView,
  SyncView,
} from './views.ts';

/**
 * The licenses of this device: an origin in one browser profile. It takes and gives bytes; how they travel is the
 * app's choice. Every stored license is verified from its bytes when this opens and after each change.
 *
 * Events: `change`, whenever anything that the properties say may have changed, in this tab or another.
 *
 * Methods refuse with a LatchkeyError: STORAGE_FULL, STORAGE_BLOCKED or STORAGE_FAILED besides the codes they name.
 */
export class LicenseManager extends EventTarget {
  /**
   * Opens the device. The first time it asks the app's own origin for its profile and pins the vendor's root; from
   * then on it opens without a network. Waits for no permission and no portal.
   *
   * Not to be awaited at the top level of a module: parts that come later, as on a browser without Ed25519, may import
   * from the very file whose evaluation then waits for them.
   *
   * @throws PROFILE_MISSING, PROFILE_REFUSED - at the first start.
   * @throws CRYPTO_MISSING - on a page of an insecure origin.
   */
  static async open(options: OpenOptions = {}): Promise<LicenseManager> {
    return new LicenseManager(await DeviceSession.open(sessionOptions(options)));
  }

  readonly #session: DeviceSession;
  /** The supervisor's PIN, if one is set: methods that change the license throw PIN_NEEDED unless it is entered. */
  readonly pin: SupervisorPin;
  readonly #stopClock: () => void;
  #views: Views | null = null;
  #synchronizer: Synchronizer | null = null;
  #isClosed = false;

  private constructor(session: DeviceSession) {
    super();
    this.#session = session;
    this.pin = new SupervisorPin(session);
    session.onChange = () => this.#changed();
    this.#stopClock = everyFewMinutes(() => void session.tick());
    session.settle();
    whenIdle(() => {
      this.#mark();
      void keepSteps();
      void this.#startSync();
    });
  }

  /** What the app's origin says of the vendor. */
  get profile(): Profile {
    return this.#session.state.profile;
  }

  /** Why the origin's present profile is not followed; the pinned one goes on working. */
  get profileProblem(): ErrorCode | null {
    return this.#session.profileProblem;
  }

  /** Addresses of the portal, the best first. */
  get portals(): readonly string[] {
    return portalsOf(this.#session.state);
  }

  /** Fingerprint of the pinned root, hex, to compare with the vendor's printed one. */
  get rootFingerprint(): string {
    return toHex(this.#session.state.trust.domainId);
  }

  /** When the vendor signed the newest keys that are known here, milliseconds since the Unix epoch. */
  get keysSignedAtMs(): number {
    return this.#session.state.trust.bundle.issuedAt * 1000;
  }

  /** Who verified the last signature; null when nothing has been verified yet. */
  get signatureEngine(): Ed25519Engine | null {
    return this.#session.crypto.engine;
  }

  /** The number that people read aloud; null until the first request makes the device's key. */
  get deviceNumber(): string | null {
    const { identity } = this.#session.state;
    return identity && deviceNumber(identity.deviceId);
  }

  /** What people call this device; empty at first. */
  get deviceName(): string {
    return this.#session.state.deviceName;
  }

  /** Every license here, the one to show first in front. */
  get licenses(): readonly LicenseView[] {
    return this.#all.licenses;
  }

  /** Stored licenses that cannot be used any more, and why. */
  get broken(): readonly BrokenView[] {
    return this.#all.broken;
  }

  /** Status of the first license; null while there is none. */
  get status(): LicenseStatus | null {
    return this.licenses[0]?.status ?? null;
  }

  /** Whether some license here unlocks the app now. */
  get isUnlocked(): boolean {
    return this.licenses.some(({ status }) => status.unlocked);
  }

  /** Whether one feature unlocks now, by any license here; a feature that no license has is locked. */
  feature(code: string): FeatureStatus {
    return featureView(this.licenses, code);
  }

  /** Files that wait for an answer, the newest first. */
  get openRequests(): readonly RequestView[] {
    return this.#all.openRequests;
  }

  /** Licenses that were given up, the latest first: with a file to carry until the receipt is here. */
  get deactivations(): readonly DeactivationView[] {
    return this.#all.deactivations;
  }

  /** The device that had a license here before the browser lost its data; null: none, or it cannot be told. */
  get lost(): DeviceMark | null {
    return lostDevice(this.#session.database, this.#session.state);
  }

  /** How the recovery file of this device stands. */
  get recovery(): RecoveryView {
    return recoveryView(this.#session.state);
  }

  /** What makes recovery files and gets licenses back with them. */
  async rescue(): Promise<Rescue> {
    const { Rescue: Steps } = await later.rescue();
    return new Steps(this.#session, this.pin);
  }

  /** How syncing with the portal goes. */
  get sync(): SyncView {
    return syncView(this.#session);
  }

  /**
   * Lets files go to the portal by themselves where there is a network, or not: the choice of a person, kept for good.
   * Without it nothing goes there but what is sent by {@link send} or {@link activate}.
   */
  async setSync(isOn: boolean): Promise<void> {
    await this.pin.allow('setSync');
    keepSyncChoice(this.#session.database, isOn);
    await this.#session.noteSync(old => ({ ...old, isOn }));
  }

  /** Names this device; at most 32 bytes of it travel in requests. */
  async rename(name: string): Promise<void> {
    await this.#session.rename(name.trim());
  }

  /**
   * Makes an activation request for a license key or a user, and keeps it until it is answered. Any number may be
   * open. A password is hashed, for a third of a second or more and beside the page, and kept nowhere.
   *
   * @throws LICENSE_KEY_MISTYPED, LICENSE_KEY_INCOMPLETE, CREDENTIALS_INCOMPLETE - before anything is made.
   * @throws DEVICE_KEY_NOT_STORED
   */
  async request(credentials: Credentials, options: { online?: boolean } = {}): Promise<DeviceFile> {
    await this.pin.allow('request');
    const [{ readCredentials }, { makeRequest }] = await Promise.all([later.credentials(), later.request()]);
    const { crypto, state } = this.#session;
    const known = await readCredentials(credentials, { crypto, domainId: state.trust.domainId });
    const id = await this.#session.alone(session => makeRequest(session, known, options.online ?? false));
    return this.file(id);
  }

  /**
   * The file of an open request, or of a deactivation without receipt: the same bytes each time, sealed anew when
   * the portal has changed its key.
   *
   * @throws REQUEST_UNKNOWN
   */
  async file(id: string): Promise<DeviceFile> {
    const { keptFile } = await later.seal();
    return this.#session.alone(session => keptFile(session, id));
  }

  /** What such a file tells the portal, read from the bytes that it seals. @throws REQUEST_UNKNOWN */
  async contents(id: string): Promise<RequestContents> {
    const { contentsOf } = await later.contents();
    return contentsOf(this.#session, id);
  }

  /** Remembers that a file was saved, to tell people when. */
  async noteSaved(id: string): Promise<void> {
    await this.#session.noteSaved(id);
  }

  /** Forgets an open request; an answer to it is refused from then on. */
  async discard(id: string): Promise<void> {
    await this.pin.allow('discard');
    await this.#session.discard(id);
  }

  /**
   * Loads what the portal answered: a license, refresh file, refusal or receipt, or keys alone, from any carrier.
   *
   * @throws every FILE code, REQUEST_UNKNOWN, REVISION_OLD, ACTIVATION_ENDED; nothing is changed then, save newer keys.
   */
  async load(input: Bytes): Promise<LoadResult> {
    await this.pin.allowLoading(input);
    const { loadAnswer } = await later.loadAnswer();
    return this.#session.alone(session => loadAnswer(session, input));
  }

  /**
   * Counts consumption, in one transaction, safe across tabs. Wait for it before leading a person to another page.
   *
   * @param counter - A feature's code; left out, the license's own counter.
   * @throws CONSUMPTION_EXCEEDED, CONSUMPTION_RANGE, FEATURE_UNKNOWN, LICENSE_MISSING, or the code of what locks it
   */
  async consume(amount = 1, counter = ''): Promise<void> {
    await this.#session.count({ counter, amount, direction: 'used' });
  }

  /** Gives back what was counted by mistake or not needed. Throws as {@link consume} does. */
  async giveBack(amount = 1, counter = ''): Promise<void> {
    await this.#session.count({ counter, amount, direction: 'given-back' });
  }

  /** Makes a usage report, which is also a request for the newest license. @throws LICENSE_MISSING */
  async report(licenseId = this.#firstId, options: { online?: boolean } = {}): Promise<DeviceFile> {
    const { makeReport } = await later.report();
    const id = await this.#session.alone(session => makeReport(session, licenseId, options.online ?? false));
    return this.file(id);
  }

  /**
   * Gives a license up: it is unusable from then on, whatever happens to the file, which stays until the receipt is
   * loaded. @throws LICENSE_MISSING
   */
  async deactivate(licenseId = this.#firstId): Promise<DeviceFile> {
    await this.pin.allow('deactivate');
    const { giveUp } = await later.deactivate();
    const id = await this.#session.alone((session, readAnew) => giveUp(session, licenseId, readAnew));
    return this.file(id);
  }

  /**
   * Sends a kept file to the portal and loads its answer: the bytes that a stick would carry. Gives up within five
   * seconds; the file is kept, to be carried or sent later.
   *
   * @throws PORTAL_UNREACHABLE, PORTAL_ANSWER_REFUSED, RATE_LIMITED, SERVER_BUSY, and as {@link load}
   */
  async send(id: string): Promise<LoadResult> {
    const { sendKept } = await later.send();
    return sendKept(this.#session, id);
  }

  /** Activates by the network alone. Throws as {@link request} and {@link send}. */
  async activateOnline(credentials: Credentials): Promise<LoadResult> {
    const { id } = await this.request(credentials, { online: true });
    return this.send(id);
  }

  /**
   * Activates by whichever works: the network if the portal answers within five seconds, else a file to carry.
   *
   * @throws LICENSE_KEY_MISTYPED, LICENSE_KEY_INCOMPLETE, CREDENTIALS_INCOMPLETE, DEVICE_KEY_NOT_STORED
   */
  async activate(credentials: Credentials): Promise<Activation> {
    const { activateEitherWay } = await later.send();
    return activateEitherWay(this, credentials);
  }

  /**
   * Makes this copy of a device one of its own, after the portal has refused a file of it with DEVICE_COPIED: a new key
   * and number. Its licenses and files are set aside; ask for a license of its own then.
   *
   * @throws REQUEST_UNKNOWN - without such a refusal; DEVICE_KEY_NOT_STORED
   */
  async becomeNewDevice(): Promise<void> {
    await this.pin.allow('becomeNewDevice');
    const { becomeNewDevice } = await later.newDevice();
    await this.#session.alone(becomeNewDevice);
  }

  /**
   * Erases the device's key, before an image of this machine is taken for others: each then makes its own.
   *
   * @throws DEVICE_IN_USE - while a license is here, or a deactivation without its receipt.
   */
  async prepareForCloning(): Promise<void> {
    await this.pin.allow('prepareForCloning');
    const { prepareForCloning } = await later.newDevice();
    await this.#session.alone(prepareForCloning);
  }

  /** This device at a stick, or at any folder that a person chose: what waits goes there, answers come from there. */
  async stick(): Promise<DeviceStick> {
    const { DeviceStick } = await later.stick();
    return new DeviceStick(this.#session, input => this.load(input));
  }

  /** Stops listening and lets the database go. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#synchronizer?.stop();
    this.#stopClock();
    await this.#session.close();
  }

  get #all(): Views {
    this.#views ??= allViews(this.#session.state, this.#session.surroundings());
    return this.#views;
  }

  get #firstId(): string {
    return this.licenses[0]?.id ?? '';
  }

  /** What syncs comes when the page has been painted. Where it cannot be had, the next start tries again. */
  async #startSync(): Promise<void> {
    const part = await import('./sync/synchronizer.ts').catch(() => null);
    if (part && !this.#isClosed) this.#synchronizer = new part.Synchronizer(this.#session);
  }

  #mark(): void {
    if (!this.#isClosed) keepMark(this.#session.database, this.#session.state);
  }

  #changed(): void {
    this.#views = null;
    this.#mark();
    this.#synchronizer?.changed();
    this.dispatchEvent(new Event('change'));
  }
}
