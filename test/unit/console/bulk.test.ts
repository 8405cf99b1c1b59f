import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import '../../../src/console/bulk/lk-issue-many.ts';
import '../../../src/console/issue/lk-issue-page.ts';
import { defaultTerms } from '../../../src/api/license-terms.ts';
import type { Issued, OrderedLicense } from '../../../src/api/orders.ts';
import { amountProblem, oneLicense, planOf, questionOf } from '../../../src/console/bulk/amount.ts';
import { IssueRun } from '../../../src/console/bulk/issue-groups.ts';
import { keysFile, madeOf } from '../../../src/console/bulk/issued-keys.ts';
import type { LkIssueMany } from '../../../src/console/bulk/lk-issue-many.ts';
import type { LkIssuePage } from '../../../src/console/issue/lk-issue-page.ts';
import { FakeServer } from './fake-server.ts';
import { deep, deepAll, deepText, mount, press, settled, shows, type } from './mount.ts';
import { idOf, pressStudio } from './samples.ts';

const home = location.href;
afterEach(() => history.replaceState(null, '', home));

const license = {
  product: pressStudio.code,
  type: 'perpetual',
  trial: false,
  policyId: null,
  terms: { ...defaultTerms(), customer: 'Acme Bottling' },
} as const;

function licenses(count: number, note = ''): OrderedLicense[] {
  return Array.from({ length: count }, (_, index) => {
    return { ...license, terms: { ...license.terms, note }, order: 'A-1', reference: String(index + 1) };
  });
}

const issued = ({ reference }: OrderedLicense): Issued => {
  return { outcome: 'issued', id: idOf(Number(reference)), key: `KEY-${reference}` };
};

describe('how many licenses', () => {
  const seats = (maxActivations: number | null) => ({ ...defaultTerms(), maxActivations });

  it('is asked when there is more than one way to issue so much', () => {
    expect(questionOf(oneLicense, seats(1))).to.equal(null);
    expect(questionOf(oneLicense, seats(null))).to.equal(null);
    expect(questionOf(oneLicense, seats(5001))).to.equal(null);
    expect(questionOf(oneLicense, seats(200))).to.deep.equal({
      licenses: 200,
      seatsEach: 1,
      seatsOfOne: 200,
    });
    expect(questionOf({ ...oneLicense, count: 200 }, seats(3))).to.deep.equal({
      licenses: 200,
      seatsEach: 3,
      seatsOfOne: 600,
    });
  });

  it('is what was chosen', () => {
    const each = { ...oneLicense, choice: 'each' } as const;
    expect(planOf(oneLicense, seats(200))).to.deep.equal({ count: 1, maxActivations: 200 });
    expect(planOf(each, seats(200))).to.deep.equal({ count: 200, maxActivations: 1 });
    expect(planOf({ ...each, count: 20 }, seats(null))).to.deep.equal({ count: 20, maxActivations: null });
    expect(planOf({ ...oneLicense, count: 20, choice: 'one' }, seats(3))).to.deep.equal({
      count: 1,
      maxActivations: 60,
    });
  });

  it('names what is wrong', () => {
    const rule = (changes: object) => amountProblem({ ...oneLicense, ...changes }, seats(1))?.rule;
    expect(rule({ count: Number.NaN })).to.equal('not-whole');
    expect(rule({ count: 0 })).to.equal('too-small');
    expect(rule({ count: 5001 })).to.equal('too-large');
    expect(rule({ count: 2 })).to.equal('required');
    expect(rule({ count: 2, choice: 'each', order: 'x'.repeat(65) })).to.equal('too-long');
    expect(rule({ count: 2, choice: 'each', order: 'A-1' })).to.equal(undefined);
  });
});

describe('IssueRun', () => {
  function started(count: number, send: (group: readonly OrderedLicense[]) => Promise<Issued[]>, note = '') {
    const sizes: number[] = [];
    const run: IssueRun = new IssueRun({
      licenses: licenses(count, note),
      onChange: () => {},
      send: group => {
        sizes.push(group.length);
        return send(group);
      },
    });
    return { run, sizes };
  }

  it('sends groups that a call can carry', async () => {
    const small = started(120, async group => group.map(issued));
    await small.run.go();
    expect(small.sizes).to.deep.equal([50, 50, 20]);
    expect(small.run.state).to.equal('done');
    const large = started(50, async group => group.map(issued), 'n'.repeat(4000));
    await large.run.go();
    expect(large.sizes.length).to.be.greaterThan(1);
    expect(large.run.outcomes.length).to.equal(50);
  });

  it('stops between two groups and goes on where it was', async () => {
    const { run, sizes } = started(150, async group => {
      if (sizes.length === 1) run.stop();
      return group.map(issued);
    });
    await run.go();
    expect([run.state, run.outcomes.length]).to.deep.equal(['stopped', 50]);
    await run.go();
    expect([run.state, run.outcomes.length]).to.deep.equal(['done', 150]);
  });

  it('sends the group again whose answer was lost, and no group twice at a second press', async () => {
    let isLost = true;
    const { run, sizes } = started(100, async group => {
      if (sizes.length === 2 && isLost) throw new TypeError('lost');
      return group.map(issued);
    });
    await run.go();
    expect([run.state, run.outcomes.length]).to.deep.equal(['failed', 50]);
    isLost = false;
    await Promise.all([run.go(), run.go()]);
    expect(run.state).to.equal('done');
    expect(sizes).to.deep.equal([50, 50, 50]);
  });
});

describe('<lk-issue-many> with <lk-issue-run> and <lk-issued-keys>', () => {
  const template = (count: number, order = '') =>
    html`<lk-issue-many .many=${{ license, count, order }}></lk-issue-many>`;

  it('is accessible, and ends with the keys to copy', async () => {
    const { element, server, said } = await mount<LkIssueMany>(template(120, 'A-77'));
    await shows(element, '120 licenses issued');
    await expect(element).to.be.accessible();
    expect(said).to.include('120 licenses are issued.');
    expect(deep<HTMLTextAreaElement>(element, 'textarea').value.split('\n').length).to.equal(120);
    expect([...server.sales.issued.keys()].every(place => place.startsWith('A-77\n'))).to.equal(true);
  });

  it('makes an order number, and other references each time', async () => {
    const server = new FakeServer();
    for (const _ of [1, 2]) {
      const { element } = await mount<LkIssueMany>(template(2), server);
      await shows(element, '2 licenses issued');
    }
    expect(server.sales.issued.size).to.equal(4);
    const { element } = await mount<LkIssueMany>(template(2, 'A-77'), server);
    await shows(element, '2 licenses issued');
    expect(server.sales.issued.size).to.equal(6);
  });

  const isBusy = { ending: '/orders/licenses', status: 503, problem: { code: 'SERVER_BUSY' } };

  /** Put on the page by hand: what fails is never settled. */
  async function failed(server: FakeServer) {
    server.refuseNext = isBusy;
    const mounted = await mount<HTMLDivElement>(html`<div></div>`, server);
    const element = document.createElement('lk-issue-many');
    element.many = { license, count: 60, order: 'A-60' };
    mounted.element.append(element);
    await waitUntil(() => deepAll(element, 'lk-refusal').length === 1);
    return element;
  }

  it('says why it failed, and issues nothing twice when it goes on', async () => {
    const server = new FakeServer();
    const element = await failed(server);
    await expect(element).to.be.accessible();
    press(element, 'Go on');
    await shows(element, '60 licenses issued');
    expect(server.sales.issued.size).to.equal(60);
  });

  it('says what was made when the rest is left, and issues it after all', async () => {
    const server = new FakeServer();
    const element = await failed(server);
    press(element, 'Leave the rest');
    await shows(element, 'Stopped: 0 of 60 licenses are issued.');
    await expect(element).to.be.accessible();
    press(element, 'Issue the rest');
    await shows(element, '60 licenses issued');
    expect(server.sales.issued.size).to.equal(60);
  });

  it('writes a file of keys that no spreadsheet takes for formulas', () => {
    const [one] = licenses(1);
    expect(one).to.not.equal(undefined);
    const evil = licenses(1).map(each => ({ ...each, terms: { ...each.terms, customer: '=1+1' } }));
    const file = keysFile(madeOf(evil, evil.map(issued)));
    expect(file).to.contain("A-1,1,press-studio,'=1+1,,KEY-1\r\n");
  });
});

describe('<lk-issue-page> with <lk-amount-choice>', () => {
  async function open() {
    const mounted = await mount<LkIssuePage>(html`<lk-issue-page></lk-issue-page>`);
    type(mounted.element, 'terms.customer', 'Acme Bottling');
    return mounted;
  }

  function choose(element: Element, value: string): void {
    const way = deepAll(element, `input[name="amount.choice"][value=${value}]`)[0];
    if (way instanceof HTMLInputElement) way.click();
  }

  it('asks plainly, and issues many as one order', async () => {
    const { element, server } = await open();
    type(element, 'amount.count', '60');
    await shows(element, '60 licenses with a key each, or one license with 60 seats?');
    press(deep(element, 'form'), 'Issue license');
    await shows(element, 'Fill this in.');
    await expect(element).to.be.accessible();
    choose(element, 'each');
    await settled(element);
    type(element, 'amount.order', 'A-60');
    press(deep(element, 'form'), 'Issue license');
    await shows(element, '60 licenses issued');
    expect(server.sales.issued.size).to.equal(60);
    expect(server.lastCall('POST', '/licenses')?.path).to.contain('/orders/licenses');
    press(element, 'Issue another');
    await shows(element, 'How many');
    expect(deep<HTMLInputElement>(element, 'input[name="amount.count"]').value).to.equal('1');
  });

  it('issues one license with so many seats', async () => {
    const { element, server } = await open();
    type(element, 'amount.count', '200');
    await settled(element);
    choose(element, 'one');
    press(deep(element, 'form'), 'Issue license');
    await shows(element, 'License issued');
    const sent = server.lastCall('POST', '/licenses')?.body;
    expect(JSON.stringify(sent)).to.contain('"maxActivations":200');
    expect(deepText(element)).to.contain('Give the key to the customer.');
  });

  it('asks of one license with many seats whether these are licenses', async () => {
    const { element, server } = await open();
    type(element, 'terms.maxActivations', '3');
    await shows(element, '3 licenses with a key each, or one license with 3 seats?');
    choose(element, 'each');
    await settled(element);
    press(deep(element, 'form'), 'Issue license');
    await shows(element, '3 licenses issued');
    const seats = [...server.sales.issued.values()].map(({ terms }) => terms.maxActivations);
    expect(seats).to.deep.equal([1, 1, 1]);
  });
});
