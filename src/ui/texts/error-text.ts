import type { ErrorData } from '../../errors.ts';

/** What a person reads of a code. */
export interface ErrorText {
  /** What happened, one or two sentences. */
  text: string;
  /** What to do next. */
  hint: string;
}

/** The texts of a group of codes; a function each, since the language can change. */
export type ErrorTexts<Code extends string> = Readonly<Record<Code, (data: ErrorData) => ErrorText>>;
