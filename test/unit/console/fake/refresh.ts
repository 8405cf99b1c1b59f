import type { Device } from '../../../../src/api/devices.ts';
import { consolePaths } from '../../../../src/api/paths.ts';
import { parseFields } from '../../../../src/api/problem.ts';
import { type MadeRefreshList, makeRefreshFilesSchema } from '../../../../src/api/refresh.ts';
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

/** Refresh files for many devices; null for a call about something else. */
export function answerRefresh(server: FakeServer, call: ReceivedCall) {
  if (call.path !== consolePaths.refreshFiles) return null;
  const checked = parseFields(makeRefreshFilesSchema, call.body);
  if ('problem' in checked) return { status: 400, body: { code: 'FIELD_REFUSED', data: checked.problem } };
  const items = checked.fields.activationIds.map(async activationId => {
    const device = server.devices.find(each => each.activationId === activationId);
    if (!device) return { activationId, code: 'NOT_FOUND' };
    return { activationId, file: toBase64url(await server.refreshFileOf(device)) };
  });
  const body = Promise.all(items).then(made => ({ items: made }) satisfies MadeRefreshList);
  return { status: 200, body };
}
