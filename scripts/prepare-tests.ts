/**
 * Makes sure that what the tests need beside node_modules is on the machine: browsers, PostgreSQL, and for the second
 * implementation Python with cbor2 and cryptography. Installs it on Debian as root, else says what to run; prints the
 * versions of the browsers. Given the names of suites, it looks after those alone.
 */

import { findChromium } from './chromium.ts';
import { findFirefox } from './firefox.ts';
import { fetchOldChromium, findOldChromium, type OldChromium, oldChromiums } from './old-chromium.ts';
import { findPostgres } from './postgres.ts';
import { run } from './run.ts';
import { findWebKit } from './webkit.ts';

const asked = process.argv.slice(2);
const hasJourneys = asked.length === 0 || asked.includes('e2e');

const webKit = findWebKit();
const missing = [
  ...(findChromium() ? [] : ['chromium']),
  ...(findFirefox() ? [] : ['firefox-esr']),
  ...(!hasJourneys || (webKit.driver && webKit.browser) ? [] : ['webkit2gtk-driver']),
  ...(!hasJourneys || webKit.screen ? [] : ['xvfb']),
  ...(findPostgres() ? [] : ['postgresql']),
  ...((await hasModule('cbor2')) ? [] : ['python3-cbor2']),
  ...((await hasModule('cryptography')) ? [] : ['python3-cryptography']),
];

if (missing.length > 0) await install(missing);
if (hasJourneys) for (const build of oldChromiums) await fetchIfMissing(build);
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

async function fetchIfMissing(build: OldChromium): Promise<void> {
  if (findOldChromium(build)) return;
  console.log(`fetching Chromium ${build} from the npm registry`);
  try {
    await fetchOldChromium(build);
  } catch (error) {
    console.error(`could not fetch Chromium ${build}: ${error}`);
    process.exitCode = 1;
  }
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
