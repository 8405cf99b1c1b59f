import { consolePaths } from '../../../api/paths.ts';
import { type SeatList, type Support, seatListSchema, supportSchema } from '../../../api/support.ts';
import type { ConsoleCalls } from './console-calls.ts';

/** What staff need while somebody is on the telephone. */
export class SupportApi {
  readonly #calls: ConsoleCalls;

  constructor(calls: ConsoleCalls) {
    this.#calls = calls;
  }

  /** @param q - The 12 digits of a device, a license key, or a name. */
  find(q: string): Promise<Support> {
    return this.#calls.get(consolePaths.support, supportSchema, new URLSearchParams(q ? { q } : {}));
  }

  /** The seats of a license that are taken, compared with a device that was refused one. */
  seats(licenseId: string, deviceId: string): Promise<SeatList> {
    return this.#calls.get(consolePaths.seats(licenseId, deviceId), seatListSchema);
  }

  /** Gives a device the seat of an activation, for when its file comes again. */
  async rebind(licenseId: string, deviceId: string, activationId: string): Promise<void> {
    await this.#calls.send({
      method: 'POST',
      path: consolePaths.rebind(licenseId, deviceId),
      body: { activationId },
    });
  }

  async withdrawRebind(licenseId: string, deviceId: string): Promise<void> {
    await this.#calls.post(consolePaths.withdrawRebind(licenseId, deviceId));
  }
}
