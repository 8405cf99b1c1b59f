import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { TestContext } from 'node:test';
import { type Bytes, utf8 } from '../../../src/bytes/bytes.ts';
import type { LicenseTerms } from '../../../src/issue/administer/license-terms.ts';
import { editProduct } from '../../../src/issue/administer/products.ts';
import type { ForkPolicy } from '../../../src/issue/decide/fork.ts';
import type { LicenseRecord } from '../../../src/issue/records.ts';
import { createLicenseKey, type LicenseKey } from '../../../src/license/license-key.ts';
import type { ActivationRequestInput } from '../../../src/request/activation-request.ts';
import { kiosk } from '../../support/kiosk.ts';
import { type DecisionTest, deviceOf, type LicenseGiven, type Played, type Step } from './decision-story.ts';
import { vendorActs } from './decision-vendor.ts';
import { issueUnder } from './license-bundle.ts';
import type { TestDevice } from './test-device.ts';
import { features, PRODUCT, START_MS, type TestPortal, testPortal } from './test-portal.ts';

const SECONDS_PER_DAY = 86_400;

/** Whose signals a request states. */
const machines = { kiosk, other: { ...kiosk, gpuVendor: 'amd', gpuFamily: 'radeon', processors: '16' } };

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
  const { seatsTaken, seatsGranted, transfersUsed, rebindsUsed, meter } = await portal.license(license.id);
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
  const showsCopy = await db
    .selectFrom('exchange')
    .select(eb => eb.fn.countAll<number>().as('n'))
    .where('fork_sign', 'is not', null)
    .executeTakeFirstOrThrow();
  const all: Record<string, number> = {
    filesOfCopies: showsCopy.n,
    seatsTaken,
    seatsGranted,
    transfersUsed,
    rebindsUsed,
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
  const { product = PRODUCT, online, virtualMachine, recovery, replaces, user, password, machine } = step;
  const secret = recovery === undefined ? undefined : hash(`secret ${recovery}`);
  return {
    product: product ?? undefined,
    online,
    virtualMachine,
    signals: machine && machines[machine],
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
