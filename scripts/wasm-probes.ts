import type { TestRunnerConfig } from '@web/test-runner';

type Middleware = NonNullable<TestRunnerConfig['middleware']>[number];

/** Gives the browsers of the tests the parts of the verifier, wasm/assembly/probe.ts, compiled when asked for. */
export const serveWasmProbes: Middleware = async (context, next) => {
  const asked = /^\/wasm-probe\/(\w+)\.wasm$/.exec(context.path)?.[1];
  if (asked === undefined) return next();
  // The compiler is large, and few runs want it.
  const { builds, compileWasm } = await import('../wasm/generate/main.ts');
  const build = builds.find(build => build === asked);
  if (build === undefined) return next();
  context.type = 'application/wasm';
  context.body = Buffer.from(await compileWasm(build, 'probe.ts'));
};
