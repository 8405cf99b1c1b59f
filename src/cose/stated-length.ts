import type { Bytes } from '../bytes/bytes.ts';
import { EK_BYTES, ENCRYPT0_TAG, SIGN1_TAG, SIGNATURE_BYTES } from './labels.ts';

/** How a message of each kind goes on: its array, its unprotected header, and what follows the payload. */
const shapes = [
  { start: [SIGN1_TAG, 0x84], unprotectedBytes: 1, behindBytes: 2 + SIGNATURE_BYTES },
  { start: [ENCRYPT0_TAG, 0x83], unprotectedBytes: 4 + EK_BYTES, behindBytes: 0 },
];

/**
 * How long a message has been that was cut short, by the lengths that stand in it; null where it ends before it says so.
 *
 * @see FORMAT.md#files
 */
export function statedLength(message: Bytes): number | null {
  const shape = shapes.find(({ start: [tag, array] }) => message[0] === tag && message[1] === array);
  if (!shape) return null;
  const header = endOfBytes(message, 2);
  const payload = header && endOfBytes(message, header + shape.unprotectedBytes);
  const length = payload && payload + shape.behindBytes;
  return length && length > message.length ? length : null;
}

/** Where the byte string ends whose head stands at this place, whether or not the bytes go so far. */
function endOfBytes(message: Bytes, place: number): number | null {
  const initial = message[place] ?? 0;
  if (initial >= 0x40 && initial < 0x58) return place + 1 + initial - 0x40;
  const size = { 88: 1, 89: 2 }[initial];
  if (size === undefined || place + size >= message.length) return null;
  const length = message.subarray(place + 1, place + 1 + size).reduce((sum, byte) => sum * 256 + byte, 0);
  return place + 1 + size + length;
}
