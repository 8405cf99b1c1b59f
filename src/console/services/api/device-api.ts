import {
  type DeviceSearch,
  deviceSearchSchema,
  type KnownDevice,
  knownDeviceSchema,
} from '../../../api/devices.ts';
import { consolePaths } from '../../../api/paths.ts';
import type { ConsoleCalls } from './console-calls.ts';

/** Devices and the seats that they hold. */
export class DeviceApi {
  readonly #calls: ConsoleCalls;

  constructor(calls: ConsoleCalls) {
    this.#calls = calls;
  }

  list(query: URLSearchParams): Promise<DeviceSearch> {
    return this.#calls.get(consolePaths.devices, deviceSearchSchema, query);
  }

  read(id: string): Promise<KnownDevice> {
    return this.#calls.get(consolePaths.device(id), knownDeviceSchema);
  }

  /** Makes a license file of a higher revision for one device and returns its bytes. */
  async refreshFile(activationId: string): Promise<Uint8Array<ArrayBuffer>> {
    const response = await this.#calls.post(consolePaths.refreshFile(activationId));
    return new Uint8Array(await response.arrayBuffer());
  }

  /** As {@link refreshFile}, and the device forgets its supervisor's PIN with it. */
  async clearPinFile(activationId: string): Promise<Uint8Array<ArrayBuffer>> {
    const response = await this.#calls.post(consolePaths.clearPinFile(activationId));
    return new Uint8Array(await response.arrayBuffer());
  }

  async releaseSeat(activationId: string): Promise<void> {
    await this.#calls.post(consolePaths.releaseSeat(activationId));
  }

  async setBlocked(id: string, isBlocked: boolean): Promise<void> {
    await this.#calls.post(isBlocked ? consolePaths.blockDevice(id) : consolePaths.unblockDevice(id));
  }

  async settleCopies(id: string): Promise<void> {
    await this.#calls.post(consolePaths.settleCopies(id));
  }
}
