import type { Profile } from '../api/profile.ts';
import { toBase64url } from '../bytes/base64url.ts';
import { recordsOf } from './db/repository.ts';
import type { KeyRing } from './keys/key-ring.ts';
import type { RunningPortal } from './portal.ts';

/** What profiles are made from. */
export interface ProfileSource extends Pick<RunningPortal, 'trustContainer'> {
  readonly database: Pick<RunningPortal['database'], 'db'>;
  readonly keyRing: Pick<KeyRing, 'pin'>;
}

/** Profiles of device apps, made anew for each call: names may be edited in the console. */
export interface Profiles {
  /** The profile of an app for one product, or for any; null for a product that there is not. */
  find(product: string | null): Promise<Profile | null>;
  /** The same, and without a product's name when there is no such product yet. */
  get(product: string | null): Promise<Profile>;
}

/** @param portals - Addresses of the portal, the best first. */
export function createProfiles(portal: ProfileSource, portals: string[]): Profiles {
  const { domainId, root, rootVersion } = portal.keyRing.pin;
  const nameOf = async (product: string | null) => {
    if (product === null) return null;
    return (await recordsOf(portal.database.db).findProduct(product))?.name ?? null;
  };
  const make = (product: string | null, productName: string | null): Profile => ({
    version: 1,
    domainId: toBase64url(domainId),
    root: toBase64url(root),
    rootVersion,
    trust: toBase64url(portal.trustContainer()),
    product,
    productName,
    portals,
    brand: { name: productName ?? 'Latchkey' },
  });
  return {
    get: async product => make(product, await nameOf(product)),
    async find(product) {
      const name = await nameOf(product);
      return product !== null && name === null ? null : make(product, name);
    },
  };
}
