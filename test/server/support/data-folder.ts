import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

/** A folder for real files of one test; gone after it. */
export function dataFolder(test: Pick<TestContext, 'after'>): string {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-test-'));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
