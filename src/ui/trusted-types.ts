/**
 * Makes the page's one Trusted Types policy when it is imported, so it has to be the first import of a page. It lets
 * addresses of scripts of this origin pass (workers and service workers take them as text) and nothing else: no
 * HTML and no script from text.
 */
interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL: (address: string) => string }): unknown;
}

/**
 * Passes the address of a script of this page's origin; in an app that is one file, opened from a disk, what the page
 * itself made. @throws TypeError - for any other address.
 */
export function sameOriginScript(
  address: string,
  page: Pick<Location, 'protocol' | 'origin'> = location,
): string {
  const url = new URL(address, document.baseURI);
  const isOwn = page.protocol === 'file:' ? url.protocol === 'blob:' : url.origin === page.origin;
  if (!isOwn) throw new TypeError(`expected a script of ${page.origin}, got ${url.origin}`);
  return url.href;
}

function policyFactory(): PolicyFactory | null {
  const factory: unknown = Reflect.get(window, 'trustedTypes');
  return isPolicyFactory(factory) ? factory : null;
}

function isPolicyFactory(value: unknown): value is PolicyFactory {
  return typeof value === 'object' && value !== null && 'createPolicy' in value;
}

policyFactory()?.createPolicy('default', { createScriptURL: address => sameOriginScript(address) });
