import { msg } from '@lit/localize';

/** Who verifies signatures, in words; null: nobody has yet. */
export function engineText(engine: 'webcrypto' | 'wasm-fma' | 'wasm-simd' | 'noble' | 'node' | null): string {
  if (engine === 'wasm-fma') return msg('WebAssembly with fused multiply-adds');
  if (engine === 'wasm-simd') return msg('WebAssembly with SIMD');
  if (engine === null) return msg('Nothing was verified yet');
  return engine === 'noble' ? msg('JavaScript') : msg('The browser');
}
