import type { Reporter, TestSession, TestSuiteResult } from '@web/test-runner';

/**
 * A reporter for web-test-runner beside the readable one: ends with `N passed, N failed, N skipped`. A file that
 * does not load, or that holds no test, is a failure.
 */
export function countReporter(): Reporter {
  return {
    onTestRunFinished({ sessions }) {
      const count = { passed: 0, failed: 0, skipped: 0 };
      for (const session of sessions) add(count, session);
      console.log(`\n${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
    },
  };
}

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

function add(count: Count, session: TestSession): void {
  const tests = session.testResults ? testsOf(session.testResults) : [];
  for (const { passed, skipped } of tests) {
    count[skipped ? 'skipped' : passed ? 'passed' : 'failed'] += 1;
  }
  if (tests.length > 0 && session.errors.length === 0) return;
  count.failed += 1;
  console.log(`${session.errors.length > 0 ? 'errors beside the tests' : 'no test'} in ${session.testFile}`);
}

function testsOf(suite: TestSuiteResult): TestSuiteResult['tests'] {
  return [...suite.tests, ...suite.suites.flatMap(testsOf)];
}
