import { readFileSync } from 'node:fs';
import { root } from '../../../scripts/run.ts';

/** Name and version of an installed package, such as `lit 3.3.3`. */
export function packageVersion(name: string): string {
  const path = `${root}node_modules/${name}/package.json`;
  const { version } = JSON.parse(readFileSync(path, 'utf8'));
  return `${name} ${version}`;
}

/** The engine that runs this process. */
export const nodeVersion = `Node ${process.versions.node} with OpenSSL ${process.versions.openssl}`;

/** The project itself, as it stands in this folder. */
export const ownVersion = 'Latchkey (this tree)';
