import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import { build } from 'vite';
import { findFirefox } from '../../../scripts/firefox.ts';
import { withChromium } from '../chromium.ts';
import type { ColdStarts } from './cold.ts';
import type { Measuring, VerifyRates } from './verify-page.ts';

/** The browsers that verify. */
export type BenchBrowser = 'chromium' | 'firefox';

/** Measures in a page. */
export interface BenchPage {
  rates(measuring: Measuring): Promise<VerifyRates>;
  coldStarts(rounds: number): Promise<ColdStarts>;
  /** Name and version of the browser. */
  readonly version: string;
}

type Work<T> = (page: BenchPage) => Promise<T>;

interface Page {
  goto(address: string): Promise<unknown>;
  evaluate(text: string): Promise<unknown>;
}

const entry = fileURLToPath(new URL('verify-page.ts', import.meta.url));

/** Opens `verify-page.ts` in a browser and lets `work` measure there. */
export async function inBenchPage<T>(browser: BenchBrowser, work: Work<T>): Promise<T> {
  const script = await bundle();
  const server = createServer((request, response) => {
    const isScript = request.url === '/bench.js';
    response.writeHead(200, {
      'content-type': isScript ? 'text/javascript' : 'text/html',
      // Only an isolated page has a clock of microseconds.
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    });
    response.end(isScript ? script : '<!doctype html><link rel="icon" href="data:,">');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on TCP has an address with a port.
  const { port } = server.address() as AddressInfo;
  try {
    return await openers[browser](async (page, version) => {
      await page.goto(`http://localhost:${port}/`);
      return work({
        // What the page's functions give, as their types say.
        rates: async measuring => (await call(page, 'verifyRates', measuring)) as VerifyRates,
        coldStarts: async rounds => (await call(page, 'coldStarts', rounds)) as ColdStarts,
        version,
      });
    });
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

function call(page: Page, name: string, argument: unknown): Promise<unknown> {
  return page.evaluate(`import('/bench.js').then(page => page.${name}(${JSON.stringify(argument)}))`);
}

type Open = <T>(work: (page: Page, version: string) => Promise<T>) => Promise<T>;

const openers: Record<BenchBrowser, Open> = {
  chromium: work => withChromium(async (browser, version) => work(await browser.newPage(), version)),
  async firefox(work) {
    const executablePath = findFirefox();
    if (executablePath === null) throw new TypeError('found no Firefox: set FIREFOX_PATH');
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath,
      headless: true,
      protocolTimeout: 600_000,
    });
    try {
      return await work(await browser.newPage(), (await browser.version()).replace('/', ' '));
    } finally {
      await browser.close();
    }
  },
};

/** One script, with the builds of WebAssembly within. */
async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      lib: { entry, formats: ['es'] },
      rollupOptions: { output: { codeSplitting: false } },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  const chunk = output && 'output' in output ? output.output[0] : null;
  if (chunk?.type !== 'chunk') throw new TypeError('expected one script');
  return chunk.code;
}
