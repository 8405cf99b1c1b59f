import { msg, str } from '@lit/localize';
import type { FileFault } from './import-file.ts';

/** Why nothing of a file can be imported, and what to do. */
export function faultText(fault: FileFault): string {
  switch (fault.kind) {
    case 'not-utf8':
      return msg('This is not a text in UTF-8. In the spreadsheet, save it as “CSV UTF-8”.');
    case 'empty':
      return msg(
        'There is no license in this file: the first row names the columns, each row below it is a license.',
      );
    case 'too-many':
      return msg('There are more than 5,000 licenses in this file. Import it in parts.');
    case 'quote':
      return msg(str`A quotation mark that is opened in row ${fault.row} is never closed.`);
    case 'head':
      return fault.problems.map(headText).join(' ');
  }
}

function headText({ name, rule }: Extract<FileFault, { kind: 'head' }>['problems'][number]): string {
  if (rule === 'required') return msg(str`The first row names no column “${name}”.`);
  if (rule === 'repeated') return msg(str`The column “${name}” is there twice.`);
  return msg(str`There is no column “${name}”. Take it out of the first row, or write it as listed below.`);
}
