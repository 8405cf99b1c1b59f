import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { licenseSchema, licenseUsageSchema } from '../../../src/api/licenses.ts';
import { activitySchema, overviewSchema } from '../../../src/api/overview.ts';
import { consolePaths } from '../../../src/api/paths.ts';
import { type ConsoleFixture, consoleFixture, read } from '../support/console-fixture.ts';
import { suiteCleanup } from '../support/suite-cleanup.ts';

const day = 86_400;
const cleanup = suiteCleanup();
let fixture: ConsoleFixture;

before(async () => {
  fixture = await consoleFixture(cleanup);
});

describe('what happened over time', () => {
  it('is told day by day, of a license and of all, with what ends ahead', async () => {
    const { client, issue, activate, send } = fixture;
    const limits = { maximum: 2, overageMaximum: 9 };
    const { id, key } = await issue({ limits }, { type: 'consumption' });
    const device = await activate(key);
    device.consume(4);
    await send(device, await device.report());
    const soon = Math.floor(Date.now() / 1000) + 400 * day;
    await issue({ expiresAt: soon }, { type: 'time-limited' });
    await issue({ expiresAt: soon - 100 * day }, { type: 'time-limited' });

    const usage = read(licenseUsageSchema, await client.get(consolePaths.licenseUsage(id)));
    assert.deepEqual(usage.days, [{ counter: '', startsAt: usage.today, used: 4, givenBack: 0 }]);
    assert.equal(usage.today % day, 0);

    const { days, ends } = read(activitySchema, await client.get(consolePaths.activity));
    assert.deepEqual([days.length, ends.length], [84, 12]);
    assert.deepEqual(days.at(-1), { startsAt: usage.today, granted: 1, refused: 0, used: 4 });
    assert.equal(
      ends.reduce((sum, { licenses }) => sum + licenses, 0),
      1,
    );
    const license = read(licenseSchema, await client.get(consolePaths.license(id)));
    await client.put(consolePaths.license(id), {
      version: license.version,
      terms: { ...license.terms, note: '', graceHours: 5 },
    });
    const { needs } = read(overviewSchema, await client.get(consolePaths.overview));
    assert.deepEqual(needs, { overMaximum: 1, overdueReports: 0, dueRefreshes: 1 });
  });

  it('is not told of a license that there is not', async () => {
    const answer = await fixture.client.get(consolePaths.licenseUsage('0'.repeat(32)));
    assert.equal(answer.status, 404);
  });
});
