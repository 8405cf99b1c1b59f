import type { Bytes } from '../../bytes/bytes.ts';
import { fileName, unusedFileName } from '../../format/file-name.ts';
import type { Upload } from './upload.ts';

/** An answer with the name under which it is saved. */
export interface AnswerFile {
  name: string;
  bytes: Bytes;
}

/** The answers of a round by the id of their upload, each with a name of its own. */
export function answerFiles(uploads: readonly Upload[]): Map<number, AnswerFile> {
  const files = new Map<number, AnswerFile>();
  const taken = new Set<string>();
  for (const { id, progress } of uploads) {
    if (progress.state !== 'answered') continue;
    const { kind, deviceNumber } = progress.decision;
    const name = unusedFileName(fileName(kind, deviceNumber), taken);
    taken.add(name);
    files.set(id, { name, bytes: progress.answer });
  }
  return files;
}
