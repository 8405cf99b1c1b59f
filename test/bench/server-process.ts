import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '../../scripts/run.ts';

/** Where a server is asked to be. */
export interface ServerPlace {
  readonly port: number;
  readonly dataFolder: string;
  readonly args?: readonly string[];
  /** Flags of Node, such as --cpu-prof. */
  readonly nodeArgs?: readonly string[];
}

const START_TIMEOUT_MS = 20_000;

export interface RunningServer {
  /** Microseconds of processor that all its threads have taken, in steps of 10,000; NaN where no `/proc` tells. */
  usedUs(): number;
}

/** Runs `work` beside a real server process, as `npm start` starts it. */
export async function withServer<T>(
  place: ServerPlace,
  work: (server: RunningServer) => Promise<T>,
): Promise<T> {
  const { port, dataFolder, args = [], nodeArgs = [] } = place;
  const logFile = join(dataFolder, 'server.log');
  const log = openSync(logFile, 'a');
  const server = spawn(
    process.execPath,
    [...nodeArgs, 'src/server/main.ts', '--port', String(port), '--data', dataFolder, ...args],
    { cwd: root, stdio: ['ignore', log, log] },
  );
  try {
    if (!(await becomesHealthy(server, port))) throw new Error(`no server: ${readFileSync(logFile, 'utf8')}`);
    return await work({ usedUs: () => usedUs(server.pid) });
  } finally {
    await stopProcess(server);
    closeSync(log);
  }
}

/** Fields 14 and 15 of proc_pid_stat(5), in ticks of 10 ms; the second field ends with the last bracket. */
function usedUs(pid: number | undefined): number {
  const path = `/proc/${pid}/stat`;
  if (!existsSync(path)) return Number.NaN;
  const fields = readFileSync(path, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

async function becomesHealthy(server: ChildProcess, port: number): Promise<boolean> {
  const givenUpAt = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < givenUpAt && server.exitCode === null) {
    if ((await statusOf(port)) === 200) return true;
    await delay(50);
  }
  return false;
}

function statusOf(port: number): Promise<number | null> {
  return new Promise(resolve => {
    const asked = request({ host: '127.0.0.1', port, path: '/healthz' }, response => {
      response.resume();
      resolve(response.statusCode ?? null);
    });
    asked.on('error', () => resolve(null)).end();
  });
}

async function stopProcess(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  await ended;
}
