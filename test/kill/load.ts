import { setTimeout as pause } from 'node:timers/promises';
import { publicPaths } from '../../src/api/paths.ts';
import type { Bytes } from '../../src/bytes/bytes.ts';
import type { LicenseKey } from '../../src/license/license-key.ts';
import type { VerifiedAnswer } from '../../src/verify/answer.ts';
import type { TestDevice } from '../server/support/test-device.ts';
import type { Answer, CallSite } from '../server/support/test-server.ts';

/** A file that was answered, with what came back. */
export interface Acknowledged {
  readonly file: Bytes;
  readonly container: Bytes;
  readonly answer: VerifiedAnswer;
}

/** A device with the key of the license that it asks for. */
export interface Customer {
  readonly device: TestDevice;
  readonly key: LicenseKey;
}

/** Pause before a file that got no answer is sent again. */
const RETRY_MS = 20;

/**
 * Devices that are licensed, use, report and give up, again and again, side by side. Each sends a file until it is
 * answered, whatever becomes of the server meanwhile, as a courier would.
 */
export class Load {
  readonly acknowledged: Acknowledged[] = [];
  /** Answers other than 200, as the server gave them. */
  readonly turnedAway: Answer[] = [];
  readonly #call: CallSite;
  readonly #lives: Promise<void>[];
  #isStopping = false;

  constructor(customers: readonly Customer[], call: CallSite) {
    this.#call = call;
    this.#lives = customers.map((customer, index) => this.#live(customer, `10.0.0.${index}`));
  }

  /** Resolves once so many more files have been answered. */
  async hear(count: number): Promise<void> {
    const enough = this.acknowledged.length + count;
    await Promise.race([
      ...this.#lives,
      (async () => {
        while (this.acknowledged.length < enough) await pause(2);
      })(),
    ]);
  }

  /** Lets each device end its trip; nothing is on the way after that. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all(this.#lives);
  }

  async #live({ device, key }: Customer, address: string): Promise<void> {
    while (!this.#isStopping) {
      const answer = await this.#send(device, await device.request(key), address);
      if (answer.kind === 'refusal') continue;
      device.consume(1);
      await this.#send(device, await device.report(), address);
      device.consume(2);
      await this.#send(device, await device.deactivate(), address);
    }
  }

  async #send(device: TestDevice, file: Bytes, address: string): Promise<VerifiedAnswer> {
    const container = await this.#exchange(file, address);
    const answer = await device.load(container);
    this.acknowledged.push({ file, container, answer });
    return answer;
  }

  async #exchange(body: Bytes, address: string): Promise<Bytes> {
    const call = { method: 'POST', body, headers: { 'x-forwarded-for': address } };
    for (;;) {
      const answer = await this.#call('portal', publicPaths.exchange, call).catch(() => null);
      if (answer?.status === 200) return new Uint8Array(answer.body);
      if (answer) this.turnedAway.push(answer);
      await pause(RETRY_MS);
    }
  }
}
