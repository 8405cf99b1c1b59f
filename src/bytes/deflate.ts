import { deflateSync, inflateSync } from 'fflate';
import { LatchkeyError } from '../errors.ts';
import type { Bytes } from './bytes.ts';
import { DICTIONARY_1 } from './dictionary.ts';

/**
 * Compresses with raw DEFLATE (RFC 1951) and preset dictionary 1.
 *
 * @returns The compressed bytes, or null when they are not fewer.
 * @see FORMAT.md#compression
 */
export function deflate(bytes: Bytes): Bytes | null {
  const deflated = new Uint8Array(deflateSync(bytes, { level: 9, dictionary: DICTIONARY_1 }));
  return deflated.length < bytes.length ? deflated : null;
}

/**
 * Inflates raw DEFLATE with preset dictionary 1. Takes no more memory than `declaredLength`.
 *
 * @param declaredLength - The length that the protected header states.
 * @param maxLength - The most that this kind of file may inflate to.
 * @throws {@link LatchkeyError} INFLATED_TOO_LARGE - when `declaredLength` exceeds `maxLength`; nothing is inflated.
 * @throws {@link LatchkeyError} INFLATED_LENGTH_WRONG - when the stream holds more or fewer bytes than declared.
 * @throws {@link LatchkeyError} DEFLATE_MALFORMED - for a stream that breaks RFC 1951 or is cut short.
 * @throws {@link LatchkeyError} DEFLATE_TRAILING_BYTES - when bytes follow the final block.
 * @see FORMAT.md#compression
 */
export function inflate(bytes: Bytes, declaredLength: number, maxLength: number): Bytes {
  if (declaredLength > maxLength) {
    const message = `expected at most ${maxLength} bytes inflated, got ${declaredLength}`;
    throw new LatchkeyError('INFLATED_TOO_LARGE', message);
  }
  const inflated = inflateInto(new Uint8Array(declaredLength + 1), bytes);
  if (inflated.length !== declaredLength) {
    throw new LatchkeyError('INFLATED_LENGTH_WRONG', `expected ${declaredLength} bytes inflated, got others`);
  }
  if (endsBeforeLastByte(bytes, declaredLength)) {
    throw new LatchkeyError('DEFLATE_TRAILING_BYTES', 'bytes follow the final block');
  }
  return inflated;
}

/**
 * With room for one byte more than expected: fflate drops what does not fit and returns the room filled, or the
 * platform throws a RangeError where a stored block is copied. An empty stream it takes for a finished one.
 */
function inflateInto(room: Bytes, stream: Bytes): Bytes {
  if (stream.length === 0) throw new LatchkeyError('DEFLATE_MALFORMED', 'an empty DEFLATE stream');
  try {
    return inflateSync(stream, { out: room, dictionary: DICTIONARY_1 }) as Bytes;
  } catch (cause) {
    const code = cause instanceof RangeError ? 'INFLATED_LENGTH_WRONG' : 'DEFLATE_MALFORMED';
    throw new LatchkeyError(code, 'not a raw DEFLATE stream of the declared length', { cause });
  }
}

/** fflate does not say where a stream ended; one that needs its last byte is cut short without it. */
function endsBeforeLastByte(stream: Bytes, length: number): boolean {
  if (stream.length === 1) return false;
  try {
    inflateInto(new Uint8Array(length + 1), stream.subarray(0, -1));
    return true;
  } catch {
    return false;
  }
}
