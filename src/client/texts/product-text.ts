import type { LicenseView } from '../views.ts';

/** What people call the product of a license. */
export function productText({ claims }: Pick<LicenseView, 'claims'>): string {
  return claims.productName ?? claims.product;
}
