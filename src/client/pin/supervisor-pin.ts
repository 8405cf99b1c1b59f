import type { Bytes } from '../../bytes/bytes.ts';
import { LatchkeyError } from '../../errors.ts';
import type { DeviceSession } from '../state/device-session.ts';
import { later } from '../steps/later.ts';
import { type Act, needsPin, OPEN_MS } from './rules.ts';

/**
 * The supervisor's PIN of this device, if there is one: asked for before a person does what changes the license, and
 * then not for two minutes, in this tab alone. It keeps honest people from what is not theirs to do; whoever can read
 * the browser's profile can try PINs without waiting (SECURITY.md).
 */
export class SupervisorPin {
  /** Asks a person, who enters it by {@link enter}; the app's to set. Resolves when they have, or gave up. */
  ask: () => Promise<void> = async () => undefined;
  readonly #session: DeviceSession;
  #openUntilMs = 0;

  constructor(session: DeviceSession) {
    this.#session = session;
  }

  get isSet(): boolean {
    return this.#session.state.hasPin;
  }

  /** Whether it was entered within the last two minutes. */
  get isOpen(): boolean {
    return performance.now() < this.#openUntilMs;
  }

  /** Lets an act go on, after asking if need be. @throws PIN_NEEDED - when nobody entered the PIN. */
  async allow(act: Act): Promise<void> {
    if (!needsPin[act] || !this.isSet) return;
    if (!this.isOpen) await this.ask();
    if (!this.isOpen) throw new LatchkeyError('PIN_NEEDED', `${act} needs the supervisor's PIN`);
    this.#open();
  }

  /** As {@link allow}, but a refresh of this very device that clears a forgotten PIN needs none. */
  async allowLoading(input: Bytes): Promise<void> {
    if (!this.isSet || this.isOpen) return this.allow('load');
    const { clearsPin } = await later.clearsPin();
    if (!(await clearsPin(this.#session, input))) await this.allow('load');
  }

  /**
   * Enters the PIN. Each try is counted before it is looked at, for all tabs and the next start.
   *
   * @throws PIN_WRONG, PIN_WAIT
   */
  async enter(pin: string): Promise<void> {
    const { enterPin } = await later.pin();
    await this.#session.alone(session => enterPin(session, pin));
    this.#open();
  }

  /** Sets or changes the PIN: 4 to 12 digits. @throws PIN_FORM, PIN_NEEDED */
  async set(pin: string): Promise<void> {
    await this.allow('changePin');
    const { setPin } = await later.pin();
    await this.#session.alone(session => setPin(session, pin));
    this.#open();
  }

  /** Takes the PIN away. @throws PIN_NEEDED */
  async remove(): Promise<void> {
    await this.allow('changePin');
    const { removePin } = await later.pin();
    await this.#session.alone(removePin);
  }

  /** Asks again from now on. */
  lock(): void {
    this.#openUntilMs = 0;
    this.#session.onChange();
  }

  #open(): void {
    this.#openUntilMs = performance.now() + OPEN_MS;
  }
}
