import { toBase64url } from '../../bytes/base64url.ts';
import type { Bytes } from '../../bytes/bytes.ts';
import { LatchkeyError } from '../../errors.ts';
import type { BatchAnswer } from '../../format/batch/batch-answers.ts';
import { type BatchFile, batchOrder } from '../../format/batch/batch-files.ts';
import { isErrorCode } from '../../ui/texts/error-texts.ts';
import { refusalOf } from '../../ui/texts/refusal-of.ts';
import type { Decision } from '../../verify/decision.ts';
import type { DeviceFile } from '../intake/device-file.ts';
import type { Unpacked } from '../intake/unpack.ts';
import { canAskAgain, type Progress, type Upload } from './upload.ts';

/** What a round needs from outside. */
export interface RoundServices {
  /** Gives files to the portal's server, and tells each answer as it comes; rejects when some did not. */
  exchange: (files: readonly BatchFile[], onAnswer: (answer: BatchAnswer) => void) => Promise<void>;
  /** Verifies an answer and says what was decided. */
  read: (answer: Bytes) => Promise<Decision>;
  /** Called after every change of {@link Round.uploads}. */
  onChange: () => void;
  /** The most files that go together. */
  batchFiles?: number;
  /** Waits before files are sent again. */
  wait?: (ms: number) => Promise<void>;
}

/** An upload that is a device file. */
type Sendable = Upload & { file: DeviceFile };

const maxAttempts = 6;
const maxWaitMs = 60_000;

/** The files of one person's visit, and their way to the server and back. What fails does not stop the rest. */
export class Round {
  readonly #uploads: Upload[] = [];
  /** Ids by the content of the file. */
  readonly #known = new Map<string, number>();
  #isSending = false;
  readonly #services: Required<RoundServices>;

  constructor(services: RoundServices) {
    this.#services = { batchFiles: 1000, wait: waitMs, ...services };
  }

  /** All uploads, in the order in which they came, as they stand now. */
  get uploads(): readonly Upload[] {
    return this.#uploads;
  }

  /**
   * Takes files in and sends those that are device files. A file that is here already is sent again.
   *
   * What is no whole device file gets its reason in its row, and no refusal to carry: that would name the file by its
   * digest, and no device takes a refusal of a file that it did not hand out just so.
   *
   * @see FORMAT.md#exchange
   */
  add(unpacked: readonly Unpacked[]): void {
    for (const each of unpacked) {
      if (each.file) this.#take(each.name, each.file);
      else this.#append(each.name, null, { state: 'failed', code: each.code, data: each.data });
    }
    this.#services.onChange();
    void this.#send();
  }

  /** Sends files again for which this can help: one, or all. */
  askAgain(id: number | 'all'): void {
    for (const upload of this.#uploads) {
      if ((id === 'all' || upload.id === id) && canAskAgain(upload)) {
        this.#set(upload.id, { state: 'waiting' });
      }
    }
    void this.#send();
  }

  /** Sends files again with what was named for them: credentials by the id of the upload. */
  name(credentials: ReadonlyMap<number, Bytes>): void {
    for (const [id, named] of credentials) {
      const upload = this.#uploads[id];
      if (!upload || isAtServer(upload)) continue;
      this.#uploads[id] = { ...upload, credentials: named, progress: { state: 'waiting' } };
    }
    this.#services.onChange();
    void this.#send();
  }

  #take(fileName: string, file: DeviceFile): void {
    const content = toBase64url(file.bytes);
    const known = this.#uploads[this.#known.get(content) ?? -1];
    if (known && !isAtServer(known)) this.#set(known.id, { state: 'waiting' });
    if (known) return;
    this.#known.set(content, this.#uploads.length);
    this.#append(fileName, file, { state: 'waiting' });
  }

  #append(fileName: string, file: DeviceFile | null, progress: Progress): void {
    this.#uploads.push({ id: this.#uploads.length, fileName, file, credentials: null, progress });
  }

  #set(id: number, progress: Progress): void {
    const upload = this.#uploads[id];
    if (upload) this.#uploads[id] = { ...upload, progress };
    this.#services.onChange();
  }

  /** One batch after the other, so that none asks for a seat that a later one frees. */
  async #send(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    for (let next = this.#next(); next.length > 0; next = this.#next()) await this.#sendBatch(next);
    this.#isSending = false;
  }

  #next(): Sendable[] {
    const waiting = this.#uploads.filter(isWaiting);
    waiting.sort((a, b) => batchOrder(a.file.kind) - batchOrder(b.file.kind));
    return waiting.slice(0, this.#services.batchFiles);
  }

  async #sendBatch(batch: readonly Sendable[]): Promise<void> {
    for (const { id } of batch) this.#set(id, { state: 'sending' });
    let left = batch;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#ask(left);
      } catch (error) {
        const before = left.length;
        left = left.filter(({ id }) => this.#uploads[id]?.progress.state === 'sending');
        // What was cut on its way goes on from there as long as it gets anywhere.
        if (left.length < before) attempt = 1;
        const delayMs = delayBefore(error, { attempt, hasAnswers: left.length < before });
        if (delayMs === null) return this.#fail(left, error);
        await this.#services.wait(delayMs);
      }
    }
  }

  #ask(batch: readonly Sendable[]): Promise<void> {
    const files = batch.map(({ file, credentials }) => ({ bytes: file.bytes, credentials }));
    return this.#services.exchange(files, ({ index, answer }) => {
      const upload = batch[index];
      if (upload) this.#answered(upload.id, answer);
    });
  }

  #answered(id: number, answer: Bytes | string): void {
    if (typeof answer !== 'string') {
      void this.#check(id, answer);
      return;
    }
    const code = isErrorCode(answer) ? answer : 'PORTAL_ANSWER_REFUSED';
    this.#set(id, { state: 'failed', code, data: {} });
  }

  async #check(id: number, answer: Bytes): Promise<void> {
    this.#set(id, { state: 'checking' });
    try {
      this.#set(id, { state: 'answered', answer, decision: await this.#services.read(answer) });
    } catch (error) {
      this.#set(id, failureOf(error));
    }
  }

  #fail(left: readonly Sendable[], error: unknown): void {
    for (const { id } of left) this.#set(id, failureOf(error));
  }
}

function isWaiting(upload: Upload): upload is Sendable {
  return upload.file !== null && upload.progress.state === 'waiting';
}

/** Whether the answer to a file is still to come, or to be read. */
function isAtServer({ progress }: Upload): boolean {
  return progress.state === 'sending' || progress.state === 'checking';
}

/** How long to wait before the next attempt; null when another would not help, or there were enough. */
function delayBefore(
  error: unknown,
  { attempt, hasAnswers }: { attempt: number; hasAnswers: boolean },
): number | null {
  if (!(error instanceof LatchkeyError) || attempt >= maxAttempts) return null;
  if (error.code === 'PORTAL_UNREACHABLE') return hasAnswers ? 1000 : null;
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
