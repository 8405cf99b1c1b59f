import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Selectable } from 'kysely';
import { createLicense } from '../../src/issue/administer/licenses.ts';
import { createProduct } from '../../src/issue/administer/products.ts';
import type { ActivationTable } from '../../src/server/db/tables.ts';
import { openPortal, type RunningPortal } from '../../src/server/portal.ts';
import { dataFolder } from '../server/support/data-folder.ts';
import { originsIn, type ServerProcess, serverProcess } from '../server/support/server-process.ts';
import type { DatabaseEnv } from '../server/support/test-database.ts';
import { TestDevice } from '../server/support/test-device.ts';
import { features, PRODUCT, terms } from '../server/support/test-portal.ts';
import { type CallSite, callTo } from '../server/support/test-server.ts';
import { type Acknowledged, type Customer, Load } from './load.ts';

const LICENSES = 3;
const DEVICES_OF_A_LICENSE = 4;
/** Fewer than devices, so that seats are fought over. */
const SEATS = 3;

/** A server process under load, to be killed and started again on the same port and data. */
export class KilledPortal {
  static async start(test: TestContext, env: DatabaseEnv): Promise<KilledPortal> {
    const place = { folder: dataFolder(test), env };
    const customers = await seed(place);
    const server = serverProcess(test, { ...place, args: [...flags] });
    await server.ready();
    return new KilledPortal(test, { ...place, customers, server });
  }

  readonly load: Load;
  readonly call: CallSite;
  readonly #test: TestContext;
  readonly #place: { folder: string; env: DatabaseEnv };
  readonly #origin: string;
  readonly #port: number;
  #server: ServerProcess;

  private constructor(
    test: TestContext,
    given: { folder: string; env: DatabaseEnv; customers: readonly Customer[]; server: ServerProcess },
  ) {
    const { customers, server, ...place } = given;
    const { port, origins } = originsIn(server.output());
    this.#test = test;
    this.#place = place;
    this.#server = server;
    this.#port = port;
    this.#origin = origins.portal;
    this.call = callTo({ port, origins });
    this.load = new Load(customers, this.call);
  }

  /** Ends the server at once and starts it again. */
  async kill(): Promise<void> {
    this.#server.child.kill('SIGKILL');
    await this.#server.ended;
    const args = [...flags, '--port', String(this.#port)];
    this.#server = serverProcess(this.#test, { ...this.#place, args });
    await this.#server.ready();
  }

  /** Stops load and server in order, and looks whether anything was lost. */
  async check(): Promise<void> {
    await this.load.stop();
    this.#server.child.kill('SIGTERM');
    assert.equal(await this.#server.ended, 0);
    const { folder, env } = this.#place;
    const portal = await openPortal({ dataFolder: folder, env, portals: [this.#origin] });
    try {
      for (const acknowledged of this.load.acknowledged) await checkKept(portal, acknowledged);
      await checkCounters(portal, this.load.acknowledged);
    } finally {
      await portal.close();
    }
  }
}

const flags = ['--empty', '--trust-proxy', '--log-level', 'info'] as const;

async function seed({ folder, env }: { folder: string; env: DatabaseEnv }): Promise<Customer[]> {
  const portal = await openPortal({ dataFolder: folder, env, portals: ['http://localhost'] });
  try {
    const keys = await portal.administer('system', async (records, context) => {
      await createProduct({ code: PRODUCT, name: 'Plotter', features }, records, context);
      const limits = { maximum: null, overageMaximum: 0 };
      const license = {
        product: PRODUCT,
        type: 'consumption' as const,
        trial: false,
        terms: { ...terms, maxActivations: SEATS, limits },
      };
      const made = [];
      while (made.length < LICENSES) made.push((await createLicense(license, records, context)).key);
      return made;
    });
    const each = keys.flatMap(key => Array.from({ length: DEVICES_OF_A_LICENSE }, () => key));
    return await Promise.all(each.map(async key => ({ key, device: await TestDevice.create(portal) })));
  } finally {
    await portal.close();
  }
}

/** What was handed out is known: the file gets the same bytes again, and a license has its activation. */
async function checkKept(portal: RunningPortal, { file, container, answer }: Acknowledged): Promise<void> {
  // A refusal is decided anew.
  if (answer.kind === 'refusal') return;
  const again = await portal.exchange(file);
  assert.deepEqual(again.container, container, `the ${answer.kind} that was handed out`);
  if (answer.kind !== 'license') return;
  for (const { claims } of answer.licenses) {
    const { activationId } = claims;
    const activation = await portal.administer('system', records => records.findActivation(activationId));
    assert(activation, 'the activation of a license that was handed out');
  }
}

/** Counters agree with rows, rows with what devices were told, and no license has more devices than seats. */
async function checkCounters(
  { database: { db } }: RunningPortal,
  acknowledged: readonly Acknowledged[],
): Promise<void> {
  const licenses = await db.selectFrom('license').selectAll().execute();
  const activations = await db.selectFrom('activation').selectAll().execute();
  const totals = await db.selectFrom('activation_counter').selectAll().execute();
  for (const license of licenses) {
    const own = activations.filter(({ license_id }) => license_id.join() === license.id.join());
    const ids = own.map(({ id }) => id.join());
    const used = totals
      .filter(({ activation_id }) => ids.includes(activation_id.join()))
      .reduce((sum, total) => sum + total.used, 0);
    assert.equal(license.seats_taken, own.filter(({ end_reason }) => end_reason === null).length);
    const notGranted = own.length - license.seats_granted;
    assert(notGranted >= countReturning(own, 'surely'), `${notGranted} granted to no new device`);
    assert(notGranted <= countReturning(own, 'perhaps'), `${notGranted} granted to no new device`);
    assert.equal(license.used, used);
    assert(license.seats_taken <= SEATS);
  }
  // Each life that ended with a receipt used 3.
  const receipts = acknowledged.filter(({ answer }) => answer.kind === 'receipt').length;
  const used = licenses.reduce((sum, license) => sum + license.used, 0);
  assert.equal(used, receipts * 3, 'all that was reported is counted, once');
}

/**
 * How many activations took a seat again that their device had given up, with no other device granted it since: none
 * is granted anew then. Rows tell seconds, so what other devices got within the same second came before or after.
 */
function countReturning(
  activations: readonly Selectable<ActivationTable>[],
  how: 'surely' | 'perhaps',
): number {
  const isSure = how === 'surely';
  return activations.filter(activation => {
    const until = activation.granted_at_s;
    const own = activations.filter(({ device_id }) => device_id.join() === activation.device_id.join());
    const ends = own
      .filter(other => other !== activation)
      .map(({ ended_at_s }) => ended_at_s ?? Number.POSITIVE_INFINITY)
      .filter(end => (isSure ? end < until : end <= until));
    if (ends.length === 0) return false;
    const from = Math.max(...ends);
    const isBetween = (at: number) => (isSure ? at >= from && at <= until : at > from && at < until);
    return !activations.some(other => !own.includes(other) && isBetween(other.granted_at_s));
  }).length;
}
