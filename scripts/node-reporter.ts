import { resolve } from 'node:path';
import type { TestEvent } from 'node:test/reporters';

/**
 * A reporter for node:test beside the readable one: ends with `N passed, N failed, N skipped`. Suites are not
 * tests, and a file without a test, which node:test calls passed, is a failure.
 */
export default async function* countTests(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const count = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details.type === 'suite') continue;
    if (type === 'test:fail') count.failed += 1;
    else if (data.skip || data.todo) count.skipped += 1;
    else if (data.file && resolve(data.name) === data.file) {
      count.failed += 1;
      yield `no test in ${data.name}\n`;
    } else count.passed += 1;
  }
  yield `${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`;
}
