import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { chromiumFlags, findChromium } from './scripts/chromium.ts';
import { countReporter } from './scripts/unit-reporter.ts';

const tsconfig = fileURLToPath(new URL('tsconfig.json', import.meta.url));

export default {
  files: ['test/unit/**/*.test.ts'],
  nodeResolve: { exportConditions: ['development'] },
  concurrency: 2,
  plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig })],
  mimeTypes: { '**/*.wasm': 'application/wasm' },
  browsers: [
    chromeLauncher({
      launchOptions: { executablePath: findChromium() ?? undefined, headless: true, args: chromiumFlags() },
      // Two files run at a time. The tab in the background would be hidden and get no frames to wait for.
      async createPage({ context }) {
        const page = await context.newPage();
        await page.emulateFocusedPage(true);
        return page;
      },
    }),
  ],
  reporters: [defaultReporter({ reportTestResults: true, reportTestProgress: true }), countReporter()],
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
  // Bounds for a machine that is busy: a lost test must end, a slow one must not fail.
  testFramework: { config: { timeout: 60_000 } },
  testsFinishTimeout: 600_000,
  coverageConfig: { include: ['src/**/*.ts'], reportDir: 'coverage', reporters: ['text', 'lcov'] },
};
