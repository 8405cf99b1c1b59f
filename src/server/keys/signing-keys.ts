import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Kysely, Selectable } from 'kysely';
import { type Bytes, concatBytes, utf8 } from '../../bytes/bytes.ts';
import { keyId } from '../../cose/key.ts';
import { LatchkeyError } from '../../errors.ts';
import type { SecretBox } from '../../issue/secrets/secret-box.ts';
import type { SigningKeyTable, Tables } from '../db/tables.ts';
import { ed25519PrivateKey, p256PrivateKey, rawPrivateKey, rawPublicKey } from './key-objects.ts';

/** A key of the portal as the database has it: its private half is sealed. */
export type SigningKeyRow = Selectable<SigningKeyTable>;

/** What a key is for. */
export type KeyRole = SigningKeyRow['role'];

/** A key's files are good from a day before it was made: clocks are set right after the first start. */
const VALID_BEFORE_S = 86_400;

const sealContext = utf8('signing-key');

/** Makes a key of this role and keeps it, its private half sealed. */
export async function makeSigningKey(
  db: Kysely<Tables>,
  { role, secretBox, nowS }: { role: KeyRole; secretBox: SecretBox; nowS: number },
): Promise<SigningKeyRow> {
  const privateKey = generate(role);
  const publicKey = rawPublicKey(privateKey);
  const kid = keyId(publicKey);
  const row: SigningKeyRow = {
    kid,
    role,
    state: 'active',
    public_key: publicKey,
    private_key_sealed: secretBox.seal(rawPrivateKey(privateKey), contextOf(kid)),
    valid_from_s: nowS - VALID_BEFORE_S,
    valid_until_s: null,
    created_at_s: nowS,
  };
  await db.insertInto('signing_key').values(row).execute();
  return row;
}

/**
 * The private half of a key.
 *
 * @throws {@link LatchkeyError} SERVER_FAILED - when the master key is another one, or the private half is kept elsewhere.
 */
export function openSigningKey(
  { kid, role, private_key_sealed }: SigningKeyRow,
  secretBox: SecretBox,
): KeyObject {
  if (private_key_sealed === null) {
    throw new LatchkeyError('SERVER_FAILED', `the private ${role} key is not kept here`);
  }
  const raw = secretBox.open(private_key_sealed, contextOf(kid));
  return role === 'sealing' ? p256PrivateKey(raw) : ed25519PrivateKey(raw);
}

function generate(role: KeyRole): KeyObject {
  if (role === 'sealing') return generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
  return generateKeyPairSync('ed25519').privateKey;
}

function contextOf(kid: Bytes): Bytes {
  return concatBytes(sealContext, kid);
}
