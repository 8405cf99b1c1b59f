/**
 * Makes sure that what the tests need beside node_modules is on the machine: Chromium, Firefox, PostgreSQL, and for the
 * second implementation Python with cbor2 and cryptography. Installs it on Debian as root, else says what to run.
 * Prints the versions of the browsers.
 */

import { findChromium } from './chromium.ts';
import { findFirefox } from './firefox.ts';
import { findPostgres } from './postgres.ts';
import { run } from './run.ts';

const missing = [
  ...(findChromium() ? [] : ['chromium']),
  ...(findFirefox() ? [] : ['firefox-esr']),
  ...(findPostgres() ? [] : ['postgresql']),
  ...((await hasModule('cbor2')) ? [] : ['python3-cbor2']),
  ...((await hasModule('cryptography')) ? [] : ['python3-cryptography']),
];

if (missing.length > 0) await install(missing);
console.log([await versionOf(findChromium()), await versionOf(findFirefox())].filter(Boolean).join(', '));

/** The Debian packages belong to /usr/bin/python3, which need not be the first on the PATH. */
async function hasModule(name: string): Promise<boolean> {
  return (await run('/usr/bin/python3', ['-c', `import ${name}`])).code === 0;
}

/** As the browser says it, such as `Mozilla Firefox 153.7.0esr`. */
async function versionOf(program: string | null): Promise<string> {
  if (!program) return '';
  const { output } = await run(program, ['--version']);
  return /^\D* \d+(\.\w+)+/m.exec(output)?.[0] ?? '';
}

async function install(packages: string[]): Promise<void> {
  const command = `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (process.getuid?.() !== 0) {
    console.error(`the tests need ${packages.join(', ')}; as root run: ${command}`);
    process.exitCode = 1;
    return;
  }
  console.log(`installing ${packages.join(', ')}`);
  const { code, output } = await run('sh', ['-c', command], { env: { DEBIAN_FRONTEND: 'noninteractive' } });
  if (code === 0) return;
  console.error(`${output}\ncould not install ${packages.join(', ')}`);
  process.exitCode = 1;
}
