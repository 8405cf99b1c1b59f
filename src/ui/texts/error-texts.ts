import { msg, str } from '@lit/localize';
import type { ErrorCode, ErrorData } from '../../errors.ts';
import { decisionErrorTexts } from './decision-error-texts.ts';
import { deviceErrorTexts } from './device-error-texts.ts';
import type { ErrorText, ErrorTexts } from './error-text.ts';
import { fileErrorTexts } from './file-error-texts.ts';
import { serverErrorTexts } from './server-error-texts.ts';

/** Text and hint of every code, in the language of the page. */
export const errorTexts: ErrorTexts<ErrorCode> = {
  ...fileErrorTexts,
  ...decisionErrorTexts,
  ...deviceErrorTexts,
  ...serverErrorTexts,
};

/** Text and hint of a code; a code of a newer portal, unknown here, is shown by its name. */
export function errorText(code: string, data: ErrorData = {}): ErrorText {
  if (isErrorCode(code)) return ofProduct(errorTexts[code](data), data);
  return {
    text: msg(str`The portal gave a reason that this version does not know: ${code}.`),
    hint: msg('Update the app, or call the vendor and read out this reason.'),
  };
}

/** Of several products under one key, the one that it is about. */
function ofProduct({ text, hint }: ErrorText, { product }: ErrorData): ErrorText {
  return { text: product === undefined ? text : msg(str`${product}: ${text}`), hint };
}

/** Whether this version knows a code. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorTexts, code);
}
