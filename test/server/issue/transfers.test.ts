import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { releaseSeat } from '../../../src/issue/administer/devices.ts';
import { TestDevice, trip } from '../support/test-device.ts';
import { testPortal } from '../support/test-portal.ts';

/**
 * What happens to a license, in order: a letter is a device that asks for it, a letter with a minus one that gives it
 * up, with an exclamation mark one whose seat the vendor releases.
 */
type Row = [
  seats: number | null,
  transfers: number | null,
  story: string,
  last: string | null,
  counted: number,
];

const none = 'TRANSFERS_USED_UP';
const full = 'NO_SEATS_LEFT';

const rows: Row[] = [
  // One seat, no transfers: the license stays with the device that had it first.
  [1, 0, 'A', null, 0],
  [1, 0, 'A A', null, 0],
  [1, 0, 'A B', full, 0],
  [1, 0, 'A -A B', none, 0],
  [1, 0, 'A -A A', null, 0],
  [1, 0, 'A -A B A', null, 0],
  [1, 0, 'A !A B', null, 0],
  // One seat, one transfer: it moves once, also back.
  [1, 1, 'A -A B', null, 1],
  [1, 1, 'A -A B -B C', none, 1],
  [1, 1, 'A -A B -B A', none, 1],
  [1, 1, 'A -A B -B B', null, 1],
  [1, 1, 'A -A A -A A -A B', null, 1],
  // Two seats: the second device is no transfer, the third is.
  [2, 0, 'A B', null, 0],
  [2, 0, 'A B -A A', null, 0],
  [2, 0, 'A -A A B', null, 0],
  [2, 0, 'A B -A C', none, 0],
  [2, 1, 'A B -A C', null, 1],
  [2, 1, 'A B -A C -B A', none, 1],
  // Unlimited: any number of moves, and all of them are counted.
  [1, null, 'A -A B -B C -C A', null, 3],
  // Without a limit of seats nothing is ever moved.
  [null, 0, 'A -A B -B C', null, 0],
];

suite('transfers', () => {
  for (const [seats, transfers, story, last, counted] of rows) {
    const terms = `${seats ?? 'any number of'} seats and ${transfers ?? 'any number of'} transfers`;
    test(`${terms}: ${story} ends with ${last ?? 'a license'}, ${counted} counted`, async t => {
      const portal = await testPortal(t);
      const { license, key } = await portal.issue({ maxActivations: seats, maxTransfers: transfers });
      const devices = new Map<string, TestDevice>();
      let code: string | null = null;
      for (const step of story.split(' ')) {
        portal.wait(60);
        const name = step.slice(-1);
        const device = devices.get(name) ?? (await TestDevice.create(portal));
        devices.set(name, device);
        code = await take(step, device);
      }
      assert.equal(code, last);
      assert.equal((await portal.license(license.id)).transfersUsed, counted);

      async function take(step: string, device: TestDevice): Promise<string | null> {
        if (step.startsWith('-')) return trip(portal, device, await device.deactivate());
        if (!step.startsWith('!')) return trip(portal, device, await device.request(key));
        const id = device.license?.claims.activationId;
        assert(id);
        await portal.administer('owner@example', (records, context) => releaseSeat(id, records, context));
        return null;
      }
    });
  }
});
