import type { Bytes } from './bytes.ts';
import { utf8 } from './bytes.ts';
import { readCarrier, toQrText } from './carrier.ts';
import { FRAME_PREFIX, type FrameProgress, FrameReader, FrameWriter } from './fountain.ts';

/** The most that goes as one code: version 18 with the lowest error correction, which a cheap webcam reads. */
const MAX_STILL_BYTES = 680;

/** The codes that carry a file. */
export interface QrCodes {
  /** Whether there are many, to be shown one after the other without end. */
  readonly isMoving: boolean;
  /** The text of a code; of a file that goes as one, the same for every number. */
  text(number: number): string;
}

/**
 * The codes that carry a file or container.
 *
 * @param file - At most 64 KiB.
 * @throws RangeError - for an empty or longer one.
 * @see FORMAT.md#animated-qr
 */
export function qrCodes(file: Bytes): QrCodes {
  if (file.length <= MAX_STILL_BYTES) {
    const text = toQrText(file);
    return { isMoving: false, text: () => text };
  }
  const frames = new FrameWriter(file);
  return { isMoving: true, text: number => frames.frame(number) };
}

/**
 * Reads codes as a camera gives them, until they are a file.
 *
 * @returns Takes the text of a code; null for one that is not of Latchkey, and throws CARRIER_DAMAGED and the other
 * codes of {@link readCarrier} for one that is, and is broken.
 */
export function qrCodeReader(): (text: string) => FrameProgress | null {
  const frames = new FrameReader();
  return text => {
    if (text.startsWith(FRAME_PREFIX)) return frames.add(text);
    if (!text.startsWith('LK1:')) return null;
    return { blocks: 1, known: 1, file: readCarrier(utf8(text)) };
  };
}
