import { zipOf } from '../../platform/zip.ts';
import { saveFile } from '../../ui/files/save-file.ts';
import type { AnswerFile } from './answer-files.ts';

/** Browsers drop downloads that come at once. */
const downloadGapMs = 200;

/** More than these come as one zip: nobody wants a hundred downloads. */
const maxDownloads = 10;

/** Saves answers through the browser's downloads, one after the other; many as one zip. */
export async function downloadAll(files: readonly AnswerFile[]): Promise<number> {
  if (files.length > maxDownloads) {
    saveFile('answers.zip', await zipOf(files));
    return files.length;
  }
  for (const [index, { name, bytes }] of files.entries()) {
    if (index > 0) await new Promise(resolve => setTimeout(resolve, downloadGapMs));
    saveFile(name, bytes);
  }
  return files.length;
}
