import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { isFused } from '../../src/crypto/ed25519/verifier.ts';
import { builds, compileWasm } from '../../wasm/generate/main.ts';
import { moduleOf } from './support/verifiers.ts';

for (const build of builds) {
  test(`wasm/build/${build}.wasm is what its source compiles to, byte by byte`, async () => {
    const file = await readFile(new URL(`../../wasm/build/${build}.wasm`, import.meta.url));
    const compiled = await compileWasm(build);
    assert.ok(file.equals(compiled), 'run npm run build:wasm');
  });

  test(`the ${build} build imports nothing, and keeps its memory to itself`, async () => {
    const module = await moduleOf(build);
    assert.deepEqual(WebAssembly.Module.imports(module), []);
  });
}

test('only the build with fused multiply-adds says that they round once', async () => {
  assert.equal(await isFused(await moduleOf('simd')), false);
  assert.equal(await isFused(await moduleOf('scalar')), false);
  assert.equal(await isFused(await moduleOf('fma')), true);
});
