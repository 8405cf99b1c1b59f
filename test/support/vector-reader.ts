import { fromBase64url } from '../../src/bytes/base64url.ts';
import { type Bytes, concatBytes, equalBytes } from '../../src/bytes/bytes.ts';
import { readCarrier } from '../../src/bytes/carrier.ts';
import { fromHex } from '../../src/bytes/hex.ts';
import { keyId } from '../../src/cose/key.ts';
import type { Crypto, Opener } from '../../src/crypto/crypto.ts';
import { openerFromKeyPair } from '../../src/crypto/hpke.ts';
import { LatchkeyError } from '../../src/errors.ts';
import { openDeviceFile } from '../../src/issue/open-device-file.ts';
import { acceptLicenses, acceptReceipt, acceptRefusal, type Held } from '../../src/verify/accept.ts';
import { type AnswerResult, verifyAnswer } from '../../src/verify/answer.ts';
import { type VerifiedLicense, type VerifyingLicense, verifyLicense } from '../../src/verify/license.ts';
import { createTrust } from '../../src/verify/trust.ts';

/** A file of vectors as it lies in test/vectors: see vectors.schema.json. */
export interface VectorFile {
  readonly title: string;
  readonly reader: 'device' | 'portal';
  readonly domainId: string;
  readonly keys: Readonly<Record<string, SealingKeyJson>>;
  readonly device?: DeviceJson;
  readonly portal?: { readonly sealingKeys: readonly string[] };
  readonly tests: readonly VectorJson[];
}

interface VectorJson {
  readonly name: string;
  readonly file: string;
  readonly expect: string;
  readonly claims?: { readonly kind: string; readonly cbor: string };
}

interface DeviceJson {
  readonly root: string;
  readonly rootVersion: number;
  readonly trustFiles: readonly string[];
  readonly deviceId: string;
  readonly product: string | null;
  readonly requestIds: readonly string[];
  readonly fileDigests: readonly string[];
  readonly licenses: readonly string[];
  readonly ended: readonly { readonly activationId: string; readonly requestId: string }[];
}

/** Reads a file; throws a LatchkeyError for what it refuses. */
export type Reader = (file: Bytes) => Promise<'success' | 'skipped'>;

/** Hex of a P-256 key pair. */
export interface SealingKeyJson {
  readonly public: string;
  readonly private: string;
}

/** The cryptography that a reader works with. */
export interface ReaderCrypto {
  readonly crypto: Crypto;
  /** Opens what is sealed to a key; left out, by WebCrypto. */
  readonly openerOf?: (key: SealingKeyJson) => Opener | Promise<Opener>;
}

/** The reader that the vectors of a file are for. */
export async function readerOf(vectors: VectorFile, reading: ReaderCrypto): Promise<Reader> {
  if (vectors.device !== undefined) return deviceReader(vectors.domainId, vectors.device, reading.crypto);
  return portalReader(vectors, reading);
}

async function deviceReader(domainId: string, device: DeviceJson, crypto: Crypto): Promise<Reader> {
  const { root, rootVersion, trustFiles, deviceId, product } = device;
  const pin = { domainId: fromHex(domainId), root: fromHex(root), rootVersion };
  const trust = await createTrust(pin, trustFiles.map(fromBase64url), crypto);
  const verifying: VerifyingLicense = { trust, crypto, deviceId: fromHex(deviceId), product };
  const licenses = await Promise.all(
    device.licenses.map(file => verifyLicense(fromBase64url(file), verifying)),
  );
  const held = {
    requestIds: device.requestIds.map(fromHex),
    fileDigests: device.fileDigests.map(fromHex),
    licenses,
    ended: device.ended.map(({ activationId, requestId }) => ({
      activationId: fromHex(activationId),
      requestId: fromHex(requestId),
    })),
  };
  return async file => {
    const result = await verifyAnswer(file, verifying);
    accept(result, { ...held, trust: result.trust });
    const isNews = result.answer !== null || result.trust.bundleFile !== trust.bundleFile;
    return isNews || !equalBytes(result.trust.root, trust.root) ? 'success' : 'skipped';
  };
}

function accept({ answer }: AnswerResult, held: Held): void {
  if (answer?.kind === 'license') acceptAny(answer.licenses, held);
  if (answer?.kind === 'receipt') acceptReceipt(answer.receipt, held);
  if (answer?.kind === 'refusal') acceptRefusal(answer.refusal, held);
}

/** A device says that nothing was new only if that is so of all. */
function acceptAny(licenses: readonly VerifiedLicense[], held: Held): void {
  const reasons = acceptLicenses(licenses, held).map(({ acceptance }) => acceptance);
  const [first] = reasons;
  if (first instanceof LatchkeyError && reasons.every(reason => reason instanceof LatchkeyError)) throw first;
}

async function portalReader(
  { domainId, keys, portal }: VectorFile,
  { crypto, openerOf = webOpener }: ReaderCrypto,
): Promise<Reader> {
  const named = (portal?.sealingKeys ?? []).map(name => {
    const key = keys[name];
    if (key === undefined) throw new RangeError('no such sealing key');
    return openerOf(key);
  });
  const openers = await Promise.all(named);
  const findOpener = (kid: Bytes) => openers.find(opener => equalBytes(opener.kid, kid)) ?? null;
  return async file => {
    await openDeviceFile(readCarrier(file), { findOpener, domainId: fromHex(domainId), crypto });
    return 'success';
  };
}

/** PKCS #8 of a P-256 key up to its 32 bytes; the public key, 65 bytes, follows behind four more. */
const pkcs8Head = fromHex('308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420');
const pkcs8Middle = fromHex('a144034200');

async function webOpener(key: SealingKeyJson): Promise<Opener> {
  const publicBytes = fromHex(key.public);
  const pkcs8 = concatBytes(pkcs8Head, fromHex(key.private), pkcs8Middle, publicBytes);
  const curve = { name: 'ECDH', namedCurve: 'P-256' };
  const privateKey = await globalThis.crypto.subtle.importKey('pkcs8', pkcs8, curve, false, ['deriveBits']);
  const publicKey = await globalThis.crypto.subtle.importKey('raw', publicBytes, curve, true, []);
  return openerFromKeyPair({ privateKey, publicKey }, keyId(publicBytes));
}

/** What a reader makes of a file: success, skipped or the code. Any error but a LatchkeyError is thrown on. */
export async function outcomeOf(read: Reader, file: Bytes): Promise<string> {
  try {
    return await read(file);
  } catch (error) {
    if (error instanceof LatchkeyError) return error.code;
    throw error;
  }
}
