/**
 * Runs the test suites: all, those named (`npm test -- unit server`) or single files
 * (`npm test -- test/unit/bytes/base45.test.ts`). The last line is `N passed, N failed`.
 */
import { parseArgs } from 'node:util';
import { type RunResult, run } from './run.ts';
import { filesOf, type Suite, suites } from './suites.ts';

interface Outcome {
  suite: string;
  passed: number;
  failed: number;
  skipped: number;
  seconds: number;
}

const asked = parseArgs({ allowPositionals: true }).positionals;
const files = asked.filter(name => name.includes('/')).map(name => name.replace(/^\.\//, ''));
const names = asked.filter(name => !name.includes('/'));
const outcomes: Outcome[] = [];

const unknown = [
  ...names.filter(name => !suites.some(suite => suite.name === name)),
  ...files.filter(file => !suites.some(suite => filesOf(suite, [file]).length > 0)),
];
for (const name of unknown) fail(name, 'is neither a suite nor a test file');

const chosen = suites.filter(isChosen);
const needy = chosen.filter(suite => suite.needsMachine && filesOf(suite, files).length > 0);
if (needy.length > 0)
  await step(
    'prepare',
    'scripts/prepare-tests.ts',
    needy.map(({ name }) => name),
  );
if (chosen.some(suite => suite.needsBuild && filesOf(suite, files).length > 0)) {
  await step('build', 'scripts/build.ts');
}
for (const suite of chosen) await runSuite(suite);
summarize();

function isChosen(suite: Suite): boolean {
  if (files.length > 0) return filesOf(suite, files).length > 0;
  return names.length === 0 || names.includes(suite.name);
}

async function runSuite(suite: Suite): Promise<void> {
  const own = filesOf(suite, files);
  console.log(`\n== ${suite.name}${suite.pattern ? ` (${own.length} files)` : ''}`);
  if (suite.pattern && own.length === 0) return;
  const outcome: Outcome = { suite: suite.name, passed: 0, failed: 0, skipped: 0, seconds: 0 };
  for (const result of await suite.run(own)) {
    const { passed, failed, skipped } = suite.pattern ? countsOf(result) : asOneTest(result);
    outcome.passed += passed;
    outcome.failed += failed;
    outcome.skipped += skipped;
    outcome.seconds += result.seconds;
  }
  outcomes.push(outcome);
  if (outcome.passed + outcome.failed === 0) fail(suite.name, 'has files but ran no test');
}

/** The last `N passed, N failed` line; a command that ends in failure never counts as none failed. */
function countsOf({ code, output }: RunResult): { passed: number; failed: number; skipped: number } {
  const line = [...output.matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm)].at(-1);
  const [passed = 0, failed = 0, skipped = 0] = (line ?? []).slice(1).map(text => Number(text ?? 0));
  const failedQuietly = failed === 0 && (code !== 0 || !line);
  return { passed, failed: failedQuietly ? 1 : failed, skipped };
}

function asOneTest({ code }: RunResult): { passed: number; failed: number; skipped: number } {
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

async function step(name: string, path: string, args: string[] = []): Promise<void> {
  console.log(`\n== ${name}`);
  const { code } = await run(process.execPath, [path, ...args], { live: true });
  if (code !== 0) fail(name, 'failed');
}

function fail(suite: string, why: string): void {
  console.error(`${suite} ${why}`);
  outcomes.push({ suite, passed: 0, failed: 1, skipped: 0, seconds: 0 });
}

function summarize(): void {
  const total = { passed: 0, failed: 0 };
  console.log(`\n${'suite'.padEnd(16)}${columns('passed', 'failed', 'skipped', 'seconds')}`);
  for (const { suite, passed, failed, skipped, seconds } of outcomes) {
    total.passed += passed;
    total.failed += failed;
    console.log(`${suite.padEnd(16)}${columns(passed, failed, skipped, seconds.toFixed(1))}`);
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

function columns(...cells: (string | number)[]): string {
  return cells.map(cell => String(cell).padStart(9)).join('');
}
