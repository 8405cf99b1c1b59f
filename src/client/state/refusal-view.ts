import type { Refusal } from '../../format/refusal.ts';
import type { RefusalView } from '../views.ts';

/** A verified refusal as people see it. */
export function refusalView({ code, data, issuedAt }: Refusal): RefusalView {
  return { code, data: data ?? {}, issuedAtMs: issuedAt * 1000 };
}
