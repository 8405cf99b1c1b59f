import { type ErrorCode, LatchkeyError } from '../../errors.ts';
import { exchangeFile, INTERACTIVE_TIMEOUT_MS } from '../../platform/exchange.ts';
import type { DeviceSession } from '../state/device-session.ts';
import { portalsOf } from '../state/device-state.ts';
import type { Activation, Credentials, DeviceFile, LoadResult } from '../views.ts';
import { loadAnswer } from './load-answer.ts';
import { keptFile } from './seal.ts';

/**
 * Sends a kept file to the first portal that answers and loads its answer. Nothing is held while the network is waited
 * for, and nothing is lost when it breaks off: the file is kept until its answer is loaded, however that comes.
 *
 * @throws as `exchangeFile`, and as `loadAnswer`
 */
export async function sendKept(
  session: DeviceSession,
  id: string,
  timeoutMs = INTERACTIVE_TIMEOUT_MS,
): Promise<LoadResult> {
  const { bytes } = await session.alone(steps => keptFile(steps, id));
  const answer = await exchangeFile(portalsOf(session.state), bytes, timeoutMs);
  const answeredAtMs = session.clock();
  await session.noteSync(({ failed: _over, ...old }) => ({ ...old, answeredAtMs }));
  return session.alone(steps => loadAnswer(steps, answer));
}

/** What an activation needs of the device. */
interface Activating {
  request(credentials: Credentials, options: { online?: boolean }): Promise<DeviceFile>;
  send(id: string): Promise<LoadResult>;
  discard(id: string): Promise<void>;
}

const NETWORK_CODES: readonly ErrorCode[] = [
  'PORTAL_UNREACHABLE',
  'PORTAL_ANSWER_REFUSED',
  'RATE_LIMITED',
  'SERVER_BUSY',
];

/** Whether something is wrong with the way to the portal, not with a file. */
export function isNetworkFailure(error: unknown): error is LatchkeyError {
  return error instanceof LatchkeyError && NETWORK_CODES.includes(error.code);
}

/**
 * Activates by the network when a portal answers in time, by a file otherwise. A request says of itself whether it
 * went by the network, so a file to carry is made anew. Where the portal has decided and only its answer was lost, the
 * file gets the seat that the lost answer named.
 */
export async function activateEitherWay(device: Activating, credentials: Credentials): Promise<Activation> {
  const { id } = await device.request(credentials, { online: true });
  try {
    return { way: 'online', result: await device.send(id) };
  } catch (error) {
    if (!isNetworkFailure(error)) throw error;
    await device.discard(id);
    const file = await device.request(credentials, { online: false });
    return { way: 'file', file, reason: { code: error.code, data: error.data } };
  }
}
