import { type AuditList, auditListSchema } from '../../../api/audit.ts';
import { type DeviceList, deviceListSchema } from '../../../api/devices.ts';
import { type ExchangeList, exchangeListSchema } from '../../../api/exchanges.ts';
import {
  type CreateLicense,
  type EditLicense,
  type ExportLicenses,
  type License,
  type LicenseList,
  type LicenseUsage,
  licenseListSchema,
  licenseSchema,
  licenseUsageSchema,
} from '../../../api/licenses.ts';
import { consolePaths } from '../../../api/paths.ts';
import { type Preview, type PreviewEdit, previewAnswerSchema } from '../../../api/preview.ts';
import { readBytes } from './call.ts';
import type { ConsoleCalls } from './console-calls.ts';

export class LicenseApi {
  readonly #calls: ConsoleCalls;

  constructor(calls: ConsoleCalls) {
    this.#calls = calls;
  }

  list(query: URLSearchParams): Promise<LicenseList> {
    return this.#calls.get(consolePaths.licenses, licenseListSchema, query);
  }

  read(id: string): Promise<License> {
    return this.#calls.get(consolePaths.license(id), licenseSchema);
  }

  issue(body: CreateLicense): Promise<License> {
    return this.#calls.json({ method: 'POST', path: consolePaths.licenses, body }, licenseSchema);
  }

  /** A CSV file of the licenses that a filter has. */
  async export(body: ExportLicenses): Promise<Uint8Array<ArrayBuffer>> {
    const call = { method: 'POST', path: consolePaths.exportLicenses, body } as const;
    return readBytes(await this.#calls.send(call));
  }

  edit(id: string, body: EditLicense): Promise<License> {
    return this.#calls.json({ method: 'PUT', path: consolePaths.license(id), body }, licenseSchema);
  }

  /** What a device would see of an edit; saves nothing. */
  preview(id: string, body: PreviewEdit): Promise<Preview> {
    return this.#calls.json(
      { method: 'POST', path: consolePaths.previewLicense(id), body },
      previewAnswerSchema,
    );
  }

  /** Lets a user activate a license. */
  assignUser(licenseId: string, userId: string): Promise<License> {
    return this.#calls.json(
      { method: 'POST', path: consolePaths.assignUser(licenseId, userId) },
      licenseSchema,
    );
  }

  /** Takes a license from a user. */
  removeUser(licenseId: string, userId: string): Promise<License> {
    return this.#calls.json(
      { method: 'POST', path: consolePaths.removeUser(licenseId, userId) },
      licenseSchema,
    );
  }

  async setEnabled(id: string, isEnabled: boolean): Promise<void> {
    await this.#calls.post(isEnabled ? consolePaths.enableLicense(id) : consolePaths.disableLicense(id));
  }

  /** Deletes a license for good, as it was seen. */
  async delete({ id, version }: Pick<License, 'id' | 'version'>): Promise<void> {
    await this.#calls.send({ method: 'POST', path: consolePaths.deleteLicense(id), body: { version } });
  }

  /** Sets the total of one counter back to 0; '' is the license's own. */
  resetUsage(id: string, counter: string): Promise<License> {
    return this.#calls.json(
      { method: 'POST', path: consolePaths.resetUsage(id), body: { counter } },
      licenseSchema,
    );
  }

  /** What devices reported day by day. */
  usage(id: string): Promise<LicenseUsage> {
    return this.#calls.get(consolePaths.licenseUsage(id), licenseUsageSchema);
  }

  devices(id: string): Promise<DeviceList> {
    return this.#calls.get(consolePaths.licenseDevices(id), deviceListSchema);
  }

  exchanges(id: string): Promise<ExchangeList> {
    return this.#calls.get(consolePaths.licenseExchanges(id), exchangeListSchema);
  }

  audit(id: string): Promise<AuditList> {
    return this.#calls.get(consolePaths.licenseAudit(id), auditListSchema);
  }
}
