import type { Profile } from '../../api/profile.ts';
import { encodeContainer } from '../../format/container.ts';
import { allTrustFiles } from '../../issue/trust-bundle.ts';
import { hasDatabase, readDatabase } from '../db/database.ts';
import { placesOf } from '../db/place.ts';
import { readPublicKeyRing } from '../keys/key-ring.ts';
import { nodeCrypto } from '../keys/node-crypto.ts';
import { createProfiles } from '../profiles.ts';

/**
 * The profile of a portal's device app, with the addresses that its last trust bundle names. Reads beside a running
 * server, and no private key.
 *
 * @throws TypeError - no portal in this folder, or no such product.
 */
export async function readVendor(
  { dataFolder, product }: { dataFolder: string; product: string | null },
  env: NodeJS.ProcessEnv,
): Promise<Profile> {
  const place = placesOf(dataFolder, env).portal;
  if (!(await hasDatabase(place))) throw noPortal(dataFolder);
  const database = await readDatabase(place);
  try {
    const keyRing = await readPublicKeyRing(database.db, nodeCrypto());
    if (!keyRing) throw noPortal(dataFolder);
    const trustContainer = () => encodeContainer(allTrustFiles(keyRing.trust));
    const profiles = createProfiles({ database, keyRing, trustContainer }, [...keyRing.trust.bundle.portals]);
    const profile = await profiles.find(product);
    if (!profile) throw new TypeError(`--product: there is no product ${product}`);
    return profile;
  } finally {
    await database.close();
  }
}

function noPortal(folder: string): TypeError {
  return new TypeError(`no portal in ${folder}: start the server once, or give --data or DATABASE_URL`);
}
