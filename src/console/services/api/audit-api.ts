import {
  type AuditFound,
  type AuditPage,
  auditFoundSchema,
  auditPageSchema,
  type VerifyAudit,
} from '../../../api/audit.ts';
import { consolePaths } from '../../../api/paths.ts';
import type { ConsoleCalls } from './console-calls.ts';

/** The log of who did what. */
export class AuditApi {
  readonly #calls: ConsoleCalls;

  constructor(calls: ConsoleCalls) {
    this.#calls = calls;
  }

  list(query: URLSearchParams): Promise<AuditPage> {
    return this.#calls.get(consolePaths.audit, auditPageSchema, query);
  }

  /** Looks through a part of the log. */
  verify(body: VerifyAudit): Promise<AuditFound> {
    return this.#calls.json({ method: 'POST', path: consolePaths.verifyAudit, body }, auditFoundSchema);
  }
}
