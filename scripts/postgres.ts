import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, chownSync, constants, globSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';

/** A PostgreSQL of the tests' own, in a folder of its own, reached by a socket there. */
export interface Cluster {
  readonly folder: string;
  /** Address of one of its databases. */
  address(database: string): string;
  /** Starts the server once more after it was killed, and resolves when it takes connections. */
  start(): Promise<void>;
  /** Ends the server's process and all that it started at once, as a power cut does. */
  kill(): Promise<void>;
  /** Lifts the limit of its files. */
  makeRoom(): void;
  /** Ends it and removes its folder. */
  remove(): Promise<void>;
}

export interface ClusterOptions {
  /** Writes through to the disk, as a server must; most tests do without. */
  readonly isDurable?: boolean;
  /** Most KiB that a file may have: what a full disk is to a user who can mount none. */
  readonly maxFileKib?: number;
}

/**
 * Keeps the server for as long as its standard input is open: whatever ends the process of the tests ends the server as
 * well and removes the folder. Each line starts the server.
 */
const keeper = `
  bin=$1 folder=$2 limit=$3; shift 3
  trap '' INT TERM HUP
  "$bin/initdb" -D "$folder/data" -U latchkey -A trust -E UTF8 --locale=C.UTF-8 --locale-provider=icu \
    --icu-locale=en-US --wal-segsize=1 --no-sync >"$folder/log" 2>&1 || { cat "$folder/log" >&2; rm -rf "$folder"; exit 1; }
  pid=
  while read -r line; do
    (ulimit -S -f "$limit"; exec "$bin/postgres" -D "$folder/data" -k "$folder" -h '' "$@" >>"$folder/log" 2>&1) &
    pid=$!
  done
  [ -z "$pid" ] || { kill -QUIT "$pid"; wait "$pid"; } 2>/dev/null
  rm -rf "$folder"
`;

const READY_WITHIN_MS = 60_000;
const BLOCKS_PER_KIB = 2;

/** The folder with PostgreSQL's programs, the newest; null when there is none. */
export function findPostgres(): string | null {
  const version = (folder: string) => Number(/(\d+)\/bin$/.exec(folder)?.[1]);
  const installed = globSync('/usr/lib/postgresql/*/bin').sort((a, b) => version(b) - version(a));
  const folders = [...installed, ...(process.env.PATH ?? '').split(delimiter)];
  return folders.find(folder => ['initdb', 'postgres'].every(name => isProgram(join(folder, name)))) ?? null;
}

/** Makes a cluster and starts it. It ends with this process, however that ends. */
export async function startPostgres({
  isDurable = false,
  maxFileKib,
}: ClusterOptions = {}): Promise<Cluster> {
  const bin = findPostgres();
  if (bin === null) throw new Error('no PostgreSQL on this machine: run node scripts/prepare-tests.ts');
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-postgres-'));
  const account = unprivileged();
  if (account) chownSync(folder, account.uid, account.gid);
  const limit = maxFileKib === undefined ? 'unlimited' : String(maxFileKib * BLOCKS_PER_KIB);
  const flags = ['-c', 'max_connections=100', ...(isDurable ? [] : ['-F'])];
  const child = spawn('sh', ['-c', keeper, 'keeper', bin, folder, limit, ...flags], {
    ...account,
    cwd: folder,
    // A group of its own: what a terminal interrupts is the tests, and their end ends it.
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  child.unref();
  const cluster = clusterOf({ child, folder, account });
  await cluster.start();
  return cluster;
}

interface Keeping {
  child: ChildProcess;
  folder: string;
  account: Account | null;
}

function clusterOf({ child, folder, account }: Keeping): Cluster {
  const ended = once(child, 'exit');
  const address = (database: string) => `postgres://latchkey@/${database}?host=${folder}`;
  return {
    folder,
    address,
    async start() {
      child.stdin?.write('\n');
      const until = Date.now() + READY_WITHIN_MS;
      while (!(await answers(address('postgres')))) {
        if (child.exitCode !== null || Date.now() > until) throw new Error('PostgreSQL did not start');
        await pause(20);
      }
    },
    kill: () => killAll(serverOf(folder)),
    makeRoom() {
      // Only the same account may.
      for (const pid of processesOf(serverOf(folder)))
        execFileSync('prlimit', ['--pid', String(pid), '--fsize=unlimited:'], { ...account });
    },
    async remove() {
      child.ref();
      child.stdin?.end();
      await ended;
    },
  };
}

interface Account {
  uid: number;
  gid: number;
}

/** PostgreSQL does not run as root; null: this account will do. */
function unprivileged(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map(line => line.split(':'));
  const found = ['postgres', 'nobody']
    .map(name => accounts.find(([account]) => account === name))
    .find(Boolean);
  if (!found) throw new Error('PostgreSQL does not run as root, and there is neither postgres nor nobody');
  return { uid: Number(found[2]), gid: Number(found[3]) };
}

async function answers(address: string): Promise<boolean> {
  const client = new Client({ connectionString: address });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function serverOf(folder: string): number {
  return Number(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

function processesOf(server: number): number[] {
  return [server, ...processTable().flatMap(({ pid, parent }) => (parent === server ? [pid] : []))];
}

/** Stopped first, it starts no other and does not see its own go. */
async function killAll(server: number): Promise<void> {
  process.kill(server, 'SIGSTOP');
  const all = processesOf(server);
  for (const pid of all.reverse()) process.kill(pid, 'SIGKILL');
  while (processTable().some(({ pid, isGone }) => !isGone && all.includes(pid))) await pause(5);
}

/** All processes of the machine; one that is gone stays in the table until its parent has looked at it. */
function processTable(): { pid: number; parent: number; isGone: boolean }[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat='], { encoding: 'utf8' }).trim().split('\n');
  return lines.map(line => {
    const [pid, parent, state] = line.trim().split(/\s+/);
    return { pid: Number(pid), parent: Number(parent), isGone: state?.startsWith('Z') ?? false };
  });
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
