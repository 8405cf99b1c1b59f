import type { SiteNames } from '../options.ts';

/** One of the server's sites; each is an origin of its own, so that none can reach into another. */
export type SiteName = keyof SiteNames;

/** Origins of the sites as browsers see them, such as `http://app.latchkey.localhost:8787`. */
export type Origins = Record<SiteName, string>;

/**
 * Makes origins of the names given by option.
 *
 * @throws TypeError - a name that is neither, or two sites of one host.
 */
export function createOrigins(names: SiteNames, port: number): Origins {
  const origins: Origins = {
    app: originOf(names.app, port),
    portal: originOf(names.portal, port),
    console: originOf(names.console, port),
    sample: originOf(names.sample, port),
  };
  const hosts = new Set(Object.values(origins).map(hostOf));
  if (hosts.size < Object.keys(origins).length) {
    throw new TypeError('expected a host of its own for each of app, portal, console and sample');
  }
  return origins;
}

/** The Host header that requests to an origin carry. */
export function hostOf(origin: string): string {
  return new URL(origin).host;
}

/** The host that a Host header names, without a default port; null when it names none. */
export function parseHost(header: string | undefined): URL | null {
  if (header === undefined || !/^[\w.:[\]-]+$/.test(header)) return null;
  return URL.parse(`http://${header}`);
}

/** Whether a host is an address of the machine rather than the name of a site. */
export function isBareHost(hostname: string, listenHost: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]', listenHost, `[${listenHost}]`].includes(hostname);
}

/**
 * The origin of a host name, which gets http and the server's port, or a whole origin, which stays.
 *
 * @throws TypeError - what is neither.
 */
export function originOf(name: string, port: number): string {
  const url = URL.parse(/^https?:\/\//.test(name) ? name : `http://${name}:${port}`);
  if (!url || url.hostname === '' || url.pathname !== '/' || url.search !== '' || url.username !== '') {
    throw new TypeError(`expected a host name or an origin, got ${name}`);
  }
  return url.origin;
}
