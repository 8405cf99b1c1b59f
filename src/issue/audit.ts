import type { Bytes } from '../bytes/bytes.ts';
import type { AuditAction, AuditRecord } from './records.ts';

/** Who does it: the e-mail address of an account, or `system`. */
export interface Actor {
  readonly actor: string;
}

interface AuditDetail extends Actor {
  readonly nowS: number;
  readonly product?: string;
  readonly licenseId?: Bytes;
  readonly deviceId?: Bytes;
  readonly userId?: Bytes;
  readonly subjectId?: Bytes;
  readonly changed?: readonly string[];
}

/** Names of what differs. */
export function changedNames(before: object, after: object): string[] {
  return Object.entries(after)
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(Reflect.get(before, name)))
    .map(([name]) => name);
}

/** A line of the record of who did what. */
export function audit(action: AuditAction, detail: AuditDetail): AuditRecord {
  const {
    actor,
    nowS,
    product = null,
    licenseId = null,
    deviceId = null,
    userId = null,
    subjectId = null,
    changed = [],
  } = detail;
  return { atMs: nowS * 1000, actor, action, product, licenseId, deviceId, userId, subjectId, changed };
}
