import { type Bytes, concatBytes, startsWith } from '../bytes/bytes.ts';
import { FILE_PREFIX, isContainer } from '../bytes/carrier.ts';
import { LatchkeyError } from '../errors.ts';
import { ENCRYPT0_TAG, SIGN1_TAG } from './labels.ts';

/** What a file holds after its prefix: a message of either kind, or the array of a container, still encoded. */
export interface DecodedFile {
  type: 'sign1' | 'encrypt0' | 'container';
  content: Bytes;
}

/** Makes a file of a message or of a container's array: puts tag 55799 (d9d9f7) before it. */
export function toFile(content: Bytes): Bytes {
  return concatBytes(FILE_PREFIX, content);
}

/**
 * Takes the prefix off a binary file and says what follows. Decodes nothing.
 *
 * @param file - As `readCarrier` returns it.
 * @throws {@link LatchkeyError} FILE_CUT_SHORT - when nothing follows the prefix.
 * @throws {@link LatchkeyError} FILE_NOT_LATCHKEY - for another prefix, or another tag after it.
 * @see FORMAT.md#files
 */
export function decodeFile(file: Bytes): DecodedFile {
  if (!startsWith(file, FILE_PREFIX))
    throw new LatchkeyError('FILE_NOT_LATCHKEY', 'expected the prefix d9d9f7');
  const content = file.subarray(FILE_PREFIX.length);
  if (content.length === 0) throw new LatchkeyError('FILE_CUT_SHORT', 'nothing follows the prefix');
  if (isContainer(file)) return { type: 'container', content };
  if (content[0] === SIGN1_TAG) return { type: 'sign1', content };
  if (content[0] === ENCRYPT0_TAG) return { type: 'encrypt0', content };
  throw new LatchkeyError('FILE_NOT_LATCHKEY', 'expected a signed or sealed message or a container');
}
