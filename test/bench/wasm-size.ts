import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { type Measurement, medianOf } from './lines/measurement.ts';
import { ownVersion, packageVersion } from './lines/versions.ts';

/** Sizes of the builds of wasm/ as they travel. */
export async function measureWasm(): Promise<Measurement[]> {
  return ['fma', 'simd'].map(build => {
    const file = readFileSync(new URL(`../../wasm/build/${build}.wasm`, import.meta.url));
    const kilobytes = gzipSync(file, { level: 9 }).length / 1024;
    return medianOf([kilobytes], {
      name: `wasm.gz-kb-${build}`,
      unit: 'KB',
      contenders: [ownVersion, packageVersion('assemblyscript')],
    });
  });
}
