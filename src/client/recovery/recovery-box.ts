import { type Bytes, equalBytes, utf8 } from '../../bytes/bytes.ts';
import type { Crypto } from '../../crypto/crypto.ts';
import { sha256 } from '../../crypto/hash.ts';
import { openBox, sealBox } from '../../crypto/passphrase-box.ts';
import { LatchkeyError } from '../../errors.ts';
import {
  decodeRecoveryContent,
  encodeRecoveryContent,
  encodeRecoveryFile,
  MAX_RECOVERED_LICENSES,
  MAX_RECOVERY_CONTENT_BYTES,
  type RecoveryContent,
  type RecoveryEnvelope,
  recoveryAad,
} from '../../format/recovery-file.ts';

const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What a recovery file is closed with. */
export interface Closing {
  readonly domainId: Bytes;
  /** Of the device that makes it. */
  readonly deviceId: Bytes;
  /** Empty: anybody who has the file can read it. */
  readonly passphrase: string;
}

/**
 * Writes a recovery file, encrypted under the passphrase if there is one; that takes a third of a second or more.
 *
 * @throws {@link LatchkeyError} FILE_TOO_LARGE - when the licenses are more than one file holds.
 */
export async function closeRecovery(
  content: RecoveryContent,
  { domainId, deviceId, passphrase }: Closing,
  crypto: Pick<Crypto, 'argon2id' | 'randomBytes'>,
): Promise<Bytes> {
  const plain = contentOf(content);
  const of = { domainId, deviceId };
  if (passphrase === '') return encodeRecoveryFile({ ...of, digest: sha256(plain), content: plain });
  const [salt, nonce] = [crypto.randomBytes(SALT_BYTES), crypto.randomBytes(NONCE_BYTES)];
  const key = await keyOf(passphrase, salt, crypto);
  const sealed = await sealBox(plain, { key, nonce, aad: recoveryAad(of) });
  return encodeRecoveryFile({ ...of, salt, nonce, content: sealed });
}

/** The same licenses fit with a passphrase and without. */
function contentOf(content: RecoveryContent): Bytes {
  const licenses = content.licenses.length;
  const plain = licenses <= MAX_RECOVERED_LICENSES ? encodeRecoveryContent(content) : null;
  if (plain !== null && plain.length + TAG_BYTES <= MAX_RECOVERY_CONTENT_BYTES) return plain;
  throw new LatchkeyError('FILE_TOO_LARGE', `${licenses} licenses in a recovery file`, {
    data: { licenses },
  });
}

/**
 * Opens a recovery file. Verifies no license in it.
 *
 * @throws {@link LatchkeyError} RECOVERY_PASSPHRASE_WRONG - also when an encrypted file was changed.
 * @throws {@link LatchkeyError} CARRIER_DAMAGED - when one that is not encrypted was changed.
 * @throws {@link LatchkeyError} CBOR_…, CLAIM_… - for what no device makes.
 * @see FORMAT.md#recovery-file
 */
export async function openRecovery(
  file: RecoveryEnvelope,
  passphrase: string,
  crypto: Pick<Crypto, 'argon2id'>,
): Promise<RecoveryContent> {
  const { salt, nonce, digest, content } = file;
  if (salt === undefined || nonce === undefined) {
    if (digest !== undefined && equalBytes(sha256(content), digest)) return decodeRecoveryContent(content);
    throw new LatchkeyError('CARRIER_DAMAGED', 'the content has another digest');
  }
  const key = await keyOf(passphrase, salt, crypto);
  const plain = await openBox(content, { key, nonce, aad: recoveryAad(file) });
  if (plain === null) throw new LatchkeyError('RECOVERY_PASSPHRASE_WRONG', 'the passphrase opens nothing');
  return decodeRecoveryContent(plain);
}

function keyOf(passphrase: string, salt: Bytes, crypto: Pick<Crypto, 'argon2id'>): Promise<Bytes> {
  return crypto.argon2id(utf8(passphrase.normalize('NFC')), salt);
}
