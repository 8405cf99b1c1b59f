import { msg, str } from '@lit/localize';
import type { ErrorData } from '../../errors.ts';
import type { DeviceKind } from '../../format/kinds.ts';
import type { LicenseState } from '../../format/license.ts';
import type { Tone } from '../../ui/layout/tone.ts';
import { errorText } from '../../ui/texts/error-texts.ts';
import { completable, type Upload } from './upload.ts';

/** What a row says of an upload. */
export interface UploadWords {
  tone: Tone;
  /** What became of it. */
  heading: string;
  /** What to do next; empty when there is nothing. */
  hint: string;
  /** Code of the refusal; empty when there is none. */
  code: string;
  /** Device, kind and file. */
  detail: string;
}

/** The words of an upload's row. */
export function uploadWords(upload: Upload): UploadWords {
  const words = { ...outcome(upload), detail: detailOf(upload) };
  if (!completable(upload)?.isNeeded) return words;
  const hint = msg('Type the license key here, or enter it at the device and save the request again.');
  return { ...words, hint };
}

/** What a printed list says of an upload. */
export interface PrintedWords {
  /** Its number; empty when it is not known. */
  device: string;
  /** The kind of file, and its name. */
  what: string;
  decision: string;
  next: string;
}

/** The words of an upload on paper. */
export function printedWords(upload: Upload): PrintedWords {
  const { heading, hint } = outcome(upload);
  const { fileName, file, progress } = upload;
  const device = progress.state === 'answered' ? (progress.decision.deviceNumber ?? '') : '';
  return {
    device,
    what: file ? `${kindName(file.kind)} · ${fileName}` : fileName,
    decision: heading,
    next: hint,
  };
}

function outcome({ file, progress }: Upload): Omit<UploadWords, 'detail'> {
  if (progress.state === 'waiting')
    return { ...plain, tone: 'neutral', heading: msg('Waiting for its turn') };
  if (progress.state === 'sending') return { ...plain, tone: 'neutral', heading: msg('Asking the portal') };
  if (progress.state === 'checking')
    return { ...plain, tone: 'neutral', heading: msg('Checking the answer') };
  if (progress.state === 'failed') return trouble(progress.code, progress.data);
  const { decision } = progress;
  if (decision.kind === 'refusal') return trouble(decision.code, decision.data);
  if (decision.kind === 'receipt') {
    return { ...plain, tone: 'ok', heading: msg('Deactivated, the seat is free') };
  }
  if (decision.licenseState) return stopped(decision.licenseState);
  const products = decision.products.join(', ');
  const heading =
    file?.kind === 'usage-report' ? msg('Usage taken, license refreshed') : msg(str`Licensed: ${products}`);
  return { ...plain, tone: 'ok', heading };
}

/** Nothing to do, nothing refused. */
const plain = { hint: '', code: '' };

function trouble(code: string, data: ErrorData): Omit<UploadWords, 'detail'> {
  const { text, hint } = errorText(code, data);
  return { tone: 'bad', heading: text, hint, code };
}

function stopped(state: LicenseState): Omit<UploadWords, 'detail'> {
  const headings: Readonly<Record<LicenseState, () => string>> = {
    disabled: () => msg('Usage taken; the vendor has disabled the license'),
    released: () => msg('Usage taken; the vendor has released this seat'),
    blocked: () => msg('Usage taken; the vendor has blocked this device'),
    replaced: () => msg('Usage taken; another activation has taken this one’s place'),
    ended: () => msg('Usage taken; this device had given the license back'),
  };
  return {
    ...plain,
    tone: 'warn',
    heading: headings[state](),
    hint: msg('Load the answer at the device all the same; it says so there.'),
  };
}

function detailOf({ fileName, file, progress }: Upload): string {
  const number = progress.state === 'answered' ? progress.decision.deviceNumber : null;
  const device = number ? msg(str`Device ${number}`) : '';
  return [device, file ? kindName(file.kind) : '', fileName].filter(part => part !== '').join(' · ');
}

function kindName(kind: DeviceKind): string {
  if (kind === 'activation-request') return msg('Activation request');
  return kind === 'usage-report' ? msg('Usage report') : msg('Deactivation');
}
