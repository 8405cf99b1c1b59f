import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { TestContext } from 'node:test';
import { type Bytes, utf8 } from '../../../src/bytes/bytes.ts';
import { releaseSeat, setDeviceBlocked } from '../../../src/issue/administer/devices.ts';
import type { LicenseTerms } from '../../../src/issue/administer/license-terms.ts';
import { setLicenseEnabled } from '../../../src/issue/administer/licenses.ts';
import { editProduct } from '../../../src/issue/administer/products.ts';
import { assignUser, removeUser } from '../../../src/issue/administer/users.ts';
import type { ForkPolicy } from '../../../src/issue/decide/fork.ts';
import type { LicenseRecord } from '../../../src/issue/records.ts';
import { createLicenseKey, type LicenseKey } from '../../../src/license/license-key.ts';
import type { ActivationRequestInput } from '../../../src/request/activation-request.ts';
import { issueUnder } from './license-bundle.ts';
import { TestDevice } from './test-device.ts';
import { features, PRODUCT, START_MS, type TestPortal, testPortal } from './test-portal.ts';

const SECONDS_PER_DAY = 86_400;

interface LicenseGiven extends Partial<Omit<LicenseTerms, 'limits' | 'features'>> {
  readonly startsInDays?: number;
  readonly expiresInDays?: number;
  readonly maximum?: number;
  /** Whom the license is for; it has no key then. */
  readonly users?: readonly string[];
}

type Act =
  | 'disables'
  | 'enables'
  | 'releases'
  | 'blocks'
  | 'unblocks'
  | 'assigns'
  | 'removes'
  | 'resets-password';

/** One thing that happens. */
export interface Step {
  readonly device?: string;
  readonly vendor?: Act;
  readonly copy?: string;
  readonly waitDays?: number;
  readonly makes?: 'request' | 'report' | 'deactivation';
  /** Sends a file that was made before. */
  readonly sends?: string;
  /** Name of the file, or of the copy. A file that expects nothing is not sent. */
  readonly as?: string;
  readonly consumes?: number;
  readonly skipsNumbers?: number;
  readonly key?: 'none' | 'unknown' | 'wrong-proof';
  /** Who asks, or whom the vendor means. */
  readonly user?: string;
  /** What the user types, or what the vendor sets; `right` unless it is said. */
  readonly password?: string;
  /** null: the request names none. */
  readonly product?: string | null;
  readonly online?: boolean;
  readonly virtualMachine?: boolean;
  readonly requestIdOf?: string;
  readonly forges?: 'activation';
  readonly recovery?: string;
  /** A device, by its id. */
  readonly replaces?: string;
  /** The last activation that the device had. */
  readonly replacesOwn?: 'with-consumption' | 'without-consumption';
  /** The request states what its device holds. */
  readonly statesHeld?: boolean;
  readonly expect?: string;
  readonly licenseState?: string;
}

/** One test of the decisions. */
export interface DecisionTest {
  readonly name: string;
  /** Of the license's product. */
  readonly forkPolicy?: ForkPolicy;
  readonly license?: LicenseGiven;
  /** One more license: for users, or of the product `viewer` under the key of the first. */
  readonly further?: LicenseGiven;
  readonly steps: readonly Step[];
  readonly state: Readonly<Record<string, number>>;
}

/** A test while it is played. */
export interface Played {
  readonly portal: TestPortal;
  readonly license: LicenseRecord;
  readonly further: LicenseRecord | null;
  /** null: the license is for users. */
  readonly key: LicenseKey | null;
  readonly devices: Map<string, TestDevice>;
  readonly files: Map<string, Bytes>;
}

/** Plays the steps on a portal with a real database. */
export async function playDecision(
  { license: given = {}, further, forkPolicy, steps }: DecisionTest,
  test: Pick<TestContext, 'after'>,
): Promise<Played> {
  const portal = await testPortal(test);
  if (forkPolicy !== undefined) await setForkPolicy(portal, forkPolicy);
  const issued = await issue(portal, given);
  portal.wait(1);
  const second = further ? await issueFurther(portal, issued.license, further) : null;
  const played = { portal, ...issued, further: second, devices: new Map(), files: new Map() };
  for (const step of steps) await playStep(played, step);
  return played;
}

async function issueFurther(
  portal: TestPortal,
  { id }: LicenseRecord,
  further: LicenseGiven,
): Promise<LicenseRecord> {
  if (further.users === undefined) return issueUnder(portal, id, 'viewer', termsOf(further));
  return (await issue(portal, further)).license;
}

function issue(
  portal: TestPortal,
  { users, ...given }: LicenseGiven,
): Promise<{ license: LicenseRecord; key: LicenseKey | null }> {
  const terms = termsOf(given);
  return users ? portal.issueForUsers(users, terms) : portal.issue(terms);
}

async function setForkPolicy(portal: TestPortal, forkPolicy: ForkPolicy): Promise<void> {
  await portal.administer('owner@example', (records, context) => {
    const terms = { name: 'Plotter', features, forkPolicy };
    return editProduct({ code: PRODUCT, version: 1, terms }, records, context);
  });
}

/** How the license stands; only what is asked for. */
export async function stateOf(
  { portal, license, further }: Played,
  names: readonly string[],
): Promise<Record<string, number>> {
  const { seatsTaken, seatsGranted, transfersUsed, meter } = await portal.license(license.id);
  const { db } = portal.database;
  const device = db
    .selectFrom('device')
    .select(eb => [
      eb.fn.coalesce(eb.fn.sum<number>('blocked'), eb.lit(0)).as('blocked'),
      eb.fn.count<number>('copied_at_s').as('copied'),
    ]);
  const count = async (table: 'exchange' | 'device') => {
    const rows = await db
      .selectFrom(table)
      .select(eb => eb.fn.countAll<number>().as('n'))
      .execute();
    return rows[0]?.n ?? 0;
  };
  const all: Record<string, number> = {
    seatsTaken,
    seatsGranted,
    transfersUsed,
    used: meter.used,
    furtherSeatsTaken: further ? (await portal.license(further.id)).seatsTaken : 0,
    exchanges: await count('exchange'),
    devices: await count('device'),
    ...(await device.executeTakeFirstOrThrow()),
  };
  return Object.fromEntries(names.map(name => [name, all[name] ?? Number.NaN]));
}

function termsOf({
  startsInDays,
  expiresInDays,
  maximum,
  users: _,
  ...terms
}: LicenseGiven): Partial<LicenseTerms> {
  const after = (days: number | undefined) =>
    days === undefined ? null : START_MS / 1000 + days * SECONDS_PER_DAY;
  return {
    ...terms,
    startsAtS: after(startsInDays),
    expiresAtS: after(expiresInDays),
    limits: maximum === undefined ? null : { maximum, overageMaximum: 0 },
  };
}

async function playStep(played: Played, step: Step): Promise<void> {
  if (step.waitDays !== undefined) played.portal.wait(step.waitDays * SECONDS_PER_DAY);
  if (step.vendor !== undefined) await vendorActs(played, step);
  if (step.copy !== undefined)
    played.devices.set(step.as ?? '', (await deviceOf(played, step.copy)).copyProfile());
  if (step.device === undefined || step.vendor !== undefined) return;
  const device = await deviceOf(played, step.device);
  if (step.consumes !== undefined) device.consume(step.consumes);
  device.sequence += step.skipsNumbers ?? 0;
  const file = await fileOf(played, step, device);
  if (file === null) return;
  if (step.as !== undefined) played.files.set(step.as, file);
  if (step.expect !== undefined) await hand(played, { step, device, file });
}

async function hand(
  { portal }: Played,
  { step, device, file }: { step: Step; device: TestDevice; file: Bytes },
): Promise<void> {
  const { container } = await portal.exchange(file);
  const answer = await device.load(container);
  const outcome = answer.kind === 'refusal' ? answer.refusal.claims.code : 'success';
  assert.equal(outcome, step.expect, JSON.stringify(step));
  if (step.licenseState === undefined) return;
  assert(answer.kind === 'license');
  for (const { claims } of answer.licenses) assert.equal(claims.licenseState, step.licenseState);
}

async function deviceOf({ devices, portal }: Played, name: string): Promise<TestDevice> {
  const device = devices.get(name) ?? (await TestDevice.create(portal));
  devices.set(name, device);
  return device;
}

async function fileOf(played: Played, step: Step, device: TestDevice): Promise<Bytes | null> {
  if (step.sends !== undefined) return played.files.get(step.sends) ?? null;
  if (step.forges === 'activation') device.forgetActivation();
  if (step.makes === 'report') return device.report();
  if (step.makes === 'deactivation') return device.deactivate();
  return step.makes === 'request' ? requestOf(played, step, device) : null;
}

async function requestOf(played: Played, step: Step, device: TestDevice): Promise<Bytes> {
  if (step.requestIdOf !== undefined) device.repeatRequestId();
  const held = step.statesHeld === true ? device.holding() : {};
  const input = { ...(await inputOf(played, step)), ...ownReplaced(step, device), ...held };
  if (step.key === 'none' || step.user !== undefined) return device.request(undefined, input);
  assert(played.key, 'a license with a key');
  if (step.key === 'wrong-proof') return device.requestWithWrongProof(played.key);
  const unknown = createLicenseKey(new Uint8Array(13).fill(7));
  return device.request(step.key === 'unknown' ? unknown : played.key, input);
}

async function inputOf(played: Played, step: Step): Promise<ActivationRequestInput> {
  const { product = PRODUCT, online, virtualMachine, recovery, replaces, user, password } = step;
  const secret = recovery === undefined ? undefined : hash(`secret ${recovery}`);
  return {
    product: product ?? undefined,
    online,
    virtualMachine,
    recoveryCommitment: secret && hash(secret),
    replaces: replaces === undefined ? undefined : { id: (await deviceOf(played, replaces)).id, secret },
    user: user === undefined ? undefined : await played.portal.credentials(user, password),
  };
}

function ownReplaced({ replacesOwn }: Step, device: TestDevice): ActivationRequestInput {
  if (replacesOwn === undefined) return {};
  const { replaces, consumption } = device.givenUp();
  return replacesOwn === 'with-consumption' ? { replaces, consumption } : { replaces };
}

function hash(data: string | Bytes): Bytes {
  return new Uint8Array(
    createHash('sha256')
      .update(typeof data === 'string' ? utf8(data) : data)
      .digest(),
  );
}

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

async function vendorActs(played: Played, step: Step): Promise<void> {
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
      const activation = await records.findActiveActivation(license.id, device.id);
      assert(activation, 'an active activation to release');
      await releaseSeat(activation.id, records, context);
      return;
    }
    await setDeviceBlocked({ deviceId: device.id, blocked: vendor === 'blocks' }, records, context);
  });
}
