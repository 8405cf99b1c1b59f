import { toHex } from '../../bytes/hex.ts';
import { type DeviceMark, forgetMark, readMark, writeMark } from '../../platform/device-mark.ts';
import type { DeviceState } from '../state/device-state.ts';

type Part = Pick<DeviceState, 'identity' | 'licenses' | 'deviceName'>;

/**
 * The device whose license this browser has lost: it left its mark, and its key is not here. Null also where the browser
 * lost the mark as well, which nobody can tell from a first start.
 */
export function lostDevice(
  database: string,
  { identity, licenses }: Pick<Part, 'identity' | 'licenses'>,
): DeviceMark | null {
  if (licenses.length > 0) return null;
  const mark = readMark(database);
  const isOwn = mark !== null && identity !== null && toHex(identity.deviceId) === mark.id;
  return isOwn ? null : mark;
}

/** Leaves a mark while a license is here, and takes it away when this very device has given it up. */
export function keepMark(database: string, { identity, licenses, deviceName }: Part): void {
  if (!identity) return;
  const id = toHex(identity.deviceId);
  if (licenses.length > 0) writeMark(database, { id, name: deviceName });
  if (licenses.length === 0 && readMark(database)?.id === id) forgetMark(database);
}
