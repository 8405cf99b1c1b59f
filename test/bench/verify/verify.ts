import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { withChromium } from '../chromium.ts';
import { type Described, type Measurement, median, medianOf } from '../lines/measurement.ts';
import { ownVersion, packageVersion } from '../lines/versions.ts';
import type { VerifyRates } from './verify-page.ts';

const ROUNDS = 40;
const entry = fileURLToPath(new URL('verify-page.ts', import.meta.url));

declare const bench: { verifyRates(options: { messageBytes: number; rounds: number }): Promise<VerifyRates> };

/** Ed25519 verification in a real browser: what noble and the project's own call reach of WebCrypto's speed. */
export async function measureVerify(): Promise<Measurement[]> {
  const script = await bundle();
  return withChromium(async (browser, version) => {
    const page = await browser.newPage();
    await page.route('**/*', route => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
    await page.goto('http://bench.latchkey.localhost/');
    await page.addScriptTag({ content: script });
    const lines: Measurement[] = [];
    for (const [size, messageBytes] of [
      ['200B', 200],
      ['2KB', 2048],
    ] as const) {
      const rates = await page.evaluate(options => bench.verifyRates(options), {
        messageBytes,
        rounds: ROUNDS,
      });
      lines.push(...linesOf(size, rates, version));
    }
    return lines;
  });
}

function linesOf(size: string, { webcrypto, noble, own }: VerifyRates, chromium: string): Measurement[] {
  const ratio = (rates: number[], described: Omit<Described, 'unit' | 'notes'>) =>
    medianOf(
      rates.map((rate, round) => rate / (webcrypto[round] ?? Number.NaN)),
      { ...described, unit: 'x', notes: [micros('this', rates), micros('WebCrypto', webcrypto)] },
    );
  const against = `WebCrypto of ${chromium}, key imported`;
  return [
    ratio(noble, {
      name: `verify.noble-vs-webcrypto-${size}`,
      contenders: [packageVersion('@noble/curves'), against],
    }),
    ratio(own, {
      name: `verify.own-vs-webcrypto-${size}`,
      contenders: [`${ownVersion}, key checked and imported each time`, against],
    }),
  ];
}

function micros(name: string, rates: number[]): string {
  return `${name} ${(1e6 / median(rates)).toFixed(1)} µs`;
}

/** One script that puts `bench` into the page. */
async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, lib: { entry, name: 'bench', formats: ['iife'] } },
  });
  const [output] = Array.isArray(built) ? built : [built];
  const chunk = output && 'output' in output ? output.output[0] : null;
  if (chunk?.type !== 'chunk') throw new TypeError('expected one script');
  return chunk.code;
}
