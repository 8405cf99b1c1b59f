import { msg, str } from '@lit/localize';
import type { Outcome as DeviceOutcome } from '../../platform/stick/outcome.ts';
import { formatNumber } from '../../ui/texts/format-values.ts';
import { standingOf, type Upload } from './upload.ts';

/** The round in one sentence: "40 files: 33 licensed, 4 need you, 3 could not be read." */
export function roundWords(uploads: readonly Upload[]): string {
  const counts = countOutcomes(uploads);
  const parts = [
    counts.licensed > 0 ? msg(str`${formatNumber(counts.licensed)} licensed`) : '',
    counts.refreshed > 0 ? msg(str`${formatNumber(counts.refreshed)} refreshed`) : '',
    counts.deactivated > 0 ? msg(str`${formatNumber(counts.deactivated)} deactivated`) : '',
    counts.trouble === 1 ? msg('1 needs you') : '',
    counts.trouble > 1 ? msg(str`${formatNumber(counts.trouble)} need you`) : '',
    counts.underway > 0 ? msg(str`${formatNumber(counts.underway)} on the way`) : '',
  ].filter(part => part !== '');
  const files = uploads.length === 1 ? msg('1 file') : msg(str`${formatNumber(uploads.length)} files`);
  return msg(str`${files}: ${parts.map(unbroken).join(', ')}`);
}

/** Devices that a sentence names. */
const MAX_NAMED = 40;

/** What devices have told a stick of themselves: "38 of 40 devices done." Empty when none has. */
export function outcomeWords(outcomes: readonly DeviceOutcome[]): string {
  if (outcomes.length === 0) return '';
  const waiting = outcomes.filter(outcome => outcome.waiting.length > 0);
  const done = outcomes.length - waiting.length;
  const words = msg(str`On this stick ${done} of ${outcomes.length} devices are done.`);
  const named = waiting.map(({ name }) => name).filter(name => name !== '');
  if (named.length === 0) return words;
  const more = waiting.length - Math.min(named.length, MAX_NAMED);
  const list = named.slice(0, MAX_NAMED).join(', ');
  if (more === 0) return `${words} ${msg(str`Still waiting: ${list}.`)}`;
  return `${words} ${msg(str`Still waiting: ${list} and ${more} more.`)}`;
}

/** What became of saving answers. */
export function savedWords(saved: number, total: number): string {
  if (saved === total) return msg(str`Saved: ${saved}. Carry them back and load each at its device.`);
  return msg(str`${saved} of ${total} were saved. Check that the stick is plugged in, then save again.`);
}

/** That files were too many at once. */
export function leftOutWords(leftOut: number): string {
  return msg(str`${leftOut} files were too many at once and were left out. Drop them again afterwards.`);
}

/** A number stays on the line of its word. */
function unbroken(words: string): string {
  return words.replaceAll(' ', '\u00a0');
}

type Outcome = 'licensed' | 'refreshed' | 'deactivated' | 'trouble' | 'underway';

function countOutcomes(uploads: readonly Upload[]): Record<Outcome, number> {
  const counts = { licensed: 0, refreshed: 0, deactivated: 0, trouble: 0, underway: 0 };
  for (const upload of uploads) counts[outcomeOf(upload)] += 1;
  return counts;
}

function outcomeOf(upload: Upload): Outcome {
  const standing = standingOf(upload);
  if (standing !== 'good') return standing;
  if (upload.file?.kind === 'deactivation') return 'deactivated';
  return upload.file?.kind === 'usage-report' ? 'refreshed' : 'licensed';
}
