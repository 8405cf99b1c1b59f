import assert from 'node:assert/strict';
import type { Bytes } from '../../../src/bytes/bytes.ts';
import { releaseSeat, setDeviceBlocked } from '../../../src/issue/administer/devices.ts';
import { setLicenseEnabled } from '../../../src/issue/administer/licenses.ts';
import { approveRebind } from '../../../src/issue/administer/rebinds.ts';
import { assignUser, removeUser } from '../../../src/issue/administer/users.ts';
import type { LicenseRecord } from '../../../src/issue/records.ts';
import type { Records } from '../../../src/issue/repository.ts';
import { deviceOf, type Played, type Step } from './decision-story.ts';
import type { TestDevice } from './test-device.ts';

async function vendorActsOnUser(
  { portal, license }: Played,
  { vendor, user, password }: Step & { user: string },
): Promise<void> {
  if (vendor === 'resets-password') return portal.resetPassword(user, password);
  const userId = await portal.user(user);
  await portal.administer('owner@example', async (records, context) => {
    const change = vendor === 'assigns' ? assignUser : removeUser;
    await change({ license, userId }, records, context);
  });
}

/** What a person at the vendor does in a step. */
export async function vendorActs(played: Played, step: Step): Promise<void> {
  const { vendor, device: name } = step;
  const { portal, license } = played;
  if (step.user !== undefined) return vendorActsOnUser(played, { ...step, user: step.user });
  const device = name === undefined ? null : await deviceOf(played, name);
  await portal.administer('owner@example', async (records, context) => {
    if (vendor === 'disables' || vendor === 'enables') {
      await setLicenseEnabled({ licenseId: license.id, enabled: vendor === 'enables' }, records, context);
    }
    if (device === null) return;
    if (vendor === 'releases') {
      await releaseSeat(await activationIdOf(records, license, device), records, context);
      return;
    }
    if (step.seatOf !== undefined) {
      const activationId = await activationIdOf(records, license, await deviceOf(played, step.seatOf));
      await approveRebind({ licenseId: license.id, deviceId: device.id, activationId }, records, context);
      return;
    }
    await setDeviceBlocked({ deviceId: device.id, blocked: vendor === 'blocks' }, records, context);
  });
}

async function activationIdOf(records: Records, license: LicenseRecord, device: TestDevice): Promise<Bytes> {
  const activation = await records.findActiveActivation(license.id, device.id);
  assert(activation, 'an active activation');
  return activation.id;
}
