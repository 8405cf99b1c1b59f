import { cpSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../../../dist', import.meta.url));

type App = 'device' | 'portal' | 'console';

/** The builds of the verifier in an app, by their addresses. */
export function verifierAddresses(app: App): string[] {
  return addressesOf(app, 'assets/*.wasm');
}

/** Addresses of files of a built app. */
export function addressesOf(app: App, pattern: string): string[] {
  return globSync(pattern, { cwd: join(dist, app) }).map(file => `/${file}`);
}

/** Copies the built apps into a folder, the verifiers of one app cut to a half, or left out. */
export function buildWithout(verifiers: 'half' | 'all', folder: string, app: App = 'device'): string {
  cpSync(dist, folder, { recursive: true });
  for (const address of verifierAddresses(app)) {
    const file = join(folder, app, address);
    if (verifiers === 'all') rmSync(file);
    else writeFileSync(file, readFileSync(file).subarray(0, 5000));
  }
  return folder;
}
