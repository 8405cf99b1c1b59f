import { publicPaths } from '../../api/paths.ts';
import type { Crypto } from '../../crypto/crypto.ts';
import { decodeContainer } from '../../format/container.ts';
import { decodeProfile, fetchProfile } from '../../platform/profile.ts';
import { createTrust, type Trust } from '../../verify/trust.ts';

const KEY = 'lk-profile';

/**
 * Whom to believe, by the portal's profile, which this browser keeps: without a network, or where something
 * else answers, the one of the last visit is taken.
 *
 * @throws PROFILE_MISSING - without a network at the first visit.
 * @throws PROFILE_REFUSED, and as `createTrust` does
 */
export async function keptTrust(crypto: Crypto): Promise<Trust> {
  return trustOf(await profileText(), crypto);
}

/** Keeps the profile of now, for when the network is gone. @throws PROFILE_MISSING, PROFILE_REFUSED */
export async function keepProfile(): Promise<void> {
  await profileText();
}

async function profileText(): Promise<string> {
  try {
    const text = await fetchProfile(publicPaths.profile);
    // What answers in a foreign network may be a page: it takes the place of no profile.
    decodeProfile(text);
    keep(text);
    return text;
  } catch (error) {
    const text = kept();
    if (text === null) throw error;
    return text;
  }
}

function trustOf(text: string, crypto: Crypto): Promise<Trust> {
  const { domainId, root, rootVersion, trust } = decodeProfile(text);
  return createTrust({ domainId, root, rootVersion }, decodeContainer(trust), crypto);
}

function keep(text: string): void {
  try {
    localStorage.setItem(KEY, text);
  } catch {
    // Blocked or full: then files are checked with a network only.
  }
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
