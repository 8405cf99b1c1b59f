import { cpSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../../../dist', import.meta.url));

/** The builds of the verifier in the device app, by their addresses. */
export function verifierAddresses(): string[] {
  return addressesOf('device', 'assets/*.wasm');
}

/** Addresses of files of a built app. */
export function addressesOf(app: 'device' | 'portal', pattern: string): string[] {
  return globSync(pattern, { cwd: join(dist, app) }).map(file => `/${file}`);
}

/** Copies the built apps into a folder, the verifiers of the device app cut to a half, or left out. */
export function buildWithout(verifiers: 'half' | 'all', folder: string): string {
  cpSync(dist, folder, { recursive: true });
  for (const address of verifierAddresses()) {
    const file = join(folder, 'device', address);
    if (verifiers === 'all') rmSync(file);
    else writeFileSync(file, readFileSync(file).subarray(0, 5000));
  }
  return folder;
}
