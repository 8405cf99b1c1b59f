import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import type { SupportCase } from '../../../src/api/support.ts';
import { adviceFor, happenedText } from '../../../src/console/support/advice.ts';
import { readCallerText } from '../../../src/console/support/caller-text.ts';
import '../../../src/console/support/lk-support-page.ts';
import type { LkSupportCase } from '../../../src/console/support/lk-support-case.ts';
import type { LkSupportPage } from '../../../src/console/support/lk-support-page.ts';
import { refusedCase } from './fake/support.ts';
import { FakeServer } from './fake-server.ts';
import { answer, deep, deepAll, deepText, mount, press, settled, shows } from './mount.ts';
import { activationExchange, day, now, press7 } from './samples.ts';

const home = location.href;
afterEach(() => history.replaceState(null, '', home));

const number = refusedCase.device.deviceNumber;
const again = 'Upload the same file again.';

describe('readCallerText()', () => {
  const rows: [typed: string, kind: string, q?: string][] = [
    ['', 'empty'],
    ['  ', 'empty'],
    ['4', 'begun'],
    ['4829 1307', 'begun'],
    ['4829-1307-7502', 'number', '4829 1307 7502'],
    ['482913077502', 'number', '4829 1307 7502'],
    ['４８２９ １３０７ ７５０２', 'number', '4829 1307 7502'],
    ['4829 1307 7507', 'wrong'],
    ['4829 1307 7502 1', 'wrong'],
    ['Pr', 'empty'],
    ['Press 7', 'words', 'Press 7'],
    ['7K3QX-M2ND5-R8TWA-V4HJ6-C9PEF', 'words', '7K3QX-M2ND5-R8TWA-V4HJ6-C9PEF'],
  ];
  for (const [typed, kind, q] of rows) {
    it(`takes “${typed}” as ${kind}`, () => {
      const read = readCallerText(typed);
      expect(read.kind).to.equal(kind);
      if (q !== undefined) expect(read).to.have.property('q', q);
    });
  }
});

describe('adviceFor()', () => {
  /** A case: the code of the last refusal (null: a license), and what is different from the sample. */
  const caseOf = (
    code: string | null,
    changed: { license?: object; device?: object; rest?: object } = {},
  ): SupportCase => {
    const file = {
      ...activationExchange,
      code,
      decision: code ? ('refusal' as const) : ('license' as const),
    };
    const device = { ...refusedCase.device, files: [file], ...changed.device };
    return {
      ...refusedCase,
      ...changed.rest,
      device,
      license: { ...refusedCase.license, ...changed.license },
    };
  };
  const rows: [what: string, each: SupportCase, say: string, helps: string[]][] = [
    ['all seats are in use', caseOf('NO_SEATS_LEFT'), 'Is it a new machine', ['release', 'rebind']],
    ['a seat came free since', caseOf('NO_SEATS_LEFT', { license: { activeActivations: 9 } }), again, []],
    [
      'a user has as many devices as allowed, and the license has room',
      caseOf('NO_SEATS_LEFT', { license: { activeActivations: 2, devicesPerUser: 1 } }),
      'Is it a new machine',
      ['release', 'rebind'],
    ],
    ['moved as often as allowed', caseOf('TRANSFERS_USED_UP'), 'Is it a new machine', ['rebind', 'edit']],
    [
      'one more move was allowed since',
      caseOf('TRANSFERS_USED_UP', { license: { maxTransfers: 3 } }),
      again,
      [],
    ],
    ['it names what it replaces', caseOf('REBIND_NEEDS_APPROVAL'), 'Is it the same machine', ['rebind']],
    [
      'a seat was given to it',
      caseOf('NO_SEATS_LEFT', { rest: { seatRequest: { askedAt: now, given: press7 } } }),
      again,
      ['withdraw'],
    ],
    [
      'the license is disabled',
      caseOf('LICENSE_DISABLED', { license: { state: 'disabled' } }),
      'Hold',
      ['enable'],
    ],
    ['the license was enabled since', caseOf('LICENSE_DISABLED'), again, []],
    [
      'the license has ended',
      caseOf('LICENSE_EXPIRED', { license: { state: 'expired' } }),
      'has ended',
      ['edit'],
    ],
    ['the license was extended since', caseOf('LICENSE_EXPIRED'), again, []],
    ['the device is blocked', caseOf('DEVICE_BLOCKED', { device: { blocked: true } }), 'Hold', ['unblock']],
    ['the device was unblocked since', caseOf('DEVICE_BLOCKED'), again, []],
    ['only over a network', caseOf('OFFLINE_NOT_ALLOWED'), 'Once the license allows it', ['edit']],
    ['no virtual machines', caseOf('VIRTUAL_MACHINE_REFUSED'), 'Once the license allows it', ['edit']],
    ['a copy', caseOf('DEVICE_COPIED', { rest: { isDecidedAnew: false } }), 'On the copy', []],
    [
      'another product',
      caseOf('PRODUCT_MISMATCH', { rest: { isDecidedAnew: false } }),
      'for Press Studio',
      [],
    ],
    [
      'refused long ago',
      caseOf('NO_SEATS_LEFT', { rest: { isDecidedAnew: false } }),
      'Make a new file',
      ['release', 'rebind'],
    ],
    ['a reason of a newer portal', caseOf('SOMETHING_NEW'), 'Update the app', []],
    [
      'it has its license',
      caseOf(null, { device: { state: 'active' } }),
      'Load the license file',
      ['refresh'],
    ],
    ['it gave its license up', caseOf(null, { device: { state: 'deactivated' } }), 'no license any more', []],
    [
      'it has a license and was blocked',
      caseOf(null, { device: { state: 'active', blocked: true } }),
      'Hold',
      ['unblock'],
    ],
    [
      'its license is disabled',
      caseOf(null, { device: { state: 'active' }, license: { state: 'disabled' } }),
      'Hold',
      ['enable'],
    ],
  ];
  for (const [what, each, say, helps] of rows) {
    it(`${what}: “${say}”, ${helps.join(' or ') || 'nothing to do'}`, () => {
      const advice = adviceFor(each);
      expect(advice.say).to.contain(say);
      expect(advice.helps).to.deep.equal(helps);
    });
  }

  it('names the seats while they are what it is about', () => {
    expect(happenedText(caseOf('NO_SEATS_LEFT'))).to.equal('All 10 seats are in use.');
    expect(happenedText(caseOf('NO_SEATS_LEFT', { license: { activeActivations: 4 } }))).to.equal(
      'All seats are in use.',
    );
    expect(happenedText(caseOf(null))).to.equal('It got its license.');
    expect(happenedText({ ...refusedCase, device: { ...press7, files: [] } })).to.contain('No file');
  });
});

describe('<lk-support-page>', () => {
  const open = async (q: string, server = new FakeServer()) => {
    const params = new URLSearchParams(q ? { q } : {});
    const mounted = await mount<LkSupportPage>(
      html`<lk-support-page .params=${params}></lk-support-page>`,
      server,
    );
    mounted.router.listen(() => {
      mounted.element.params = mounted.router.place.query;
    });
    return mounted;
  };
  const typeIn = (element: Element, text: string) => {
    const input = deep<HTMLInputElement>(element, '#caller');
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  };

  it('waits in the box for the number, and is accessible', async () => {
    const { element } = await open('');
    expect(element.shadowRoot?.activeElement?.id).to.equal('caller');
    expect(deepText(element)).to.contain('Type the number the caller reads');
    await expect(element).to.be.accessible();
  });

  it('checks the number while it is typed, and asks the server for nothing that cannot be right', async () => {
    const { element, server } = await open('');
    typeIn(element, '9651 1183');
    await shows(element, '8 of 12 digits');
    typeIn(element, '9651 1183 9752');
    await shows(element, 'This cannot be the number');
    await expect(element).to.be.accessible();
    expect(server.received.filter(({ query }) => query.has('q'))).to.have.length(0);
    typeIn(element, number);
    await shows(element, 'Press 8');
  });

  it('shows who it is, why, and what to say, and is accessible', async () => {
    const { element } = await open(number);
    expect(deepText(element))
      .to.contain('Press 8')
      .and.contain('Acme Bottling')
      .and.contain('Refused')
      .and.contain('All 10 seats are in use.')
      .and.contain('Is it a new machine');
    await expect(element).to.be.accessible();
  });

  it('rebinds: shows how alike, names both devices, and says what happens to the old one', async () => {
    const { element, server, said } = await open(number);
    press(element, 'Rebind…');
    await shows(element, '97 % alike');
    expect(deepText(element)).to.contain('Cannot be compared');
    await expect(element).to.be.accessible();
    const blocked = deepAll(element, 'button').find(each =>
      deepText(each).includes('It was this one… Press 2'),
    );
    expect(blocked).to.have.property('disabled', true);
    press(element, 'It was this one…');
    await shows(element, 'Give the seat of Press 7 to Press 8?');
    expect(deepText(element)).to.contain('is offline, it goes on with the license it has');
    await expect(element).to.be.accessible();
    await answer(element, 'Rebind');
    await shows(element, again);
    expect(said).to.deep.equal(['The seat waits for this device.']);
    expect(server.support.cases[0]?.seatRequest?.given?.name).to.equal('Press 7');
    await shows(element, 'The seat of Press 7 waits for it.');

    press(element, 'Take the seat back…');
    await answer(element, 'Take it back');
    await shows(element, 'Is it a new machine');
  });

  it('changes nothing when the question is answered no', async () => {
    const { element, server } = await open(number);
    press(element, 'Rebind…');
    await shows(element, '97 % alike');
    press(element, 'It was this one…');
    await answer(element, 'Cancel');
    expect(server.lastCall('POST', '/rebind')).to.equal(undefined);
  });

  it('releases a seat, and says so to the caller', async () => {
    const { element, said } = await open(number);
    press(element, 'Release a seat…');
    await shows(element, 'Which seat is not used any more?');
    await shows(element, 'Release…');
    press(element, 'Release…');
    await answer(element, 'Release seat');
    await shows(element, again);
    expect(said).to.deep.equal(['The seat is free.']);
  });

  it('says why the server refused, and lets the person go on', async () => {
    const server = new FakeServer();
    server.refuseNext = {
      ...{ ending: '/rebind', status: 400 },
      problem: { code: 'FIELD_REFUSED', data: { field: 'activationId', rule: 'not-allowed' } },
    };
    const { element } = await open(number, server);
    press(element, 'Rebind…');
    await shows(element, '97 % alike');
    press(element, 'It was this one…');
    await answer(element, 'Rebind');
    await waitUntil(() => deepAll(element, 'lk-refusal').length > 0);
    await expect(element).to.be.accessible();
  });

  it('unblocks a device and enables a license where that is the reason', async () => {
    const server = new FakeServer();
    const [each] = server.support.cases;
    if (!each) throw new TypeError('expected a case');
    const refuse = (code: string) => {
      each.device.files = each.device.files.map(file => ({ ...file, code }));
    };
    refuse('DEVICE_BLOCKED');
    each.device.blocked = true;
    const { element } = await open(number, server);
    press(element, 'Unblock…');
    await answer(element, 'Unblock device');
    await shows(element, again);

    refuse('LICENSE_DISABLED');
    each.license.state = 'disabled';
    const second = await open(number, server);
    press(second.element, 'Enable…');
    await answer(second.element, 'Enable license');
    await shows(second.element, again);
  });

  it('says where the stick has to go when nothing has arrived', async () => {
    const { element } = await open('4829 1307 7502');
    expect(deepText(element))
      .to.contain('Nothing from this machine has arrived')
      .and.contain('portal.acme.example');
    await expect(element).to.be.accessible();
    typeIn(element, 'nobody at all');
    await shows(element, 'No device of this name or key');
    await expect(element).to.be.accessible();
  });

  it('shows all that a number finds', async () => {
    const server = new FakeServer();
    const twin = {
      ...structuredClone(refusedCase),
      license: { ...refusedCase.license, id: 'f'.repeat(32), customer: 'Northwind' },
    };
    server.support.cases.push(twin);
    const { element } = await open(number, server);
    expect(deepAll(element, 'lk-support-case')).to.have.length(2);
    await shows(element, '2 licenses or devices go by this number');
    await expect(element).to.be.accessible();
  });

  it('lets a person choose among the devices of a name', async () => {
    const server = new FakeServer();
    const { customer, holder, productName } = refusedCase.license;
    const match = { customer, holder, productName, lastSeenAt: now - day };
    server.support.matches = [
      { ...match, name: 'Press 8', deviceNumber: number },
      { ...match, name: '', deviceNumber: '4829 1307 7502' },
    ];
    const { element, router } = await open('Acme', server);
    expect(deepText(element)).to.contain('Which of these devices?').and.contain('Device without a name');
    await expect(element).to.be.accessible();
    const stop = router.start();
    press(element, 'Press 8');
    await shows(element, 'All 10 seats are in use.');
    expect(deep<HTMLInputElement>(element, '#caller').value).to.equal(number);
    stop();
    await settled(element);
  });
});

describe('<lk-support-case>', () => {
  it('is accessible, refused or licensed', async () => {
    const { element } = await mount<LkSupportCase>(
      html`<lk-support-case .case=${refusedCase}></lk-support-case>`,
    );
    await expect(element).to.be.accessible();
    element.case = { ...refusedCase, device: press7, seatRequest: null };
    await settled(element);
    expect(deepText(element)).to.contain('It got its license.').and.contain('Load the license file');
    await expect(element).to.be.accessible();
  });
});

describe('<lk-seat-choice>', () => {
  it('is accessible, with seats and without', async () => {
    const { element } = await mount(
      html`<lk-seat-choice .case=${refusedCase} purpose="release"></lk-seat-choice>`,
    );
    expect(deepText(element)).to.contain('Which seat is not used any more?').and.not.contain('alike');
    await expect(element).to.be.accessible();
    const server = new FakeServer();
    server.support.seats = [];
    const empty = await mount(html`<lk-seat-choice .case=${refusedCase}></lk-seat-choice>`, server);
    expect(deepText(empty.element)).to.contain('No seat of this license is taken.');
    await expect(empty.element).to.be.accessible();
  });
});
