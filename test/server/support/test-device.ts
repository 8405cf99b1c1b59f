import assert from 'node:assert/strict';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import { thumbprint } from '../../../src/cose/key.ts';
import { createDeviceKey, deviceSigner, publicKeyBytes } from '../../../src/crypto/device-key.ts';
import { webCrypto } from '../../../src/crypto/web.ts';
import { encodeActivationRequest } from '../../../src/format/activation-request.ts';
import type { Consumption, Head, Period } from '../../../src/format/claims.ts';
import { acknowledge } from '../../../src/license/consumption/acknowledge.ts';
import { type Direction, firstHead, headsAfterReport } from '../../../src/license/consumption/chain.ts';
import { headOf, noConsumption, recordConsumption } from '../../../src/license/consumption/consumption.ts';
import { keyLookup, keyProof, keySecret } from '../../../src/license/credentials.ts';
import type { LicenseKey } from '../../../src/license/license-key.ts';
import {
  type ActivationRequestInput,
  createActivationRequest,
} from '../../../src/request/activation-request.ts';
import { createDeactivation } from '../../../src/request/deactivation.ts';
import {
  commonClaims,
  type DeviceFileContext,
  type SignedDeviceFile,
  signDeviceFile,
} from '../../../src/request/device-file.ts';
import { sealDeviceFile } from '../../../src/request/seal.ts';
import { createUsageReport } from '../../../src/request/usage-report.ts';
import { verifyAnswer } from '../../../src/verify/answer.ts';
import type { VerifiedLicense } from '../../../src/verify/license.ts';
import type { Trust } from '../../../src/verify/trust.ts';
import { START_MS, type TestPortal } from './test-portal.ts';

const crypto = webCrypto();

type Identity = Pick<DeviceFileContext, 'publicKey' | 'signer'>;

/** A device on real cryptography; its state is in memory, so that a copied profile is a copied object. */
export class TestDevice {
  readonly id: Bytes;
  trust: Trust;
  /** Of the last file made. */
  sequence = 0;
  markMs = START_MS;
  clockMs = START_MS;
  license: VerifiedLicense | null = null;
  /** Of the last answer that had any. */
  licenses: readonly VerifiedLicense[] = [];
  consumption: Consumption | null = null;
  heads: readonly Head[] = [];
  periods: readonly Period[] = [];
  readonly #identity: Identity;
  #requestId: Bytes | null = null;
  #repeated: Bytes | null = null;

  static async create({ keyRing }: { keyRing: { trust: Trust } }): Promise<TestDevice> {
    const pair = await createDeviceKey();
    const identity = { publicKey: await publicKeyBytes(pair), signer: deviceSigner(pair.privateKey) };
    return new TestDevice(keyRing.trust, identity);
  }

  private constructor(trust: Trust, identity: Identity) {
    this.trust = trust;
    this.#identity = identity;
    this.id = thumbprint(identity.publicKey);
  }

  /** What a copy of the browser's profile makes: the same key, the same state, two lives. */
  copyProfile(): TestDevice {
    const copy = new TestDevice(this.trust, this.#identity);
    const { sequence, markMs, license, consumption, heads, periods } = this;
    return Object.assign(copy, { sequence, markMs, license, consumption, heads, periods });
  }

  async request(licenseKey: LicenseKey | undefined, input: ActivationRequestInput = {}): Promise<Bytes> {
    return this.#seal(await createActivationRequest({ licenseKey, ...input }, this.#context()));
  }

  /** One request, sealed anew for a second stick. */
  async requestSealedTwice(licenseKey: LicenseKey): Promise<[Bytes, Bytes]> {
    const request = await createActivationRequest({ licenseKey }, this.#context());
    return [await this.#seal(request), await this.#seal(request)];
  }

  /** A request by someone who saw the look-up of a key and knows no more. */
  async requestWithWrongProof(licenseKey: LicenseKey): Promise<Bytes> {
    const secret = keySecret(this.trust.domainId, licenseKey);
    const requestId = crypto.randomBytes(16);
    const claims = encodeActivationRequest({
      ...commonClaims(this.#context()),
      requestId,
      keyLookup: keyLookup(secret),
      keyProof: keyProof(secret, this.id, crypto.randomBytes(16)),
    });
    const context = this.#context();
    return this.#seal(await signDeviceFile('activation-request', { requestId, claims }, context));
  }

  /** Makes the next file under the request id of the last one. */
  repeatRequestId(): void {
    this.#repeated = this.#requestId;
  }

  /** Pretends an activation that no portal granted. */
  forgetActivation(): void {
    const { license } = this.#installed();
    const activationId = crypto.randomBytes(16);
    this.license = { ...license, claims: { ...license.claims, activationId } };
    this.consumption = noConsumption(activationId);
    this.heads = [firstHead(activationId)];
  }

  consume(amount: number, counter = ''): void {
    this.#count('used', amount, counter);
  }

  giveBack(amount: number, counter = ''): void {
    this.#count('given-back', amount, counter);
  }

  #count(direction: Direction, amount: number, counter: string): void {
    const { license, consumption, periods } = this.#installed();
    const act = { counter, direction, amount, nonce: crypto.randomBytes(8) };
    const timeMs = Math.max(this.clockMs, license.claims.issuedAt * 1000);
    const counted = recordConsumption(license.claims, { consumption, periods }, act, timeMs);
    this.consumption = counted.consumption;
    this.periods = counted.periods;
  }

  /** What a request states after the activation was given up: which one, and its final consumption. */
  givenUp() {
    const { license, consumption, periods } = this.#installed();
    return { replaces: { id: license.claims.activationId }, consumption, periods };
  }

  /** What a request states of the activation that the device holds, as a report does. */
  holding() {
    const { license, consumption, heads, periods } = this.#installed();
    this.heads = headsAfterReport(heads, headOf(consumption));
    return { activationId: license.claims.activationId, consumption, heads: this.heads, periods };
  }

  async report(): Promise<Bytes> {
    const state = this.#installed();
    this.heads = headsAfterReport(state.heads, headOf(state.consumption));
    return this.#seal(await createUsageReport({ ...state, heads: this.heads }, {}, this.#context()));
  }

  async deactivate(): Promise<Bytes> {
    const state = this.#installed();
    this.heads = headsAfterReport(state.heads, headOf(state.consumption));
    return this.#seal(await createDeactivation({ ...state, heads: this.heads }, this.#context()));
  }

  /** Verifies an answer as a device does, and installs the license in it. */
  async load(container: Bytes) {
    const { trust, answer } = await verifyAnswer(container, {
      trust: this.trust,
      crypto,
      deviceId: this.id,
      product: null,
    });
    this.trust = trust;
    assert(answer, 'an answer beside the trust files');
    if (answer.kind === 'license') {
      this.licenses = answer.licenses;
      for (const license of answer.licenses) this.use(license);
    }
    return answer;
  }

  /** Installs a license in the place of another one: counters of several are not kept. */
  use(license: VerifiedLicense): void {
    const { activationId } = license.claims;
    const isSame = this.license !== null && this.license.claims.activationId.join() === activationId.join();
    if (!isSame) {
      this.consumption = noConsumption(activationId);
      this.heads = [firstHead(activationId)];
      this.periods = [];
    }
    this.license = license;
    const { consumption, heads, periods } = this.#installed();
    Object.assign(this, acknowledge({ consumption, heads, periods }, license.claims));
  }

  #installed() {
    const { license, consumption, heads, periods } = this;
    assert(license && consumption, 'a license is installed');
    return { license, consumption, heads, periods };
  }

  #context(): DeviceFileContext {
    this.sequence += 1;
    const { trust, markMs: highWaterMarkMs, sequence: deviceSequence } = this;
    const chance = { randomBytes: (length: number) => this.#randomBytes(length) };
    return {
      ...this.#identity,
      trust,
      crypto: chance,
      clockMs: this.clockMs,
      highWaterMarkMs,
      deviceSequence,
    };
  }

  /** What a device file takes of chance is its request id. */
  #randomBytes(length: number): Bytes {
    this.#requestId = this.#repeated ?? crypto.randomBytes(length);
    this.#repeated = null;
    return this.#requestId;
  }

  #seal({ signed }: SignedDeviceFile): Promise<Bytes> {
    return sealDeviceFile(signed, this.trust, crypto);
  }
}

/** Hands a file to the portal and loads the answer: the code of the refusal, or null for a license or receipt. */
export async function trip(
  portal: Pick<TestPortal, 'exchange'>,
  device: TestDevice,
  file: Bytes,
): Promise<string | null> {
  const { container, code } = await portal.exchange(file);
  const answer = await device.load(container);
  const stated = answer.kind === 'refusal' ? answer.refusal.claims.code : null;
  assert.equal(stated, code, 'the signed refusal says what the portal decided');
  return code;
}
