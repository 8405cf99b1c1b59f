import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { fieldFma } from './field-fma.ts';
import { multiplySimd } from './multiply-simd.ts';
import { reduceModL } from './reduce.ts';
import { sha512Blocks } from './sha512.ts';

/** What the builds differ in: the features of the machine that they take for granted. */
const features = { fma: ['simd', 'relaxed-simd'], simd: ['simd'], scalar: [] } as const;

/** A build: fused multiply-adds, plain SIMD, or neither, which is what tests compare the other two with. */
export type Build = keyof typeof features;
export const builds = Object.keys(features) as readonly Build[];

const folder = fileURLToPath(new URL('..', import.meta.url));

/** Text of the generated modules by their file names. */
export function generateModules(): Readonly<Record<string, string>> {
  return {
    'field-fma.ts': fieldFma(),
    'multiply-simd.ts': multiplySimd(),
    'reduce.ts': reduceModL(),
    'sha512-blocks.ts': sha512Blocks(),
  };
}

/**
 * Compiles a module of wasm/assembly with the generated ones, without a file but the sources: always the same bytes.
 *
 * @throws Error - with the compiler's messages.
 */
export function compileWasm(build: Build, entry = 'verifier.ts'): Promise<Uint8Array<ArrayBuffer>> {
  return compile(build, entry, generateModules(), ['-O3', '--shrinkLevel', '1']);
}

/** Compiles the text of a module, each operation where it stands there. */
export function compileAsWritten(build: Build, text: string): Promise<Uint8Array<ArrayBuffer>> {
  return compile(build, 'written.ts', { 'written.ts': text }, ['-O0']);
}

async function compile(
  build: Build,
  entry: string,
  modules: Readonly<Record<string, string>>,
  optimizing: readonly string[],
): Promise<Uint8Array<ArrayBuffer>> {
  const options = [...optimizing, '--noAssert', '--runtime', 'stub', '--outFile', 'out.wasm'];
  const enable = features[build].flatMap(feature => ['--enable', feature]);
  let compiled: Uint8Array | null = null;
  const { error, stderr } = await asc.main([`assembly/${entry}`, ...options, ...enable], {
    readFile: name => modules[basename(name)] ?? readFile(join(folder, name), 'utf8').catch(() => null),
    writeFile: (_name, contents) => {
      if (typeof contents !== 'string') compiled = contents;
    },
    listFiles: () => [],
  });
  if (error || !compiled) throw new Error(`${error?.message ?? 'nothing was compiled'}\n${stderr}`);
  return new Uint8Array(compiled);
}
