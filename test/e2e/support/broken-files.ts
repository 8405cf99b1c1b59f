import { readFileSync } from 'node:fs';

/** A file that is not what it should be. */
export interface BrokenFile {
  name: string;
  bytes: Uint8Array;
}

const picture = new URL('../../../public/icons/icon-192.png', import.meta.url);
const tenMegabytes = 10 * 1024 * 1024;

/** What can become of a good file on its way, and what a person may take for it. */
export function breakFile(good: Uint8Array) {
  return {
    empty: { name: 'empty.req', bytes: new Uint8Array() },
    cut: { name: 'cut.req', bytes: good.subarray(0, good.length - 20) },
    picture: { name: 'picture.req', bytes: readFileSync(picture) },
    flipped: { name: 'flipped.req', bytes: flipLastBit(good) },
    huge: { name: 'huge.req', bytes: new Uint8Array(tenMegabytes) },
  } satisfies Record<string, BrokenFile>;
}

function flipLastBit(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, index) => (index === bytes.length - 1 ? byte ^ 1 : byte));
}
