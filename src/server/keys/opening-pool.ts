import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Bytes } from '../../bytes/bytes.ts';
import { LatchkeyError } from '../../errors.ts';
import { type DeviceFile, openDeviceFile } from '../../issue/open-device-file.ts';
import { type OpeningKeys, type OpeningResult, type OpeningTask, openOptions } from './opening.ts';

/** Files that the main thread opens by itself before it starts others: most portals never come that far. */
const FILES_BEFORE_THREADS = 64;

/** Past these the one thread that decides is what limits a portal. */
const MAX_THREADS = 3;

/** Opens device files. */
export interface FileOpener {
  /** As `openDeviceFile` does, and with the same errors. */
  open(file: Bytes): Promise<DeviceFile>;
  /** Ends the threads; what they have not opened rejects. */
  close(): Promise<void>;
}

/** @param threads - Besides the main one; one for each further core unless a test says otherwise. */
export interface FileOpenerOptions extends OpeningKeys {
  readonly threads?: number;
  readonly filesBeforeThreads?: number;
}

/** Opens files on the main thread, and once there are many of them, on others. */
export function createFileOpener(options: FileOpenerOptions): FileOpener {
  const { sealingKeys, domainId, filesBeforeThreads = FILES_BEFORE_THREADS } = options;
  const count = options.threads ?? Math.min(MAX_THREADS, availableParallelism() - 1);
  const here = openOptions(options);
  let threads: OpeningThread[] | null = null;
  let opened = 0;
  return {
    async open(file) {
      opened += 1;
      if (opened <= filesBeforeThreads || count < 1) return openDeviceFile(file, here);
      threads ??= Array.from({ length: count }, () => startThread({ sealingKeys, domainId }));
      const [thread] = threads.filter(({ isAlive }) => isAlive()).sort((a, b) => a.waiting() - b.waiting());
      return thread === undefined ? openDeviceFile(file, here) : thread.open(file);
    },
    close: async () => {
      await Promise.all((threads ?? []).map(thread => thread.end()));
    },
  };
}

interface OpeningThread {
  open(file: Bytes): Promise<DeviceFile>;
  /** Files that it was given and has not opened. */
  waiting(): number;
  isAlive(): boolean;
  end(): Promise<void>;
}

interface Waiting {
  resolve(opened: DeviceFile): void;
  reject(reason: unknown): void;
}

function startThread(keys: OpeningKeys): OpeningThread {
  const worker = new Worker(new URL('./opening-worker.ts', import.meta.url), { workerData: keys });
  worker.unref();
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let alive = true;

  worker.on('message', (result: OpeningResult) => {
    const task = waiting.get(result.number);
    waiting.delete(result.number);
    if ('opened' in result) task?.resolve(result.opened);
    else task?.reject(errorOf(result.failed));
  });
  const end = (cause: unknown) => {
    alive = false;
    for (const { reject } of waiting.values()) {
      reject(new LatchkeyError('SERVER_FAILED', 'the thread that opens files has ended', { cause }));
    }
    waiting.clear();
  };
  worker.on('error', end);
  worker.on('exit', end);

  return {
    open: file =>
      new Promise((resolve, reject) => {
        last += 1;
        waiting.set(last, { resolve, reject });
        const task: OpeningTask = { number: last, file };
        worker.postMessage(task);
      }),
    waiting: () => waiting.size,
    isAlive: () => alive,
    end: async () => {
      await worker.terminate();
    },
  };
}

type Failed = Extract<OpeningResult, { failed: unknown }>['failed'];

function errorOf({ code, message, data }: Failed): Error {
  if (code === null) return new Error(message);
  return new LatchkeyError(code, message.slice(`${code}: `.length), { data });
}
