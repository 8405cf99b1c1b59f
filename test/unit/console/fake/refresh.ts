import type { Device } from '../../../../src/api/devices.ts';
import { consolePaths } from '../../../../src/api/paths.ts';
import { parseFields } from '../../../../src/api/problem.ts';
import {
  type DueDevice,
  type DueList,
  type MadeRefreshList,
  makeRefreshFilesSchema,
} from '../../../../src/api/refresh.ts';
import { toBase64url } from '../../../../src/bytes/base64url.ts';
import { fromHex } from '../../../../src/bytes/hex.ts';
import { licenseAnswer } from '../../../support/portal-files.ts';
import type { FakeServer, ReceivedCall } from '../fake-server.ts';

/** A refresh file for a device, signed by the test vendor. */
export function refreshFileOf({
  activationId,
  deviceId,
  revision,
  blocked,
}: Device): Promise<Uint8Array<ArrayBuffer>> {
  return licenseAnswer(0, {
    requestId: undefined,
    activationId: fromHex(activationId ?? ''),
    deviceId: fromHex(deviceId),
    revision: revision + 1,
    licenseState: blocked ? 'blocked' : undefined,
  });
}

/** Refresh files for many devices, and those that are due; null for a call about something else. */
export function answerRefresh(server: FakeServer, call: ReceivedCall) {
  if (call.path !== consolePaths.refreshFiles) return null;
  if (call.method === 'GET') return { status: 200, body: dueOf(server, call.query) };
  const checked = parseFields(makeRefreshFilesSchema, call.body);
  if ('problem' in checked) return { status: 400, body: { code: 'FIELD_REFUSED', data: checked.problem } };
  for (const id of checked.fields.activationIds) server.made.add(id);
  const items = checked.fields.activationIds.map(async activationId => {
    const device = server.devices.find(each => each.activationId === activationId);
    if (!device) return { activationId, code: 'NOT_FOUND' };
    return { activationId, file: toBase64url(await server.refreshFileOf(device)) };
  });
  const body = Promise.all(items).then(made => ({ items: made }) satisfies MadeRefreshList);
  return { status: 200, body };
}

function dueOf({ due, made }: FakeServer, query: URLSearchParams): DueList {
  const isMade = ({ activationId }: DueDevice) => made.has(activationId);
  const wantsMade = query.get('standing') === 'made';
  const q = query.get('q') ?? '';
  const items = due.filter(
    each => isMade(each) === wantsMade && `${each.deviceName} ${each.deviceNumber}`.includes(q),
  );
  const counts = { 'to-make': due.filter(each => !isMade(each)).length, made: due.filter(isMade).length };
  return { items, total: items.length, page: 1, pageSize: 50, counts };
}
