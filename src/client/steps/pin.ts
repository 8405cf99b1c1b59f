import { equalBytes, utf8 } from '../../bytes/bytes.ts';
import { LatchkeyError } from '../../errors.ts';
import { keepPin, noteRightPin, takeTry } from '../../store/pin.ts';
import { PIN_FORM, pinWaitMs } from '../pin/rules.ts';
import type { Session } from '../state/session.ts';

const SALT_BYTES = 16;

/**
 * Compares a PIN with the one that is kept, by Argon2id. The try is counted first, so that closing the app in the
 * middle gains nothing.
 *
 * @throws PIN_WRONG
 * @throws PIN_WAIT - with the seconds that are left; the PIN is not looked at then.
 */
export async function enterPin({ store, crypto, clock }: Session, pin: string): Promise<void> {
  const taken = await takeTry(store, clock(), pinWaitMs);
  if (taken === null) return;
  if ('waitMs' in taken) {
    const data = { seconds: Math.ceil(taken.waitMs / 1000) };
    throw new LatchkeyError('PIN_WAIT', `${data.seconds} seconds are left`, { data });
  }
  const hash = await crypto.argon2id(utf8(pin), taken.pin.salt);
  if (!equalBytes(hash, taken.pin.hash)) throw new LatchkeyError('PIN_WRONG', 'another PIN is set');
  await noteRightPin(store);
}

/** Sets the PIN. @throws PIN_FORM - unless it has 4 to 12 digits. */
export async function setPin({ store, crypto }: Session, pin: string): Promise<void> {
  if (!PIN_FORM.test(pin)) throw new LatchkeyError('PIN_FORM', 'expected 4 to 12 digits');
  const salt = crypto.randomBytes(SALT_BYTES);
  const hash = await crypto.argon2id(utf8(pin), salt);
  await keepPin(store, { salt, hash, tried: { count: 0, atMs: 0 } });
}

/** Takes the PIN away. */
export async function removePin({ store }: Session): Promise<void> {
  await keepPin(store, null);
}
