import type { DeviceSummary, KnownDevice } from '../../../../src/api/devices.ts';
import { consolePaths } from '../../../../src/api/paths.ts';
import type { Answer, FakeServer, ReceivedCall } from '../fake-server.ts';

/** Devices and files over all licenses. */
export function answerLists(server: FakeServer, { path, query }: ReceivedCall): Answer | null {
  if (path === consolePaths.devices) return ok(listDevices(server.knownDevices, query));
  if (path === consolePaths.exchanges) return ok(listExchanges(server, query));
  const device = server.knownDevices.find(({ id }) => path === consolePaths.device(id));
  if (device) return ok(device);
  for (const { deviceId, id, license } of server.exchanges) {
    if (path === consolePaths.receivedFile(deviceId, id, license.id)) return bytes(1);
    if (path === consolePaths.answerFile(deviceId, id, license.id)) return bytes(2);
  }
  return null;
}

function listDevices(devices: readonly KnownDevice[], query: URLSearchParams) {
  const q = query.get('q') ?? '';
  const state = query.get('state');
  const items = devices
    .map(summaryOf)
    .filter(({ name, number }) => `${name} ${number}`.includes(q))
    .filter(each => !state || each.state === state || (state === 'blocked' && each.blocked));
  return { items, total: items.length, page: 1, pageSize: 50, lookedAt: null };
}

function summaryOf({ virtualMachine: _, licenses, ...said }: KnownDevice): DeviceSummary {
  const hasSeat = licenses.some(({ device }) => device.state === 'active');
  return {
    ...said,
    state: hasSeat ? 'active' : 'refused',
    licenses: licenses.map(({ license }) => license),
  };
}

/** One file to a page, so that two make pages. */
function listExchanges({ exchanges }: FakeServer, query: URLSearchParams) {
  const [decision, device] = [query.get('decision'), query.get('device')];
  const found = exchanges.filter(
    each =>
      (!decision || each.decision === decision) &&
      (!device || each.deviceId === device || each.deviceNumber === device),
  );
  const start = query.has('after') ? 1 : 0;
  const items = found.slice(start, start + 1);
  const next =
    found.length > start + 1 ? `${items[0]?.at}-${'0'.repeat(64)}-${'0'.repeat(32)}-${'0'.repeat(32)}` : null;
  return { items, next, lookedUntil: null };
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}

function bytes(value: number): Answer {
  return { status: 200, bytes: Promise.resolve(new Uint8Array([value])) };
}
