import { equalBytes } from '../../bytes/bytes.ts';
import type { Crypto } from '../../crypto/crypto.ts';
import { LatchkeyError } from '../../errors.ts';
import { decodeContainer } from '../../format/container.ts';
import { decodeProfile, fetchProfile, type Profile } from '../../platform/profile.ts';
import { keepTrust, pinTrust } from '../../store/device.ts';
import type { TrustRecord } from '../../store/records.ts';
import type { Store } from '../../store/store.ts';
import { applyTrustFiles, createTrust, type Trust } from '../../verify/trust.ts';

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
 * Looks whether the origin's profile has changed, and keeps what is newer. Returns null when nothing changed.
 *
 * @throws PROFILE_REFUSED - for a profile of another vendor; the pinned one goes on working.
 * @throws PROFILE_MISSING - when nothing answers.
 */
export async function refreshPinned(
  store: Store,
  url: string,
  record: TrustRecord,
  { trust, crypto }: { trust: Trust; crypto: Crypto },
): Promise<TrustRecord | null> {
  const text = await fetchProfile(url);
  if (text === record.profile) return null;
  const profile = decodeProfile(text);
  if (!equalBytes(profile.domainId, record.domainId)) throw otherVendor('domain');
  const newer = await applyTrustFiles(trust, decodeContainer(profile.trust), crypto).catch(refused);
  const isOlder = profile.rootVersion < newer.rootVersion;
  if (!isOlder && !equalBytes(profile.root, newer.root)) throw otherVendor('root');
  const changed = withTrust({ ...record, profile: text }, newer);
  await keepTrust(store, changed);
  return changed;
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
