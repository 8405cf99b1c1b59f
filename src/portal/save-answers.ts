import { saveFile } from '../ui/files/save-file.ts';
import type { AnswerFile } from './answer-files.ts';

/** Browsers drop downloads that come at once. */
const downloadGapMs = 200;

/** Saves answers through the browser's downloads, one after the other. */
export async function downloadAll(files: Iterable<AnswerFile>): Promise<number> {
  let started = 0;
  for (const { name, bytes } of files) {
    if (started > 0) await new Promise(resolve => setTimeout(resolve, downloadGapMs));
    saveFile(name, bytes);
    started += 1;
  }
  return started;
}
