import type { Ed25519Engine } from '../crypto.ts';
import { isFused } from './verifier.ts';

/** A compiled build of wasm/, and what it is called. */
export interface LoadedBuild {
  readonly engine: Ed25519Engine;
  readonly module: WebAssembly.Module;
}

/** The builds that are shipped, the faster one first. */
export type Build = 'fma' | 'simd';

/** Where they are. */
export const addresses: Readonly<Record<Build, URL>> = {
  fma: new URL('../../../wasm/build/fma.wasm', import.meta.url),
  simd: new URL('../../../wasm/build/simd.wasm', import.meta.url),
};

/** Modules of one function each, which an engine takes that knows `i8x16.relaxed_swizzle`, or `i8x16.popcnt`. */
const probes: Record<Build, readonly number[]> = {
  fma: [10, 15, 1, 13, 0, 65, 1, 253, 15, 65, 2, 253, 15, 253, 128, 2, 11],
  simd: [10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11],
};
const PROBE_START = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0];

/**
 * Loads the fastest build that computes rightly on this machine: fused multiply-adds where they round once, else plain
 * SIMD. Asks the own origin for it.
 *
 * @param wanted - The builds to choose from; both unless a test says otherwise.
 * @returns null where WebAssembly is missing, forbidden or without SIMD, and when the file cannot be had.
 */
export async function loadBuild(wanted: readonly Build[] = ['fma', 'simd']): Promise<LoadedBuild | null> {
  if (!('WebAssembly' in globalThis)) return null;
  for (const build of wanted) {
    if (!WebAssembly.validate(Uint8Array.of(...PROBE_START, ...probes[build]))) continue;
    const module = await compile(addresses[build]);
    if (!module) return null;
    if (build === 'fma' && !(await isFused(module))) continue;
    return { engine: `wasm-${build}`, module };
  }
  return null;
}

/** A content security policy may forbid compiling, and a file may be out of reach or damaged: no failure here. */
async function compile(address: URL): Promise<WebAssembly.Module | null> {
  try {
    const response = await fetch(address);
    if (!response.ok) return null;
    // Not as a stream: that wants a type which the server beside a vendor's app may not know.
    return await WebAssembly.compile(await response.arrayBuffer());
  } catch {
    return null;
  }
}
