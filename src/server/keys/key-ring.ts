import type { KeyObject } from 'node:crypto';
import type { Kysely } from 'kysely';
import { equalBytes } from '../../bytes/bytes.ts';
import { thumbprint } from '../../cose/key.ts';
import type { Crypto } from '../../crypto/crypto.ts';
import { encodeTrustBundle } from '../../format/trust-bundle.ts';
import type { Issuer } from '../../issue/issuer.ts';
import type { SecretBox } from '../../issue/secrets/secret-box.ts';
import { issueTrustBundle, type TrustContent } from '../../issue/trust-bundle.ts';
import { createTrust, FIRST_ROOT_VERSION, type RootPin, type Trust } from '../../verify/trust.ts';
import type { Database } from '../db/database.ts';
import type { Tables } from '../db/tables.ts';
import { ed25519Signer, nodeDeflate } from './node-crypto.ts';
import { type KeyRole, makeSigningKey, openSigningKey, type SigningKeyRow } from './signing-keys.ts';

/** The portal's keys, ready for use, and what it tells the world of them. */
export interface KeyRing {
  /** The vendor's first root: what a profile pins. */
  readonly pin: RootPin;
  /** Pinned there; its bundle lists the keys below. */
  readonly trust: Trust;
  readonly issuer: Issuer;
  /** Private sealing keys, retired ones as well. */
  readonly sealingKeys: readonly KeyObject[];
}

export interface KeyRingOptions {
  readonly secretBox: SecretBox;
  readonly crypto: Crypto;
  /** Addresses of the portal, for the trust bundle. */
  readonly portals: readonly string[];
  readonly nowMs: number;
}

const roles: readonly KeyRole[] = ['root', 'issuer', 'sealing'];

/**
 * Opens the keys, and makes root, issuer and sealing key at the first start. Signs a new trust bundle when keys or
 * addresses differ from those of the last one.
 *
 * @throws {@link LatchkeyError} SERVER_FAILED - when the master key is not the one that the keys are sealed under.
 */
export async function openKeyRing(database: Database, options: KeyRingOptions): Promise<KeyRing> {
  return database.transact(async db => {
    const keys = await loadKeys(db, options);
    const { first, root, issuer } = pick(keys);
    const pin = pinOf(first);
    const signer = (row: SigningKeyRow) => ed25519Signer(openSigningKey(row, options.secretBox));
    const trust = await currentTrust({ db, keys, pin }, () => signer(root), options);
    const sealing = keys.filter(({ role }) => role === 'sealing');
    return {
      pin,
      trust,
      issuer: { domainId: pin.domainId, signer: signer(issuer), deflate: nodeDeflate },
      sealingKeys: sealing.map(row => openSigningKey(row, options.secretBox)),
    };
  });
}

/**
 * What a portal tells the world of its keys, read without the master key; nothing is made or signed. Null before the
 * portal's first start.
 */
export async function readPublicKeyRing(
  db: Kysely<Tables>,
  crypto: Crypto,
): Promise<Pick<KeyRing, 'pin' | 'trust'> | null> {
  const keys = await db.selectFrom('signing_key').selectAll().orderBy('created_at_s').execute();
  const first = keys.find(({ role }) => role === 'root');
  const files = await trustFiles(db);
  if (!first || files.length === 0) return null;
  const pin = pinOf(first);
  return { pin, trust: await createTrust(pin, files, crypto) };
}

function pinOf({ public_key }: SigningKeyRow): RootPin {
  return { domainId: thumbprint(public_key), root: public_key, rootVersion: FIRST_ROOT_VERSION };
}

async function trustFiles(db: Kysely<Tables>) {
  const stored = await db.selectFrom('trust_file').select('file').orderBy('version').execute();
  return stored.map(({ file }) => file);
}

/** Oldest first. */
async function loadKeys(db: Kysely<Tables>, { secretBox, nowMs }: KeyRingOptions): Promise<SigningKeyRow[]> {
  const keys = await db.selectFrom('signing_key').selectAll().orderBy('created_at_s').execute();
  if (keys.length > 0) return keys;
  const nowS = Math.floor(nowMs / 1000);
  const made: SigningKeyRow[] = [];
  for (const role of roles) made.push(await makeSigningKey(db, { role, secretBox, nowS }));
  return made;
}

function pick(keys: readonly SigningKeyRow[]): Record<'first' | 'root' | 'issuer', SigningKeyRow> {
  const isInUse = (role: KeyRole) => (row: SigningKeyRow) => row.role === role && row.state === 'active';
  const first = keys.find(({ role }) => role === 'root');
  const root = keys.findLast(isInUse('root'));
  const issuer = keys.findLast(isInUse('issuer'));
  if (!first || !root || !issuer) throw new TypeError('the database lacks a root or an issuer key');
  return { first, root, issuer };
}

interface TrustSource {
  readonly db: Kysely<Tables>;
  readonly keys: readonly SigningKeyRow[];
  readonly pin: RootPin;
}

/** The stored trust, with a newer bundle when the stored one says something else. */
async function currentTrust(
  { db, keys, pin }: TrustSource,
  rootSigner: () => Issuer['signer'],
  { crypto, portals, nowMs }: KeyRingOptions,
): Promise<Trust> {
  const files = await trustFiles(db);
  const last = files.length === 0 ? null : await createTrust(pin, files, crypto);
  const rootVersion = last?.rootVersion ?? FIRST_ROOT_VERSION;
  const content = { rootVersion, ...listedKeys(keys), portals };
  if (last !== null && saysTheSame(last.bundle, content)) return last;
  const { file, bundleVersion } = await issueTrustBundle(content, {
    root: { domainId: pin.domainId, signer: rootSigner() },
    lastVersion: last?.bundle.bundleVersion ?? 0,
    nowS: Math.floor(nowMs / 1000),
  });
  await db.insertInto('trust_file').values({ kind: 'trust-bundle', version: bundleVersion, file }).execute();
  return createTrust(pin, [...files, file], crypto);
}

/** Keys in use first: a device seals to the first one of them. */
function listedKeys(keys: readonly SigningKeyRow[]): Pick<TrustContent, 'issuerKeys' | 'sealingKeys'> {
  const ofRole = (role: KeyRole) => keys.filter(row => row.role === role).toReversed();
  const stateOf = ({ state }: SigningKeyRow) => (state === 'active' ? undefined : state);
  return {
    issuerKeys: ofRole('issuer').map(row => ({
      key: row.public_key,
      validFrom: row.valid_from_s,
      validUntil: row.valid_until_s ?? undefined,
      keyState: stateOf(row),
    })),
    sealingKeys: ofRole('sealing').map(row => ({ key: row.public_key, keyState: stateOf(row) })),
  };
}

function saysTheSame(bundle: Trust['bundle'], content: TrustContent): boolean {
  const { issuedAt, bundleVersion } = bundle;
  return equalBytes(encodeTrustBundle(bundle), encodeTrustBundle({ ...content, issuedAt, bundleVersion }));
}
