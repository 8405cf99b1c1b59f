import type { Bytes } from '../../../bytes/bytes.ts';
import { keyLookup, keySecret } from '../../../license/credentials.ts';
import { parseDeviceNumber } from '../../../license/device-number.ts';
import { parseLicenseKey } from '../../../license/license-key.ts';
import { type ConsolePortal, findId } from './console-env.ts';

/** What a text that a person typed names. */
export type Searched =
  | { readonly licenseId: Bytes }
  | { readonly keyLookup: Bytes }
  | { readonly deviceNumber: string }
  | { readonly text: string };

/** A whole id or key names its license, 12 digits a device; any other text is looked for. */
export function searchedIn(q: string, portal: ConsolePortal): Searched {
  const licenseId = findId(q.toLowerCase(), 16);
  if (licenseId) return { licenseId };
  const deviceNumber = parseDeviceNumber(q);
  if (deviceNumber) return { deviceNumber };
  const lookup = lookupOf(q, portal);
  return lookup ? { keyLookup: lookup } : { text: q };
}

/** A text as a license key, looked up as the portal does; null when it is none. */
function lookupOf(text: string, { portal }: ConsolePortal): Bytes | null {
  try {
    return keyLookup(keySecret(portal.issuer.domainId, parseLicenseKey(text)));
  } catch {
    return null;
  }
}
