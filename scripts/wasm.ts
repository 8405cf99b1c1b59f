/** Builds the verifier of wasm/ into wasm/build/, and puts the generated modules beside it, to be read. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { builds, compileWasm, generateModules } from '../wasm/generate/main.ts';
import { root } from './run.ts';

const folder = `${root}wasm/build/`;
await mkdir(folder, { recursive: true });
for (const [name, text] of Object.entries(generateModules())) await writeFile(folder + name, text);
for (const build of builds) {
  const bytes = await compileWasm(build);
  const file = `${folder}${build}.wasm`;
  const before = await readFile(file).catch(() => null);
  if (!before?.equals(bytes)) await writeFile(file, bytes);
  console.log(`wasm/build/${build}.wasm: ${bytes.length} bytes${before?.equals(bytes) ? '' : ', new'}`);
}
