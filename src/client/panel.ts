/**
 * The elements of the license, for a page that shows them: gate, status, list, sync, trip, features, usage, deactivation,
 * notices, recovery.
 * It makes the page's Trusted Types policy as well, which a service worker needs where the page demands one.
 */
import '../ui/trusted-types.ts';

export { removeReason } from '../ui/plain-reason.ts';
export { configureTexts } from '../ui/texts/configure-texts.ts';
export { adoptTheme } from '../ui/theme/adopt-theme.ts';
export { LkAnswerLoader } from './elements/lk-answer-loader.ts';
export { LkDeactivation } from './elements/lk-deactivation.ts';
export { LkFeatureList } from './elements/lk-feature-list.ts';
export { LkLicenseGate } from './elements/lk-license-gate.ts';
export { LkLicenseList } from './elements/lk-license-list.ts';
export { LkLicenseNotices } from './elements/lk-license-notices.ts';
export { LkNewDevice } from './elements/lk-new-device.ts';
export { LkStatusCard } from './elements/lk-status-card.ts';
export { LkSyncStatus } from './elements/lk-sync-status.ts';
export { LkTrip } from './elements/lk-trip.ts';
export { LkUsage } from './elements/lk-usage.ts';
export { LkPinDialog } from './pin/lk-pin-dialog.ts';
export { LkPinSettings } from './pin/lk-pin-settings.ts';
export { LkGetBack } from './recovery/lk-get-back.ts';
export { LkRecoveryFile } from './recovery/lk-recovery-file.ts';
