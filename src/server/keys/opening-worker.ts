/** A thread that opens device files: what costs the most of an exchange and needs no database. */
import { parentPort, workerData } from 'node:worker_threads';
import { LatchkeyError } from '../../errors.ts';
import { openDeviceFile } from '../../issue/open-device-file.ts';
import { type OpeningResult, type OpeningTask, openOptions } from './opening.ts';

const options = openOptions(workerData);

parentPort?.on('message', async (task: OpeningTask) => {
  parentPort?.postMessage(await open(task));
});

async function open({ number, file }: OpeningTask): Promise<OpeningResult> {
  try {
    return { number, opened: await openDeviceFile(file, options) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (!(error instanceof LatchkeyError)) return { number, failed: { code: null, message, data: {} } };
    return { number, failed: { code: error.code, message, data: error.data } };
  }
}
