import { toBase64url } from '../bytes/base64url.ts';
import type { Bytes } from '../bytes/bytes.ts';
import { LatchkeyError } from '../errors.ts';
import type { DeviceKind } from '../format/kinds.ts';
import type { PickedFile } from '../ui/files/picked-file.ts';
import { refusalOf } from '../ui/texts/refusal-of.ts';
import type { Decision } from '../verify/decision.ts';
import { type DeviceFile, readDeviceFiles } from './device-file.ts';
import { canAskAgain, type Progress, type Upload } from './upload.ts';

/** What a round needs from outside. */
export interface RoundServices {
  /** Gives a file to the portal's server. */
  exchange: (file: Bytes) => Promise<Bytes>;
  /** Verifies an answer and says what was decided. */
  read: (answer: Bytes) => Promise<Decision>;
  /** Called after every change of {@link Round.uploads}. */
  onChange: () => void;
  /** How many files are on their way at a time. */
  concurrency?: number;
  /** Waits before a file is sent again. */
  wait?: (ms: number) => Promise<void>;
}

/** Seats are freed before they are asked for: the kinds go one after the other. */
const order: Readonly<Record<DeviceKind, number>> = {
  deactivation: 0,
  'usage-report': 1,
  'activation-request': 2,
};

const maxAttempts = 6;
const maxWaitMs = 60_000;

/** The files of one person's visit, and their way to the server and back. What fails does not stop the rest. */
export class Round {
  #uploads: Upload[] = [];
  /** Ids by the content of the file. */
  readonly #known = new Map<string, number>();
  #underway = 0;
  readonly #services: Required<RoundServices>;

  constructor(services: RoundServices) {
    this.#services = { concurrency: 4, wait: waitMs, ...services };
  }

  /** All uploads, in the order in which they came. */
  get uploads(): readonly Upload[] {
    return this.#uploads;
  }

  /** Takes files in and sends those that are device files. A file that is here already is sent again. */
  add(picked: readonly PickedFile[]): void {
    for (const file of picked) this.#take(file);
    this.#pump();
    this.#services.onChange();
  }

  /** Sends files again for which this can help: one, or all. */
  askAgain(id: number | 'all'): void {
    for (const upload of this.#uploads) {
      if ((id === 'all' || upload.id === id) && canAskAgain(upload))
        this.#set(upload.id, { state: 'waiting' });
    }
    this.#pump();
  }

  /**
   * What is no whole device file gets its reason in its row, and no refusal to carry: that would name the file by its
   * digest, and no device takes a refusal of a file that it did not hand out just so.
   *
   * @see FORMAT.md#exchange
   */
  #take(picked: PickedFile): void {
    if (!picked.bytes) {
      this.#append(picked.name, null, { state: 'failed', code: picked.code, data: picked.data });
      return;
    }
    try {
      for (const file of readDeviceFiles(picked.bytes)) this.#takeFile(picked.name, file);
    } catch (error) {
      this.#append(picked.name, null, failureOf(error));
    }
  }

  #takeFile(fileName: string, file: DeviceFile): void {
    const content = toBase64url(file.bytes);
    const known = this.#uploads[this.#known.get(content) ?? -1];
    if (known && !isAtServer(known)) this.#set(known.id, { state: 'waiting' });
    if (known) return;
    this.#known.set(content, this.#uploads.length);
    this.#append(fileName, file, { state: 'waiting' });
  }

  #append(fileName: string, file: DeviceFile | null, progress: Progress): void {
    this.#uploads = [...this.#uploads, { id: this.#uploads.length, fileName, file, progress }];
  }

  #set(id: number, progress: Progress): void {
    this.#uploads = this.#uploads.map(upload => (upload.id === id ? { ...upload, progress } : upload));
    this.#services.onChange();
  }

  #pump(): void {
    while (this.#underway < this.#services.concurrency) {
      const next = this.#next();
      if (!next) return;
      this.#underway += 1;
      void this.#send(next.id, next.file);
    }
  }

  /** The next file of the earliest kind; none while an earlier kind is still on its way. */
  #next(): { id: number; file: DeviceFile } | null {
    let next: { id: number; file: DeviceFile } | null = null;
    let earliestSending = Number.POSITIVE_INFINITY;
    for (const { id, file, progress } of this.#uploads) {
      if (!file) continue;
      if (progress.state === 'sending') earliestSending = Math.min(earliestSending, order[file.kind]);
      if (progress.state !== 'waiting') continue;
      if (!next || order[file.kind] < order[next.file.kind]) next = { id, file };
    }
    return next && order[next.file.kind] <= earliestSending ? next : null;
  }

  async #send(id: number, file: DeviceFile): Promise<void> {
    this.#set(id, { state: 'sending' });
    try {
      const answer = await this.#ask(file).finally(() => {
        this.#underway -= 1;
      });
      this.#set(id, { state: 'checking' });
      this.#pump();
      this.#set(id, { state: 'answered', answer, decision: await this.#services.read(answer) });
    } catch (error) {
      this.#set(id, failureOf(error));
      this.#pump();
    }
  }

  async #ask({ bytes }: DeviceFile): Promise<Bytes> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#services.exchange(bytes);
      } catch (error) {
        const delayMs = delayBefore(error, attempt);
        if (delayMs === null) throw error;
        await this.#services.wait(delayMs);
      }
    }
  }
}

/** Whether the answer to a file is still to come, or to be read. */
function isAtServer({ progress }: Upload): boolean {
  return progress.state === 'sending' || progress.state === 'checking';
}

/** How long to wait before the next attempt; null when another would not help, or there were enough. */
function delayBefore(error: unknown, attempt: number): number | null {
  if (!(error instanceof LatchkeyError) || attempt >= maxAttempts) return null;
  if (error.code !== 'RATE_LIMITED' && error.code !== 'SERVER_BUSY') return null;
  const seconds = Number(error.data.retryAfterSeconds ?? 2 ** (attempt - 1));
  return Math.min(seconds * 1000, maxWaitMs);
}

function failureOf(error: unknown): Progress {
  const { code, data } = refusalOf(error);
  return { state: 'failed', code, data };
}

function waitMs(ms: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, ms);
  });
}
