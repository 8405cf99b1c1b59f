import { MAX_REFRESH_GROUP, type MadeRefreshList } from '../../api/refresh.ts';
import { fromBase64url } from '../../bytes/base64url.ts';
import type { Bytes } from '../../bytes/bytes.ts';
import { refreshFileName, unusedFileName } from '../../format/file-name.ts';
import type { LicenseState } from '../../format/license.ts';
import type { AnswerReader } from '../../platform/answer-reader.ts';
import type { NamedFile } from '../../platform/stick/write-whole.ts';
import { refusalOf } from '../../ui/texts/refusal-of.ts';
import { checkRefresh } from './checked-refresh.ts';

/** A device that is to get a refresh file. */
export interface RefreshTarget {
  readonly activationId: string;
  readonly deviceName: string;
  readonly deviceNumber: string;
}

/** What became of one of them. */
export type RefreshOutcome =
  | { readonly target: RefreshTarget; readonly file: Bytes; readonly licenseState: LicenseState | null }
  | { readonly target: RefreshTarget; readonly code: string };

export interface MakeOptions {
  /** Makes a group of files. */
  make: (activationIds: readonly string[]) => Promise<MadeRefreshList>;
  answers: Pick<AnswerReader, 'read'>;
  /** Called with how many were asked for so far. */
  onProgress: (done: number) => void;
}

type Made = MadeRefreshList['items'][number];

/**
 * Makes refresh files, group by group, and verifies them all as one list. Never rejects: what failed says so at its
 * device.
 */
export async function makeRefreshFiles(
  targets: readonly RefreshTarget[],
  { make, answers, onProgress }: MakeOptions,
): Promise<RefreshOutcome[]> {
  const made: Made[] = [];
  for (let first = 0; first < targets.length; first += MAX_REFRESH_GROUP) {
    const group = targets.slice(first, first + MAX_REFRESH_GROUP);
    made.push(...(await makeGroup(group, make)));
    onProgress(first + group.length);
  }
  const byId = new Map(made.map(each => [each.activationId, each]));
  return Promise.all(targets.map(target => checked(target, byId.get(target.activationId), answers)));
}

/** The files that were made, each with a name of its own. */
export function namedFiles(outcomes: readonly RefreshOutcome[]): NamedFile[] {
  const taken = new Set<string>();
  return outcomes.flatMap(outcome => {
    if (!('file' in outcome)) return [];
    const { deviceName, deviceNumber } = outcome.target;
    const name = unusedFileName(refreshFileName(deviceName, deviceNumber), taken);
    taken.add(name);
    return [{ name, bytes: outcome.file }];
  });
}

async function makeGroup(group: readonly RefreshTarget[], make: MakeOptions['make']): Promise<Made[]> {
  const ids = group.map(({ activationId }) => activationId);
  try {
    return (await make(ids)).items;
  } catch (error) {
    return ids.map(activationId => ({ activationId, code: refusalOf(error).code }));
  }
}

async function checked(
  target: RefreshTarget,
  made: Made | undefined,
  answers: MakeOptions['answers'],
): Promise<RefreshOutcome> {
  if (!made || 'code' in made) return { target, code: made?.code ?? 'SERVER_FAILED' };
  try {
    const file = fromBase64url(made.file);
    const { licenseState } = await checkRefresh(file, target.activationId, answers);
    return { target, file, licenseState };
  } catch (error) {
    return { target, code: refusalOf(error).code };
  }
}
