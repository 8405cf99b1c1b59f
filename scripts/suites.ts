import { globSync } from 'node:fs';
import { startPostgres } from './postgres.ts';
import { type RunResult, root, run } from './run.ts';

/** One kind of test: where its files are and how they are run. */
export interface Suite {
  name: string;
  /** Files of the suite; a suite without a pattern is one command with one result. */
  pattern?: string | string[];
  /** Needs dist/, so the apps are built first. */
  needsBuild?: boolean;
  /** Needs Chromium, Python or PostgreSQL, see prepare-tests.ts. */
  needsMachine?: boolean;
  run(files: string[], env?: NodeJS.ProcessEnv): Promise<RunResult[]>;
}

export const suites: Suite[] = [
  { name: 'types', run: async () => [await script('scripts/types.ts')] },
  { name: 'layers', run: async () => [await script('scripts/layers.ts')] },
  { name: 'elements', run: async () => [await script('scripts/elements.ts')] },
  { name: 'vectors', pattern: 'test/vectors/*.test.ts', run: nodeTests({ seconds: 60 }) },
  { name: 'faults', pattern: 'test/vectors/faults/**/*.test.ts', run: nodeTests({ seconds: 300 }) },
  { name: 'wasm', pattern: 'test/wasm/**/*.test.ts', run: nodeTests({ seconds: 1800 }) },
  { name: 'build', pattern: 'test/build/**/*.test.ts', run: nodeTests({ seconds: 120 }) },
  {
    name: 'server',
    pattern: ['test/server/*.test.ts', 'test/server/!(postgres)/**/*.test.ts'],
    needsMachine: true,
    run: nodeTests({ seconds: 120 }),
  },
  {
    name: 'server-postgres',
    pattern: [
      'test/server/start.test.ts',
      'test/server/{accounts,backup,db,http,issue,keys,postgres}/**/*.test.ts',
    ],
    needsMachine: true,
    run: onPostgres(nodeTests({ seconds: 120 })),
  },
  { name: 'kill', pattern: 'test/kill/*.test.ts', needsMachine: true, run: nodeTests({ seconds: 600 }) },
  { name: 'unit', pattern: 'test/unit/!(vectors|wasm)/**/*.test.ts', needsMachine: true, run: browserTests },
  { name: 'backends', pattern: 'test/unit/{vectors,wasm}/*.test.ts', needsMachine: true, run: browserTests },
  {
    name: 'e2e',
    pattern: 'test/e2e/**/*.test.ts',
    needsBuild: true,
    needsMachine: true,
    run: nodeTests({ seconds: 300 }),
  },
  { name: 'second', pattern: 'test/second/[!_]*.py', needsMachine: true, run: pythonScripts },
];

/** Files of a suite; with `only`, those that were asked for. */
export function filesOf(suite: Suite, only: string[]): string[] {
  if (!suite.pattern) return [];
  const files = globSync(suite.pattern, { cwd: root }).sort();
  return only.length > 0 ? files.filter(file => only.includes(file)) : files;
}

function script(path: string): Promise<RunResult> {
  return run(process.execPath, [path], { live: true });
}

async function browserTests(files: string[]): Promise<RunResult[]> {
  return [await run('web-test-runner', ['--static-logging', '--files', ...files], { live: true })];
}

/** Two files at a time: the tests start browsers and servers of their own. */
function nodeTests({ seconds }: { seconds: number }): Suite['run'] {
  const reporter = (name: string) => [`--test-reporter=${name}`, '--test-reporter-destination=stdout'];
  const flags = [
    '--disable-warning=ExperimentalWarning',
    '--test-concurrency=2',
    `--test-timeout=${seconds * 1000}`,
    ...reporter('spec'),
    ...reporter('./scripts/node-reporter.ts'),
  ];
  return async (files, env = {}) => [
    await run(process.execPath, ['--test', ...flags, ...files], { live: true, env }),
  ];
}

/** The same tests on a PostgreSQL of their own, each with a database of its own in it. */
function onPostgres(runTests: Suite['run']): Suite['run'] {
  return async files => {
    const cluster = await startPostgres();
    try {
      return await runTests(files, { LATCHKEY_TEST_POSTGRES: cluster.address('postgres') });
    } finally {
      await cluster.remove();
    }
  };
}

/** The Debian packages that the scripts import belong to this Python, not to the first on the PATH. */
async function pythonScripts(files: string[]): Promise<RunResult[]> {
  const results: RunResult[] = [];
  for (const file of files) results.push(await run('/usr/bin/python3', [file], { live: true }));
  return results;
}
