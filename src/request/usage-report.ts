import { encodeUsageReport } from '../format/usage-report.ts';
import { type ActivationState, activationClaims } from './activation-state.ts';
import {
  commonClaims,
  type DeviceDescription,
  type DeviceFileContext,
  descriptionClaims,
  type SignedDeviceFile,
  signDeviceFile,
} from './device-file.ts';

/**
 * Makes a usage report: the sums so far, sent without giving the license up, and a poll for the newest license.
 * Afterwards keep `headsAfterReport`.
 *
 * @see FORMAT.md#usage-report
 */
export async function createUsageReport(
  state: ActivationState,
  description: DeviceDescription,
  context: DeviceFileContext,
): Promise<SignedDeviceFile> {
  const common = commonClaims(context);
  const claims = encodeUsageReport({
    ...common,
    ...descriptionClaims(description),
    ...activationClaims(state),
  });
  return signDeviceFile('usage-report', { requestId: common.requestId, claims }, context);
}
