import type { Bytes } from '../bytes/bytes.ts';
import type { IssuerKey, SealingKey } from '../format/claims.ts';
import { encodeTrustBundle } from '../format/trust-bundle.ts';
import { FIRST_ROOT_VERSION, type Trust } from '../verify/trust.ts';
import { type Issuer, issueFile } from './issuer.ts';

/** The versions that a device has. */
export interface TrustVersions {
  readonly bundleVersion: number;
  readonly rootVersion: number;
}

/** What a trust bundle is made of. */
export interface TrustContent {
  readonly rootVersion: number;
  readonly issuerKeys: readonly IssuerKey[];
  readonly sealingKeys: readonly SealingKey[];
  readonly portals: readonly string[];
}

/**
 * Signs a trust bundle as root. Its version is the time, and always higher than the last, so that a portal restored
 * from a backup goes on past what devices have seen.
 *
 * @param options - `root`: the newest root; `lastVersion`: 0 when there was none.
 */
export async function issueTrustBundle(
  content: TrustContent,
  { root, lastVersion, nowS }: { root: Issuer; lastVersion: number; nowS: number },
): Promise<{ file: Bytes; bundleVersion: number }> {
  const bundleVersion = Math.max(lastVersion + 1, nowS);
  const claims = encodeTrustBundle({ ...content, issuedAt: nowS, bundleVersion });
  return { file: await issueFile('trust-bundle', claims, root), bundleVersion };
}

/**
 * The files that a device with these versions lacks, in the order in which it takes them.
 *
 * @param trust - The portal's own, pinned at the first root, so that it holds every root change there was.
 */
export function trustFilesSince(trust: Trust, { bundleVersion, rootVersion }: TrustVersions): Bytes[] {
  const known = Math.max(0, rootVersion - FIRST_ROOT_VERSION);
  const changes = trust.rootChangeFiles.slice(known);
  // A higher version than ours may be one that a thief of a former root set.
  return bundleVersion === trust.bundle.bundleVersion ? changes : [...changes, trust.bundleFile];
}

/** All files, for a device of which nothing is known. */
export function allTrustFiles(trust: Trust): Bytes[] {
  return [...trust.rootChangeFiles, trust.bundleFile];
}
