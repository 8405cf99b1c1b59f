import type { Reason, Words } from '../../words/license-words.ts';

/** The words of a code; the texts of all codes are not needed for the first paint of a device that is well. */
export async function explain({ code, data }: Reason): Promise<Words> {
  const { errorText } = await import('../../ui/texts/error-texts.ts');
  return errorText(code, data);
}
