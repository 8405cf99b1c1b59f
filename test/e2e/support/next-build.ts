import { execFile } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const sources = [
  'src',
  'public',
  'wasm',
  'index.html',
  'scripts',
  'vite.config.ts',
  'package.json',
  'tsconfig.json',
  'tsconfig.base.json',
];

/** Builds the device app as a later version, from a copy of the sources; returns a folder like dist/. */
export async function buildNextVersion(folder: string, version: string): Promise<string> {
  for (const name of sources) cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const file = join(folder, 'src/device/version.ts');
  const text = readFileSync(file, 'utf8').replace(/APP_VERSION = '[^']+'/, `APP_VERSION = '${version}'`);
  if (!text.includes(version)) throw new Error('the version of the app is not where it was');
  writeFileSync(file, text);
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  await promisify(execFile)(process.execPath, [vite, 'build', '--mode', 'device'], { cwd: folder });
  for (const name of ['portal', 'console', 'sample', 'single'])
    symlinkSync(join(root, 'dist', name), join(folder, 'dist', name));
  return join(folder, 'dist');
}
