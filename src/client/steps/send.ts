import type { Bytes } from '../../bytes/bytes.ts';
import { LatchkeyError } from '../../errors.ts';
import { exchangeFile, isPortalReachable } from '../../platform/exchange.ts';
import type { Activation, Credentials, DeviceFile, LoadResult } from '../views.ts';

/** Sends a file to the first portal that answers. Throws what the last one that was tried gave. */
export async function sendFile(portals: readonly string[], file: Bytes): Promise<Bytes> {
  let failure = new LatchkeyError('PORTAL_UNREACHABLE', 'no portal is known');
  for (const portal of portals) {
    try {
      return await exchangeFile(portal, file);
    } catch (error) {
      if (!(error instanceof LatchkeyError)) throw error;
      failure = error;
    }
  }
  throw failure;
}

/** What an activation needs of the device. */
interface Activating {
  readonly portals: readonly string[];
  request(credentials: Credentials, options: { online?: boolean }): Promise<DeviceFile>;
  send(id: string): Promise<LoadResult>;
  discard(id: string): Promise<void>;
}

const networkFailures = ['PORTAL_UNREACHABLE', 'PORTAL_ANSWER_REFUSED', 'RATE_LIMITED', 'SERVER_BUSY'];

/**
 * Activates by the network when a portal answers in time, by a file otherwise. A request says of itself whether it
 * went by the network, so a file to carry is made anew.
 */
export async function activateEitherWay(device: Activating, credentials: Credentials): Promise<Activation> {
  const [portal] = device.portals;
  if (portal === undefined || !(await isPortalReachable(portal))) {
    return { way: 'file', file: await device.request(credentials, { online: false }) };
  }
  const { id } = await device.request(credentials, { online: true });
  try {
    return { way: 'online', result: await device.send(id) };
  } catch (error) {
    if (!(error instanceof LatchkeyError) || !networkFailures.includes(error.code)) throw error;
    await device.discard(id);
    return { way: 'file', file: await device.request(credentials, { online: false }) };
  }
}
