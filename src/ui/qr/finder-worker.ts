/** Looks for a QR code in each picture that it is given, and tells its text; null when none can be read. */
import { decodeQR } from 'qr/decode.js';
import type { Picture } from './code-finder.ts';

/** There is time: the page asks again only when it has its answer. */
const timeLimit = 100;

addEventListener('message', ({ data }: MessageEvent<Picture>) => postMessage(find(data)));

function find(picture: Picture): string | null {
  try {
    return decodeQR(picture, { timeLimit });
  } catch {
    return null;
  }
}
