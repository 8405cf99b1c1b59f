import { type Bytes, concatBytes } from '../../../bytes/bytes.ts';
import { encodeBatchAnswer } from '../../../format/batch/batch-answers.ts';
import { batchOrder, type ReceivedFile } from '../../../format/batch/batch-files.ts';

/** Files that are opened while others are decided: two commits' worth. */
const IN_FLIGHT = 64;

/** What a file gets: the container of its answer, or the code of why nothing was decided. Never rejects. */
export type AnswerFile = (file: ReceivedFile) => Promise<Bytes | string>;

/**
 * Answers the files of a batch, as many together as a group of commits takes: first all deactivations, then all reports,
 * then all requests, whatever their order. Ends early when nobody reads on: what is decided by then stays decided, and the
 * same batch goes on from there.
 *
 * @returns Answers of the row, encoded, in the order in which they are decided.
 * @see FORMAT.md#batch
 */
export async function* answerBatch(
  files: readonly ReceivedFile[],
  answerFile: AnswerFile,
): AsyncGenerator<Bytes> {
  for (const order of [0, 1, 2]) {
    yield* answerTogether(
      files.filter(({ kind }) => batchOrder(kind) === order),
      answerFile,
    );
  }
}

async function* answerTogether(
  files: readonly ReceivedFile[],
  answerFile: AnswerFile,
): AsyncGenerator<Bytes> {
  const done: Bytes[] = [];
  let running = 0;
  let wake = () => {};
  const start = async (file: ReceivedFile) => {
    running += 1;
    const answer = await answerFile(file);
    running -= 1;
    done.push(encodeBatchAnswer({ index: file.index, answer }));
    wake();
  };
  const wakened = () =>
    new Promise<void>(resolve => {
      wake = resolve;
    });
  const waiting = [...files].reverse();
  try {
    while (waiting.length > 0 || running > 0 || done.length > 0) {
      while (running < IN_FLIGHT) {
        const file = waiting.pop();
        if (!file) break;
        void start(file);
      }
      if (done.length === 0) await wakened();
      yield concatBytes(...done.splice(0));
    }
  } finally {
    while (running > 0) await wakened();
  }
}
