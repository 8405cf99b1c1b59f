/** What a vendor's web app imports: the device's licenses, and the elements that show them. */
export { type ErrorCode, LatchkeyError } from '../errors.ts';
export { licenseContext, provideLicense } from './license-context.ts';
export { LicenseManager } from './license-manager.ts';
export type { OpenOptions } from './options.ts';
export type {
  Activation,
  BrokenView,
  Credentials,
  DeactivationView,
  DeviceFile,
  LicenseView,
  LoadResult,
  Reason,
  RecoveryView,
  RefusalView,
  RequestView,
  SyncView,
} from './views.ts';
