import type { Bytes } from '../bytes/bytes.ts';
import type { LicenseType } from '../format/license.ts';
import type { WholeTerms } from './administer/license-terms.ts';

/** What belongs to one customer, and so to a license alone. */
export type CustomersOwn = 'holder' | 'customer' | 'note' | 'startsAtS' | 'expiresAtS';

/** Terms that many licenses may have in common. */
export type PolicyTerms = Omit<WholeTerms, CustomersOwn>;

/** A template for licenses of a product. A license keeps terms of its own and remembers only which policy it came from. */
export interface PolicyRecord {
  /** 16 bytes. */
  readonly id: Bytes;
  readonly product: string;
  /** One policy of each name in a product. */
  readonly name: string;
  readonly type: LicenseType;
  readonly trial: boolean;
  readonly terms: PolicyTerms;
  /** Rises with each edit. */
  readonly version: number;
  readonly createdAtS: number;
  readonly updatedAtS: number;
}
