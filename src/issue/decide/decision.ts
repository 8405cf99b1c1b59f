import type { DecisionErrorCode, ErrorData } from '../../errors.ts';

/** A code of a signed refusal of a genuine file. */
export type RefusalCode = DecisionErrorCode | 'PRODUCT_MISMATCH';

/** A no, with its reason. */
export interface Refused {
  readonly refused: RefusalCode;
  /** Numbers that belong to the reason, for its text. */
  readonly data?: ErrorData;
}
