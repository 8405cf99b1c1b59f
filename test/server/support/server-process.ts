import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Origins } from '../../../src/server/http/origins.ts';
import { dataFolder } from './data-folder.ts';
import type { DatabaseEnv } from './test-database.ts';
import { builtApps } from './test-server.ts';

const scriptOf = (name: string) => fileURLToPath(new URL(`../../../src/server/${name}.ts`, import.meta.url));

/** `npm start` and `npm run latchkey`. */
export const scripts = { main: scriptOf('main'), latchkey: scriptOf('latchkey') };

/** A process of the server's, which ends with the test. */
export interface Process {
  child: ChildProcess;
  /** stdout so far. */
  output(): string;
  log(): string;
  ended: Promise<number | null>;
}

/** A server that may still be starting. */
export interface ServerProcess extends Process {
  /** Resolves when it has greeted. */
  ready(): Promise<void>;
}

/** Runs a script of the server as a process of its own. */
export function run(
  test: Pick<TestContext, 'after'>,
  script: string,
  args: string[],
  env: DatabaseEnv = {},
): Process {
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...process.env, LATCHKEY_LOG_LEVEL: 'info', ...env },
  });
  let output = '';
  let log = '';
  child.stdout.on('data', data => {
    output += data;
  });
  child.stderr.on('data', data => {
    log += data;
  });
  test.after(() => child.kill('SIGKILL'));
  const ended = once(child, 'close').then(([code]) => (typeof code === 'number' ? code : null));
  return { child, output: () => output, log: () => log, ended };
}

export interface ServerPlace {
  readonly folder: string;
  readonly env?: DatabaseEnv;
  readonly args?: readonly string[];
}

/** Starts a server on a free port, unless the arguments say another. */
export function serverProcess(
  test: Pick<TestContext, 'after'>,
  { folder, env = {}, args = [] }: ServerPlace,
): ServerProcess {
  const dist = builtApps(dataFolder(test));
  const started = run(test, scripts.main, ['--port', '0', '--data', folder, '--dist', dist, ...args], env);
  const { child, log } = started;
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return {
    ...started,
    async ready() {
      await waitFor(() => log().includes('"started"') || hasEnded());
      if (hasEnded()) throw new Error(`the server ended: ${log()}`);
    },
  };
}

/** Far longer than anything takes: a machine may be busy with other tests. */
const PATIENCE_MS = 90_000;

/** Waits for a condition. */
export async function waitFor(condition: () => boolean | Promise<boolean>, pauseMs = 10): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (Date.now() > until) throw new Error('waited too long');
    await new Promise(resolve => setTimeout(resolve, pauseMs));
  }
}

/** Where a server said that it is. */
export function originsIn(greeting: string): { port: number; origins: Origins } {
  const origin = (name: string) => new RegExp(`http://${name}\\S+`).exec(greeting)?.[0] ?? '';
  const origins = {
    app: origin('app'),
    portal: origin('portal'),
    console: origin('console'),
    sample: origin('sample'),
  };
  return { port: Number(new URL(origins.app).port), origins };
}

/** License keys of the demo, as they were printed. */
export const keysIn = (greeting: string) => greeting.match(/([0-9A-Z]{5}-){4}[0-9A-Z]{5}/g) ?? [];

/** The one-time password that was printed. */
export const passwordIn = (greeting: string) => /([0-9a-z]{5}-){3}[0-9a-z]{5}/.exec(greeting)?.[0];
