import { writeFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';

const width = 640;
const height = 480;
const framesPerSecond = 10;
/** How long a code stands still in the film. */
const framesOfCode = 3;
/** How many of codes that change are filmed. */
const codesOfFilm = 12;
/** The wall behind the screen. */
const wall = 90;

interface Seen {
  side: number;
  /** Brightness of each pixel, row by row. */
  pixels: number[];
}

/**
 * Films the QR code that a page shows, as a camera before its screen would, and writes it for a browser's fake camera.
 * Of codes that change, some are filmed and the others missed.
 */
export async function filmCode(page: Page, path: string): Promise<void> {
  const frames = [];
  await page.locator('dialog[open] canvas').waitFor();
  const isMoving = await page.getByRole('button', { name: 'Stand still' }).isVisible();
  const codes = isMoving ? codesOfFilm : 1;
  for (let last = ''; frames.length < codes; ) {
    const seen = await look(page);
    const now = seen.pixels.join();
    if (now === last) continue;
    last = now;
    frames.push(frameOf(seen));
  }
  write(path, frames);
}

function write(path: string, frames: readonly Buffer[]): void {
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F${framesPerSecond}:1 Ip A1:1 C420jpeg\n`);
  const film = frames.flatMap(frame => Array.from({ length: framesOfCode }, () => frame));
  writeFileSync(path, Buffer.concat([head, ...film]));
}

/** Films a code that stands still, such as one on paper. */
export async function filmStill(code: Locator, path: string): Promise<void> {
  write(path, [frameOf(await lookAt(code))]);
}

/** What a shown code looks like now. */
function look(page: Page): Promise<Seen> {
  return lookAt(page.locator('dialog[open] canvas'));
}

async function lookAt(code: Locator): Promise<Seen> {
  return code.evaluate(element => {
    if (!(element instanceof HTMLCanvasElement)) throw new TypeError('expected a canvas');
    const copy = new OffscreenCanvas(element.width, element.height).getContext('2d');
    copy?.drawImage(element, 0, 0);
    const { data = [] } = copy?.getImageData(0, 0, element.width, element.height) ?? {};
    const pixels = Array.from({ length: data.length / 4 }, (_, index) => data[index * 4] ?? 0);
    return { side: element.width, pixels };
  });
}

/** The code in the middle of a frame, before a gray wall; no color. */
function frameOf({ side, pixels }: Seen): Buffer {
  if (side > height) throw new RangeError(`a code of ${side} pixels is larger than the film`);
  const luma = Buffer.alloc(width * height, wall);
  const left = Math.floor((width - side) / 2);
  const top = Math.floor((height - side) / 2);
  for (let y = 0; y < side; y += 1) {
    luma.set(pixels.slice(y * side, (y + 1) * side), (top + y) * width + left);
  }
  return Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc((width * height) / 2, 128)]);
}
