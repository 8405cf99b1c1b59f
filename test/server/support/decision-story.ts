import type { Bytes } from '../../../src/bytes/bytes.ts';
import type { LicenseTerms } from '../../../src/issue/administer/license-terms.ts';
import type { ForkPolicy } from '../../../src/issue/decide/fork.ts';
import type { LicenseRecord } from '../../../src/issue/records.ts';
import type { LicenseKey } from '../../../src/license/license-key.ts';
import { TestDevice } from './test-device.ts';
import type { TestPortal } from './test-portal.ts';

/** Terms of a license, as a test gives them. */
export interface LicenseGiven extends Partial<Omit<LicenseTerms, 'limits' | 'features'>> {
  readonly startsInDays?: number;
  readonly expiresInDays?: number;
  readonly maximum?: number;
  /** Whom the license is for; it has no key then. */
  readonly users?: readonly string[];
}

type Act =
  | 'disables'
  | 'enables'
  | 'releases'
  | 'blocks'
  | 'unblocks'
  | 'assigns'
  | 'removes'
  | 'resets-password'
  | 'rebinds';

/** One thing that happens. */
export interface Step {
  readonly device?: string;
  readonly vendor?: Act;
  readonly copy?: string;
  readonly waitDays?: number;
  readonly makes?: 'request' | 'report' | 'deactivation';
  /** Sends a file that was made before. */
  readonly sends?: string;
  /** Name of the file, or of the copy. A file that expects nothing is not sent. */
  readonly as?: string;
  readonly consumes?: number;
  readonly skipsNumbers?: number;
  readonly key?: 'none' | 'unknown' | 'wrong-proof';
  /** Who asks, or whom the vendor means. */
  readonly user?: string;
  /** What the user types, or what the vendor sets; `right` unless it is said. */
  readonly password?: string;
  /** null: the request names none. */
  readonly product?: string | null;
  readonly online?: boolean;
  readonly virtualMachine?: boolean;
  readonly requestIdOf?: string;
  readonly forges?: 'activation';
  readonly recovery?: string;
  /** A device, by its id. */
  readonly replaces?: string;
  /** The device whose seat the vendor gives to this one. */
  readonly seatOf?: string;
  /** The machine whose signals the request states: two devices with one are one machine that lost its storage. */
  readonly machine?: 'kiosk' | 'other';
  /** The last activation that the device had. */
  readonly replacesOwn?: 'with-consumption' | 'without-consumption';
  /** The request states what its device holds. */
  readonly statesHeld?: boolean;
  readonly expect?: string;
  readonly licenseState?: string;
}

/** One test of the decisions. */
export interface DecisionTest {
  readonly name: string;
  /** Of the license's product. */
  readonly forkPolicy?: ForkPolicy;
  readonly license?: LicenseGiven;
  /** One more license: for users, or of the product `viewer` under the key of the first. */
  readonly further?: LicenseGiven;
  readonly steps: readonly Step[];
  readonly state: Readonly<Record<string, number>>;
}

/** A test while it is played. */
export interface Played {
  readonly portal: TestPortal;
  readonly license: LicenseRecord;
  readonly further: LicenseRecord | null;
  /** null: the license is for users. */
  readonly key: LicenseKey | null;
  readonly devices: Map<string, TestDevice>;
  readonly files: Map<string, Bytes>;
}

/** The device of this name; it is made when it is first named. */
export async function deviceOf({ devices, portal }: Played, name: string): Promise<TestDevice> {
  const device = devices.get(name) ?? (await TestDevice.create(portal));
  devices.set(name, device);
  return device;
}
