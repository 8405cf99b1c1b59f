import { consolePaths } from '../../../../src/api/paths.ts';
import { parseFields } from '../../../../src/api/problem.ts';
import { rebindSchema, type Seat, type SupportCase, type SupportMatch } from '../../../../src/api/support.ts';
import type { Answer, ReceivedCall } from '../fake-server.ts';
import { day, idOf, now, press7, refusedExchange, sampleLicense } from '../samples.ts';

const { id, productName, state, terms } = sampleLicense(1);

/** Press 8, refused yesterday for want of a seat. */
export const refusedCase: SupportCase = {
  device: {
    ...press7,
    ...{ activationId: null, deviceId: '8'.repeat(64), deviceNumber: '9651 1183 9751', name: 'Press 8' },
    ...{ state: 'refused', revision: 0, totals: [], files: [refusedExchange] },
  },
  license: {
    ...{ id, productName, state, customer: terms.customer, holder: terms.holder },
    ...{ maxActivations: 10, activeActivations: 10, devicesPerUser: null, maxTransfers: 2, transfersUsed: 2 },
  },
  seatRequest: { askedAt: now - day, given: null },
  isDecidedAnew: true,
};

const seat: Seat = {
  activationId: idOf(190),
  deviceNumber: press7.deviceNumber,
  name: 'Press 7',
  platform: 'Linux x86_64',
  user: null,
  lastSeenAt: now - 2 * day,
  blocked: false,
  likeness: 97,
};

/** What the server knows of devices that people call about. */
export class FakeSupport {
  cases: SupportCase[] = [structuredClone(refusedCase)];
  matches: SupportMatch[] = [];
  seats: Seat[] = [
    seat,
    {
      ...seat,
      activationId: idOf(191),
      name: 'Press 2',
      deviceNumber: '1111 2222 3333',
      blocked: true,
      likeness: 64,
    },
    {
      ...seat,
      activationId: idOf(192),
      name: '',
      deviceNumber: '4444 5555 6666',
      likeness: null,
      user: 'Mona Müller',
    },
  ];

  answer({ method, path, body, query }: ReceivedCall): Answer | null {
    if (path === consolePaths.support) return ok(this.#find(query.get('q') ?? ''));
    for (const each of this.cases) {
      const of = [each.license.id, each.device.deviceId] as const;
      if (path === consolePaths.seats(...of)) return ok({ items: this.seats, total: this.seats.length });
      if (path === consolePaths.rebind(...of) && method === 'POST') return this.#rebind(each, body);
      if (path === consolePaths.withdrawRebind(...of)) return this.#give(each, null);
      if (path === consolePaths.enableLicense(each.license.id)) each.license.state = 'active';
      if (path === consolePaths.unblockDevice(each.device.deviceId)) return this.#unblock(each);
      if (this.seats.some(taken => path === consolePaths.releaseSeat(taken.activationId))) {
        each.license.activeActivations -= 1;
        return { status: 204 };
      }
    }
    return null;
  }

  #find(q: string) {
    const cases = this.cases.filter(({ device }) => q === device.deviceNumber || q === device.name);
    const matches = cases.length > 0 || /^\d/.test(q) ? [] : this.matches;
    return { cases, matches, portals: ['https://portal.acme.example', 'https://other.acme.example'] };
  }

  #rebind(each: SupportCase, body: unknown): Answer {
    const checked = parseFields(rebindSchema, body);
    if ('problem' in checked) return { status: 400, body: { code: 'FIELD_REFUSED', data: checked.problem } };
    const taken = this.seats.find(({ activationId }) => activationId === checked.fields.activationId);
    return this.#give(each, taken ?? null);
  }

  #give(each: SupportCase, given: Seat | null): Answer {
    each.seatRequest = { askedAt: now - day, given };
    return { status: 204 };
  }

  #unblock({ device }: SupportCase): Answer {
    device.blocked = false;
    return { status: 204 };
  }
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}
