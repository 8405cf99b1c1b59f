import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { Profile } from '../../api/profile.ts';
import type { Logger } from '../log.ts';
import { hostOf, isBareHost, type Origins, parseHost, type SiteName } from './origins.ts';
import { createBarePage } from './public/bare-page.ts';
import { createShareRoute, deviceDoors } from './public/doors.ts';
import { type InlineSources, inlineSources } from './public/inline-sources.ts';
import { createManifestRoute, createProfileRoute } from './public/profile.ts';
import { createHealth } from './public/public-api.ts';
import { answerStatic, type StaticFiles } from './public/static-files.ts';
import { answerNotFound, answerProblem } from './request/problem.ts';
import { requestLog } from './request/request-log.ts';
import { deviceRights, type PageRights, securityHeaders } from './request/security-headers.ts';
import type { SiteEnv } from './request/site-env.ts';

export interface SitesOptions {
  origins: Origins;
  /** Addresses of the portal for devices: its origin first, then others that lead here or to another server. */
  portals: readonly string[];
  /** Address that the server listens on. */
  listenHost: string;
  log: Logger;
  /** Throws when a database does not answer. */
  ping: () => Promise<void>;
  /** Exchange and trust. */
  publicApi: Hono<SiteEnv>;
  /** Everything under /api/ of the console. */
  consoleApi: Hono<SiteEnv>;
  profiles: { app: () => Promise<Profile>; sample: () => Promise<Profile> };
  /** The built apps; without the sample, that host is unknown. */
  files: Record<Exclude<SiteName, 'sample'>, StaticFiles> & { sample: StaticFiles | null };
}

/** Answers one request; the site goes by the Host header. */
export type Handler = (request: Request, bindings: HttpBindings) => Response | Promise<Response>;

/** Puts the sites together. A host that is none of them is refused, whatever the path. */
export function createSites(options: SitesOptions): Handler {
  const { origins, portals } = options;
  const portalSite = createPortalSite(options);
  const sites = new Map<string, Hono<SiteEnv>>([
    ...portals.map(portal => [hostOf(portal), portalSite] as const),
    [hostOf(origins.app), createAppSite(options)],
    [hostOf(origins.console), createConsoleSite(options)],
  ]);
  if (options.files.sample)
    sites.set(hostOf(origins.sample), createSampleSite(options, options.files.sample));
  const bare = createSite('bare', options, {});
  bare.route('/', createBarePage(origins, { hasSample: options.files.sample !== null }));
  return (request, bindings) => {
    const host = parseHost(bindings.incoming.headers.host);
    if (!host) return refuseHost();
    const site = sites.get(host.host) ?? (isBareHost(host.hostname, options.listenHost) ? bare : null);
    return site ? site.fetch(request, bindings) : refuseHost();
  };
}

const leastRights = {
  connect: [],
  inline: { scripts: [], styles: [] },
  verifies: false,
  films: false,
  runsOffline: false,
};

function createAppSite(options: SitesOptions): Hono<SiteEnv> {
  const inline = inlineSources(options.files.app);
  const site = createDeviceSite('app', options, {
    inline,
    profileOf: options.profiles.app,
    doors: deviceDoors,
  });
  site.route('/', createShareRoute());
  site.route('/', options.publicApi);
  return withFiles(site, options.files.app, { fallback: true });
}

/** A vendor's app has a host of its own and nothing else there: it reaches the portal like any other origin. */
function createSampleSite(options: SitesOptions, files: StaticFiles): Hono<SiteEnv> {
  const inline = inlineSources(files);
  const site = createDeviceSite('sample', options, { inline, profileOf: options.profiles.sample });
  return withFiles(site, files, { fallback: true });
}

function createDeviceSite(
  name: 'app' | 'sample',
  options: SitesOptions,
  { inline, profileOf, doors }: { inline: InlineSources; profileOf: () => Promise<Profile>; doors?: object },
): Hono<SiteEnv> {
  const site = createSite(name, options, deviceRights(options.portals, inline));
  site.route('/', createProfileRoute(profileOf));
  site.route('/', createManifestRoute(profileOf, doors));
  return site;
}

/** Its page verifies the answers before somebody carries them away, and has to know the vendor for that. */
function createPortalSite(options: SitesOptions): Hono<SiteEnv> {
  const site = createSite('portal', options, { verifies: true, films: true });
  site.route('/', options.publicApi);
  site.route('/', createProfileRoute(options.profiles.app));
  return withFiles(site, options.files.portal, { fallback: false });
}

/** Its pages verify refresh files before somebody saves them. */
function createConsoleSite(options: SitesOptions): Hono<SiteEnv> {
  const site = createSite('console', options, { verifies: true });
  site.route('/', options.consoleApi);
  site.route('/', createProfileRoute(options.profiles.app));
  return withFiles(site, options.files.console, { fallback: true });
}

function createSite(
  name: SiteName | 'bare',
  { log, ping, origins }: SitesOptions,
  rights: Partial<PageRights>,
): Hono<SiteEnv> {
  const isHttps = name !== 'bare' && origins[name].startsWith('https:');
  const site = new Hono<SiteEnv>();
  site.use(requestLog(name, log));
  site.use(securityHeaders({ ...leastRights, isHttps, ...rights }));
  site.onError(answerProblem);
  site.notFound(answerNotFound);
  site.route('/', createHealth(ping));
  return site;
}

function withFiles(site: Hono<SiteEnv>, files: StaticFiles, options: { fallback: boolean }): Hono<SiteEnv> {
  return site.get('*', context => answerStatic(context, files, options) ?? answerNotFound(context));
}

function refuseHost(): Response {
  const headers = { 'content-security-policy': "default-src 'none'", 'x-content-type-options': 'nosniff' };
  return Response.json({ code: 'NOT_FOUND', text: 'no site of this name is here' }, { status: 421, headers });
}
