import { equalBytes } from '../../bytes/bytes.ts';
import type { Crypto } from '../../crypto/crypto.ts';
import { LatchkeyError } from '../../errors.ts';
import { decodeContainer } from '../../format/container.ts';
import { decodeProfile, fetchProfile, type Profile } from '../../platform/profile.ts';
import { keepTrust, pinTrust } from '../../store/device.ts';
import type { TrustRecord } from '../../store/records.ts';
import type { Store } from '../../store/store.ts';
import { applyTrustFiles, createTrust, type Trust } from '../../verify/trust.ts';
import type { Session } from './session.ts';

/** The vendor that this device belongs to: the profile as it was last accepted, and the trust from the pinned root. */
export interface Pinned {
  readonly profile: Profile;
  readonly trust: Trust;
  readonly trustRecord: TrustRecord;
}

/**
 * Rebuilds the trust from the pinned root and the files it signed, and verifies each anew.
 *
 * @throws PROFILE_REFUSED - when the stored profile is damaged.
 */
export async function readPinned(record: TrustRecord, crypto: Crypto): Promise<Pinned> {
  const profile = decodeProfile(record.profile);
  const { domainId, root, rootVersion, files } = record;
  const trust = await createTrust({ domainId, root, rootVersion }, files, crypto);
  return { profile, trust, trustRecord: record };
}

/**
 * Pins the root that the app's own origin names, at the first start: never from a file that was carried here.
 *
 * @throws PROFILE_MISSING, PROFILE_REFUSED
 */
export async function pinFromProfile(store: Store, url: string, crypto: Crypto): Promise<Pinned> {
  const text = await fetchProfile(url);
  const profile = decodeProfile(text);
  const { domainId, root, rootVersion } = profile;
  const files = decodeContainer(profile.trust);
  await createTrust({ domainId, root, rootVersion }, files, crypto).catch(refused);
  const record = await pinTrust(store, { profile: text, domainId, root, rootVersion, files });
  return readPinned(record, crypto);
}

/**
 * Follows what the origin's profile says now: keeps it, and what is newer of its trust.
 *
 * @param session - With the state as it is stored at this moment; no other step may change it meanwhile.
 * @param text - The profile as it was fetched.
 * @throws PROFILE_REFUSED - for a profile of another vendor; the pinned one goes on working.
 */
export async function followProfile({ store, state, crypto }: Session, text: string): Promise<void> {
  const { trust, trustRecord } = state;
  const profile = decodeProfile(text);
  if (!equalBytes(profile.domainId, trustRecord.domainId)) throw otherVendor('domain');
  const newer = await applyTrustFiles(trust, decodeContainer(profile.trust), crypto).catch(refused);
  const isOlder = profile.rootVersion < newer.rootVersion;
  if (!isOlder && !equalBytes(profile.root, newer.root)) throw otherVendor('root');
  await keepTrust(store, withTrust({ ...trustRecord, profile: text }, newer));
}

/** The record with another trust: the files that it is rebuilt from, in order. */
export function withTrust(record: TrustRecord, { rootChangeFiles, bundleFile }: Trust): TrustRecord {
  return { ...record, files: [...rootChangeFiles, bundleFile] };
}

/** What the root did not sign is the sign of another vendor, or of a fault at this one. */
function refused(cause: unknown): never {
  throw new LatchkeyError('PROFILE_REFUSED', 'the pinned root did not sign what the profile brings', {
    cause,
  });
}

function otherVendor(what: string): LatchkeyError {
  return new LatchkeyError('PROFILE_REFUSED', `the profile names another ${what} than the pinned one`);
}
