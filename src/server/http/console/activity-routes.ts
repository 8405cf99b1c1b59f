import { Hono } from 'hono';
import type { LicenseUsage } from '../../../api/licenses.ts';
import type { Activity, Overview } from '../../../api/overview.ts';
import { consolePaths } from '../../../api/paths.ts';
import { requireLicense } from '../../../issue/administer/required.ts';
import { createActivity } from '../../activity.ts';
import {
  countDue,
  countEnds,
  countOverdue,
  countOverMaximum,
  listUsage,
} from '../../db/console/activity-queries.ts';
import { overview } from '../../db/console/overview-queries.ts';
import { dayOf, startOfDay } from '../../db/days.ts';
import { recordsOf } from '../../db/repository.ts';
import type { SiteEnv } from '../request/site-env.ts';
import { type ConsolePortal, idParam, nowOf } from './console-env.ts';

const MONTHS = 12;
const USAGE_DAYS = 365;

/** Rows of one license: a year of days, of more counters than a product mostly has. */
const MOST_USAGE = 10_000;

/** Of what takes reading each: more is told as so many. */
const MOST_COUNTED = 1000;

/** How much there is, what needs a person, and what happened over time. */
export function createActivityRoutes(portal: ConsolePortal): Hono<SiteEnv> {
  const app = new Hono<SiteEnv>();
  const { db } = portal.database;
  const daysUntil = createActivity(portal.database);
  app.get(consolePaths.overview, async context => {
    const needs = {
      overMaximum: await countOverMaximum(db),
      overdueReports: await countOverdue(db, nowOf(portal), MOST_COUNTED),
      dueRefreshes: await countDue(db, MOST_COUNTED),
    };
    return context.json({ ...(await overview(db, nowOf(portal))), needs } satisfies Overview);
  });
  app.get(consolePaths.activity, async context => {
    const nowS = nowOf(portal);
    const days = (await daysUntil(nowS)).map(({ day, ...counts }) => ({
      startsAt: startOfDay(day),
      ...counts,
    }));
    const moments = monthsFrom(nowS);
    const counts = await countEnds(db, moments);
    const ends = counts.map((licenses, index) => ({ startsAt: moments[index] ?? nowS, licenses }));
    return context.json({ days, ends } satisfies Activity);
  });
  app.get(consolePaths.licenseUsage(':id'), async context => {
    const { id } = await requireLicense(idParam(context.req.param('id'), 16), recordsOf(db));
    const today = dayOf(nowOf(portal));
    const found = await listUsage(db, id, { firstDay: today - USAGE_DAYS + 1, limit: MOST_USAGE });
    const days = found.map(({ day, ...sums }) => ({ ...sums, startsAt: startOfDay(day) }));
    return context.json({ days, today: startOfDay(today) } satisfies LicenseUsage);
  });
  return app;
}

/** Now, and the beginnings of the months after it in UTC, one more than months are counted. */
function monthsFrom(nowS: number): number[] {
  const now = new Date(nowS * 1000);
  const later = Array.from({ length: MONTHS }, (_, index) =>
    Math.floor(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + index + 1) / 1000),
  );
  return [nowS, ...later];
}
