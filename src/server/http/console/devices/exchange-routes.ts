import { type Context, Hono } from 'hono';
import { type ExchangePage, type ExchangeQuery, exchangeQuerySchema } from '../../../../api/exchanges.ts';
import { consolePaths } from '../../../../api/paths.ts';
import type { Bytes } from '../../../../bytes/bytes.ts';
import { fromHex, toHex } from '../../../../bytes/hex.ts';
import { LatchkeyError } from '../../../../errors.ts';
import { parseDeviceNumber } from '../../../../license/device-number.ts';
import {
  type ExchangeFilter,
  type ExchangePlace,
  findFiles,
  searchExchanges,
} from '../../../db/console/exchange-queries.ts';
import { fieldsOf } from '../../request/body.ts';
import type { SiteEnv } from '../../request/site-env.ts';
import { type ConsolePortal, findId, idParam } from '../console-env.ts';
import { dayRange } from '../day-range.ts';
import { viewExchange } from './device-view.ts';

/** Files of all licenses that came and went, and their bytes. */
export function createExchangeRoutes({ database }: ConsolePortal): Hono<SiteEnv> {
  const { db } = database;
  const app = new Hono<SiteEnv>();
  app.get(consolePaths.exchanges, async context => {
    const query = fieldsOf(exchangeQuerySchema, context.req.query());
    const filter = filterOf(query);
    if (filter === null)
      return context.json({ items: [], next: null, lookedUntil: null } satisfies ExchangePage);
    const page = { after: placeOf(query.after), limit: query.pageSize };
    const { items, next, isCut } = await searchExchanges(db, filter, page);
    return context.json({
      items: items.map(viewExchange),
      next: next && placeText(next),
      lookedUntil: isCut && next ? next.decidedAtS : null,
    } satisfies ExchangePage);
  });
  const filesOf = (context: Context<SiteEnv>) =>
    findFiles(db, {
      deviceId: idParam(context.req.param('device'), 32),
      requestId: idParam(context.req.param('exchange'), 16),
      licenseId: idParam(context.req.param('license'), 16),
    });
  app.get(consolePaths.receivedFile(':device', ':exchange', ':license'), async context => {
    return context.body(kept((await filesOf(context))?.received), 200, binary);
  });
  app.get(consolePaths.answerFile(':device', ':exchange', ':license'), async context => {
    return context.body(kept((await filesOf(context))?.answer), 200, binary);
  });
  return app;
}

const binary = { 'content-type': 'application/octet-stream' };

/** What was erased is empty, or null. */
function kept(file: Bytes | null | undefined): Bytes {
  if (!file || file.length === 0) throw new LatchkeyError('NOT_FOUND', 'no such file, or it is erased');
  return file;
}

/** null: it names a device that there cannot be. */
function filterOf({ kind, decision, code, day, device }: ExchangeQuery): ExchangeFilter | null {
  const filter = { kind, decision, code, range: day === undefined ? undefined : dayRange(day) };
  if (device === undefined) return filter;
  const id = findId(device.toLowerCase(), 32);
  if (id) return { ...filter, device: { id } };
  const number = parseDeviceNumber(device);
  return number === null ? null : { ...filter, device: { number } };
}

function placeText({ decidedAtS, deviceId, requestId, licenseId }: ExchangePlace): string {
  return [decidedAtS, ...[deviceId, requestId, licenseId].map(toHex)].join('-');
}

function placeOf(text: string | undefined): ExchangePlace | null {
  const [time, device, request, license] = text?.split('-') ?? [];
  if (!device || !request || !license) return null;
  const ids = { deviceId: fromHex(device), requestId: fromHex(request), licenseId: fromHex(license) };
  return { decidedAtS: Number(time), ...ids };
}
