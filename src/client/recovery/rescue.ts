import { type Bytes, equalBytes } from '../../bytes/bytes.ts';
import { toHex } from '../../bytes/hex.ts';
import { sha256 } from '../../crypto/hash.ts';
import { LatchkeyError } from '../../errors.ts';
import { recoveryFileName } from '../../format/file-name.ts';
import type { License } from '../../format/license.ts';
import {
  decodeRecoveryFile,
  type RecoveredLicense,
  type RecoveryEnvelope,
} from '../../format/recovery-file.ts';
import { deviceNumber } from '../../license/device-number.ts';
import { fingerprint, matchFingerprint } from '../../license/node-lock.ts';
import { forgetMark } from '../../platform/device-mark.ts';
import { createActivationRequest } from '../../request/activation-request.ts';
import { keepRecoverySecret, noteRecovery, renameDevice } from '../../store/device.ts';
import { keepRequest } from '../../store/requests.ts';
import { verifyStoredLicense } from '../../verify/license.ts';
import type { Act } from '../pin/rules.ts';
import type { DeviceSession } from '../state/device-session.ts';
import type { Session } from '../state/session.ts';
import { describe, nextFileContext } from '../steps/device-file.ts';
import { ensureIdentity, recordOf } from '../steps/request.ts';
import type { DeviceFile } from '../views.ts';
import { closeRecovery, openRecovery } from './recovery-box.ts';

/** A recovery file that was read, and is not opened yet. */
export interface ReadRecovery {
  readonly file: RecoveryEnvelope;
  /** Whether a passphrase is needed. */
  readonly isLocked: boolean;
  /** Of the device that made it. */
  readonly deviceNumber: string;
}

/** A recovery file that was opened, its licenses verified. */
export interface OpenedRecovery {
  readonly deviceNumber: string;
  readonly madeAtMs: number;
  readonly secret: Bytes;
  /** Those that are not on this device now, at least one. */
  readonly licenses: readonly LostLicense[];
  /** Whether this machine looks like the one that made the file; another one may move the seat here. */
  readonly isSameMachine: boolean;
}

/** A license to get back. */
export interface LostLicense {
  readonly claims: License;
  readonly kept: RecoveredLicense;
}

/** Lets an act go on, or throws PIN_NEEDED. */
interface Allowing {
  allow(act: Act): Promise<void>;
}

/** Makes recovery files, and gets licenses back with them. */
export class Rescue {
  readonly #session: DeviceSession;
  readonly #pin: Allowing;

  constructor(session: DeviceSession, pin: Allowing) {
    this.#session = session;
    this.#pin = pin;
  }

  /**
   * Makes a recovery file of all licenses that are here. With a passphrase it takes a third of a second or more.
   *
   * @throws LICENSE_MISSING, PIN_NEEDED
   * @throws FILE_TOO_LARGE - when one file cannot hold them all; nothing is left out of one.
   */
  async makeFile(passphrase = ''): Promise<DeviceFile> {
    await this.#pin.allow('makeRecoveryFile');
    const { crypto, state, clock } = this.#session;
    const { identity, recovery, licenses, trust } = state;
    if (!identity || !recovery || licenses.length === 0) {
      throw new LatchkeyError('LICENSE_MISSING', 'no license to get back');
    }
    const kept = licenses.map(({ record, count: { consumption, periods } }) => ({
      ...{ file: record.file, fingerprintKey: record.fingerprintKey, consumption },
      ...(periods && periods.length > 0 && { periods: periods.slice(0, 64) }),
    }));
    const content = { secret: recovery.secret, madeAt: Math.floor(clock() / 1000), licenses: kept };
    const closing = { domainId: trust.domainId, deviceId: identity.deviceId, passphrase };
    const name = recoveryFileName(deviceNumber(identity.deviceId));
    return { id: '', name, bytes: await closeRecovery(content, closing, crypto) };
  }

  /** Remembers that a recovery file was saved, or that a person wants none for these licenses. */
  async note(what: 'saved' | 'declined'): Promise<void> {
    await this.#session.alone(async ({ store, state, clock }) => {
      const activationIds = state.licenses.map(({ record }) => record.activationId);
      await noteRecovery(
        store,
        what === 'saved' ? { saved: { atMs: clock(), activationIds } } : { declined: activationIds },
      );
    });
  }

  /** This machine had no license before: what another device left here is forgotten. */
  async forgetLost(): Promise<void> {
    await this.#pin.allow('recover');
    forgetMark(this.#session.database);
    await this.#session.alone(async () => undefined);
  }

  /**
   * Reads a recovery file from any carrier.
   *
   * @throws KIND_UNEXPECTED, FILE_…, CARRIER_DAMAGED, CBOR_…, CLAIM_… - for what is none.
   * @throws RECOVERY_OTHER_VENDOR
   */
  read(input: Bytes): ReadRecovery {
    const file = decodeRecoveryFile(input);
    if (!equalBytes(file.domainId, this.#session.state.trust.domainId)) {
      throw new LatchkeyError('RECOVERY_OTHER_VENDOR', 'a recovery file of another domain');
    }
    return { file, isLocked: file.salt !== undefined, deviceNumber: deviceNumber(file.deviceId) };
  }

  /**
   * Opens a recovery file and verifies the licenses in it. Changes nothing.
   *
   * @throws RECOVERY_PASSPHRASE_WRONG, CARRIER_DAMAGED
   * @throws RECOVERY_NOT_NEEDED - when every license in it is on this device.
   * @throws every FILE code that a license is refused with
   */
  async open({ file, deviceNumber: number }: ReadRecovery, passphrase = ''): Promise<OpenedRecovery> {
    const { crypto, state, product } = this.#session;
    const content = await openRecovery(file, passphrase, crypto);
    const verifying = { trust: state.trust, crypto, deviceId: file.deviceId, product };
    const all = await Promise.all(
      content.licenses.map(async kept => ({
        claims: (await verifyStoredLicense(kept.file, verifying)).claims,
        kept,
      })),
    );
    const here = new Set(state.licenses.map(({ record }) => record.id));
    const licenses = all.filter(({ claims }) => !here.has(toHex(claims.licenseId)));
    if (licenses.length === 0) throw new LatchkeyError('RECOVERY_NOT_NEEDED', 'its licenses are here');
    const { signals } = await this.#session.machine();
    const isSameMachine = licenses.every(({ claims, kept }) => {
      const current = fingerprint(kept.fingerprintKey, signals);
      return matchFingerprint(claims.fingerprint, current).matches;
    });
    return {
      ...{ deviceNumber: number, madeAtMs: content.madeAt * 1000, secret: content.secret },
      ...{ licenses, isSameMachine },
    };
  }

  /**
   * Makes a request for the seat of each license, with what it had counted, and keeps them until they are answered.
   *
   * @returns The ids of the requests.
   * @throws PIN_NEEDED, DEVICE_KEY_NOT_STORED, STORAGE_FULL, STORAGE_FAILED
   */
  async recover(opened: OpenedRecovery): Promise<string[]> {
    await this.#pin.allow('recover');
    return this.#session.alone(async session => {
      // A device that has a secret keeps it: its own recovery file goes on.
      const secret = await keepRecoverySecret(session.store, opened.secret);
      const name = opened.licenses.find(({ claims }) => claims.deviceName)?.claims.deviceName;
      if (name && !session.state.deviceName) await renameDevice(session.store, name);
      const ids: string[] = [];
      for (const license of opened.licenses)
        ids.push(await requestSeat(session, license, [opened.secret, secret]));
      return ids;
    });
  }
}

async function requestSeat(
  session: Session,
  { claims, kept }: LostLicense,
  [lostSecret, ownSecret]: readonly [Bytes, Bytes],
): Promise<string> {
  const context = await nextFileContext(session, await ensureIdentity(session));
  const machine = await session.machine();
  const request = await createActivationRequest(
    {
      ...describe(session, machine, false),
      deviceName: session.state.deviceName || claims.deviceName,
      signals: machine.signals,
      product: session.product ?? undefined,
      fingerprintKey: kept.fingerprintKey,
      recoveryCommitment: sha256(ownSecret),
      replaces: { id: claims.activationId, secret: lostSecret },
      consumption: kept.consumption,
      periods: kept.periods,
    },
    context,
  );
  const record = await recordOf(session, request, context);
  await keepRequest(session.store, record);
  return record.id;
}
