import { toHex } from '../../bytes/hex.ts';
import { type DeviceMark, forgetMark, readMark, writeMark } from '../../platform/device-mark.ts';
import type { DeviceState } from '../state/device-state.ts';

type Part = Pick<DeviceState, 'identity' | 'licenses' | 'deviceName'>;

/**
 * The device whose licenses this browser has lost: it left its mark, and its key is not here. It goes on to be told
 * while fewer licenses are here than it had. Null also where the browser lost the mark as well, which nobody can tell
 * from a first start.
 */
export function lostDevice(
  database: string,
  { identity, licenses }: Pick<Part, 'identity' | 'licenses'>,
): DeviceMark | null {
  const mark = readMark(database);
  const isOwn = mark !== null && identity !== null && toHex(identity.deviceId) === mark.id;
  const lost = mark === null || isOwn ? readMark(database, 'former') : mark;
  return lost !== null && licenses.length < lost.licenses ? lost : null;
}

/** Leaves a mark while a license is here, and takes it away when this very device has given it up. */
export function keepMark(database: string, { identity, licenses, deviceName }: Part): void {
  if (!identity) return;
  const id = toHex(identity.deviceId);
  const before = readMark(database);
  if (licenses.length > 0) {
    if (before !== null && before.id !== id) writeMark(database, before, 'former');
    writeMark(database, { id, name: deviceName, licenses: licenses.length });
    const former = readMark(database, 'former');
    if (former !== null && licenses.length >= former.licenses) forgetMark(database, ['former']);
  }
  if (licenses.length === 0 && before?.id === id) forgetMark(database, ['now']);
}
