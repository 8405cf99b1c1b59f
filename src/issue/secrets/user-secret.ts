import { type Bytes, concatBytes, utf8 } from '../../bytes/bytes.ts';
import type { IssueContext } from '../portal.ts';
import type { UserRecord } from '../records.ts';

const STORED_KEY_BYTES = 32;
const context = utf8('user-key');

/** Seals what the portal keeps of a password, for the user of this id. */
export function sealUserKey(
  userId: Bytes,
  storedKey: Bytes,
  { secretBox }: Pick<IssueContext, 'secretBox'>,
): Bytes {
  return secretBox.seal(storedKey, sealContext(userId));
}

/**
 * What the portal keeps of the user's password, 32 bytes. Where there is no such user, bytes that nobody has a
 * password for, at the same work: how long the portal takes does not tell who exists.
 */
export function openUserKey(
  user: UserRecord | null,
  { secretBox, crypto }: Pick<IssueContext, 'secretBox' | 'crypto'>,
): Bytes {
  if (user !== null) return secretBox.open(user.keySealed, sealContext(user.id));
  const nobody = crypto.randomBytes(STORED_KEY_BYTES);
  return secretBox.seal(nobody, sealContext(nobody)).slice(0, STORED_KEY_BYTES);
}

function sealContext(userId: Bytes): Bytes {
  return concatBytes(context, userId);
}
