/** Everything that Press Studio does to be licensed: open, provide, ask before use, count what is used. */

import { LatchkeyError, LicenseManager, provideLicense } from '../../src/client/index.ts';
import { installServiceWorker } from '../../src/client/offline.ts';
import { adoptTheme, configureTexts, removeReason } from '../../src/client/panel.ts';
import { button, say, sayNumber } from './page.ts';

adoptTheme({ accent: '#8a3ffc' });
void configureTexts();
removeReason();

const device = {
  product: 'press-studio',
  appVersion: 'Press Studio 4.2',
  appReleasedAtMs: Date.parse('2026-10-05'),
};
// Not awaited here: what the library loads later may be of this module's file, which would then wait for itself.
LicenseManager.open(device).then(start, failed);

function start(license: LicenseManager): void {
  provideLicense(license);
  button('export').onclick = () => use(license, 'export', 'The page was exported.');
  button('color').onclick = () => use(license, 'color', 'The colors were matched.');
  button('proof').onclick = () => count(license, 'proofs', 'The proof was sent.');
  button('page').onclick = () => count(license, '', 'The page was printed.');
  license.addEventListener('change', () => show(license));
  show(license);
  if (import.meta.env.PROD)
    void installServiceWorker('/sw.js', { onUpdateReady: () => say('An update is ready.') });
}

/** The gates stay shut; the page says why. */
function failed(error: unknown): never {
  const code = error instanceof LatchkeyError ? ` (${error.code})` : '';
  say(`The license could not be read. Connect once and open Press Studio again.${code}`);
  throw error;
}

/** A gate in the page is a courtesy; what counts is asked for where it is used. */
function use(license: LicenseManager, feature: string, done: string): void {
  if (license.feature(feature).unlocked) say(done);
}

async function count(license: LicenseManager, counter: string, done: string): Promise<void> {
  try {
    await license.consume(1, counter);
    say(done);
  } catch (error) {
    if (!(error instanceof LatchkeyError)) throw error;
    say(
      error.code === 'CONSUMPTION_EXCEEDED' ? 'All that the license allows is used up.' : 'This is locked.',
    );
  }
}

/** Pages are counted only by licenses that say so; the number is what the vendor's support finds this device by. */
function show({ licenses, deviceNumber }: LicenseManager): void {
  button('page').hidden = !licenses.some(({ consumption }) => consumption !== null);
  sayNumber(deviceNumber);
}
