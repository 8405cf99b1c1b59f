import { after, type TestContext } from 'node:test';

/** Takes what a fixture of a whole file leaves, as a test's own context does for one test; last in, first out. */
export function suiteCleanup(): Pick<TestContext, 'after'> {
  const cleanups: (() => unknown)[] = [];
  after(async () => {
    for (const clean of cleanups.reverse()) await clean();
  });
  return {
    after(clean) {
      if (clean) cleanups.push(() => Reflect.apply(clean, undefined, []));
    },
  };
}
