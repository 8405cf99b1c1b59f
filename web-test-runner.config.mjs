import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { unitBrowsers } from './scripts/unit-browsers.ts';
import { countReporter } from './scripts/unit-reporter.ts';
import { serveWasmProbes } from './scripts/wasm-probes.ts';

const tsconfig = fileURLToPath(new URL('tsconfig.json', import.meta.url));

export default {
  files: ['test/unit/**/*.test.ts'],
  nodeResolve: { exportConditions: ['development'] },
  concurrency: 2,
  plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig })],
  middleware: [serveWasmProbes],
  mimeTypes: { '**/*.wasm': 'application/wasm' },
  browsers: unitBrowsers(),
  reporters: [defaultReporter({ reportTestResults: true, reportTestProgress: true }), countReporter()],
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
  // Bounds for a machine that is busy: a lost test must end, a slow one must not fail.
  testFramework: { config: { timeout: 60_000 } },
  browserStartTimeout: 300_000,
  testsStartTimeout: 300_000,
  testsFinishTimeout: 600_000,
  coverageConfig: { include: ['src/**/*.ts'], reportDir: 'coverage', reporters: ['text', 'lcov'] },
};
