import { toHex } from '../../bytes/hex.ts';
import { fingerprint } from '../../license/node-lock.ts';
import { createUsageReport } from '../../request/usage-report.ts';
import { keepReport } from '../../store/requests.ts';
import type { Session } from '../state/session.ts';
import { describe, licenseToSignFor, nextFileContext, reportedIn } from './device-file.ts';
import { seal } from './seal.ts';

/**
 * Makes a usage report of one license and keeps it; returns its id. Sums are cumulative: a report that is lost is made
 * good by the next one.
 *
 * @throws LICENSE_MISSING, ACTIVATION_ENDED, STORAGE_FULL, STORAGE_FAILED
 */
export async function makeReport(session: Session, licenseId: string, online: boolean): Promise<string> {
  const { held, identity } = licenseToSignFor(session, licenseId);
  const context = await nextFileContext(session, identity);
  const machine = await session.machine();
  const description = {
    ...describe(session, machine, online),
    fingerprint: fingerprint(held.record.fingerprintKey, machine.signals),
  };
  const state = { license: held.verified, ...held.count };
  const report = await createUsageReport(state, description, context);
  const id = toHex(report.requestId);
  const record = {
    id,
    kind: 'usage-report' as const,
    ...report,
    ...(await seal(session, report.signed)),
    createdAtMs: context.clockMs,
    statedMarkMs: context.highWaterMarkMs,
    activationId: held.record.activationId,
  };
  await keepReport(session.store, record, reportedIn(held));
  return id;
}
