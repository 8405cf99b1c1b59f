import { Hono } from 'hono';
import {
  type AuditFound,
  type AuditPage,
  type AuditQuery,
  auditQuerySchema,
  verifyAuditSchema,
} from '../../../api/audit.ts';
import { consolePaths } from '../../../api/paths.ts';
import { type Bytes, utf8 } from '../../../bytes/bytes.ts';
import { fromHex, toHex } from '../../../bytes/hex.ts';
import { parseDeviceNumber } from '../../../license/device-number.ts';
import { type AuditFilter, type AuditLine, readAudit, searchAudit } from '../../db/console/audit-queries.ts';
import {
  FIRST,
  formatLink,
  type Link,
  lastLink,
  parseLink,
  verifyAuditPart,
} from '../../db/records/audit-chain.ts';
import { fieldsOf, readJson } from '../request/body.ts';
import type { SiteEnv } from '../request/site-env.ts';
import { streamOf } from '../stream-of.ts';
import { type ConsolePortal, findId } from './console-env.ts';
import { dayRange } from './day-range.ts';
import { viewLogEntry } from './devices/device-view.ts';

/** The audit log: its entries, whether they are as they were written, and all of them as a file. */
export function createAuditRoutes(portal: ConsolePortal): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();
  const { db } = portal.database;
  app.get(consolePaths.audit, async context => {
    return context.json(await findEntries(portal, fieldsOf(auditQuerySchema, context.req.query())));
  });
  app.post(consolePaths.verifyAudit, async context => {
    const { after, noted } = await readJson(context.req.raw, verifyAuditSchema);
    const found = await verifyAuditPart(db, {
      after: linkOf(after) ?? FIRST,
      noted: linkOf(noted),
    });
    if ('brokenAt' in found) return context.json(found satisfies AuditFound);
    const { last, isEnd } = found;
    const total = Math.max((await lastLink(db))?.sequence ?? 0, last.sequence);
    return context.json({
      last: formatLink(last),
      sequence: last.sequence,
      total,
      isEnd,
    } satisfies AuditFound);
  });
  app.get(consolePaths.exportAudit, context => {
    context.header('content-type', 'application/jsonl; charset=utf-8');
    context.header('content-disposition', 'attachment; filename="audit-log.jsonl"');
    // A failure on the way breaks the connection off: half a log never looks like a whole one.
    return context.body(streamOf(linesOf(portal)));
  });
  return app;
}

function linkOf(text: string | null): Link | null {
  return text === null ? null : parseLink(text);
}

async function findEntries({ database }: ConsolePortal, query: AuditQuery): Promise<AuditPage> {
  const { db } = database;
  const newest = await lastLink(db);
  const shown = { newest: newest ? formatLink(newest) : null };
  const filter = filterOf(query);
  if (filter === null) return { items: [], next: null, lookedUntil: null, ...shown };
  const before = query.before === undefined ? null : Number(query.before);
  const { items, next, lookedUntilMs } = await searchAudit(db, filter, { before, limit: query.pageSize });
  const lookedUntil = lookedUntilMs === null ? null : Math.floor(lookedUntilMs / 1000);
  return { items: items.map(viewLogEntry), next, lookedUntil, ...shown };
}

/** null: it names a device that there cannot be. */
function filterOf({ actor, action, day, license, device, product }: AuditQuery): AuditFilter | null {
  const range = day === undefined ? null : dayRange(day);
  const filter: AuditFilter = {
    actor,
    action,
    product,
    range: range ? { fromMs: range.fromS * 1000, untilMs: range.untilS * 1000 } : undefined,
    licenseId: license === undefined ? undefined : fromHex(license),
  };
  if (device === undefined) return filter;
  const id = findId(device.toLowerCase(), 32);
  if (id) return { ...filter, device: { id } };
  const number = parseDeviceNumber(device);
  return number === null ? null : { ...filter, device: { number } };
}

async function* linesOf({ database }: ConsolePortal): AsyncGenerator<Bytes> {
  for await (const lines of readAudit(database.db)) {
    yield utf8(lines.map(line => `${JSON.stringify(exported(line))}\n`).join(''));
  }
}

function exported({
  sequence,
  hash,
  atMs,
  actor,
  action,
  product,
  licenseId,
  deviceId,
  userId,
  subjectId,
  changed,
}: AuditLine) {
  return {
    sequence,
    at: new Date(atMs).toISOString(),
    actor,
    action,
    product,
    license: licenseId && toHex(licenseId),
    device: deviceId && toHex(deviceId),
    user: userId && toHex(userId),
    subject: subjectId && toHex(subjectId),
    changed,
    hash: toHex(hash),
  };
}
