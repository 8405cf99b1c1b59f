import { msg, str } from '@lit/localize';

/** What the page names. */
export interface StartPage {
  /** What people call the vendor. */
  vendor: string;
  /** Addresses of the portal, the best first. */
  portals: readonly string[];
}

/** On the body, since one file of everything can hold no tag of a style sheet in its script. */
const LOOK =
  'max-width: 38rem; margin: 3rem auto; padding: 0 1.25rem; font: 1.125rem/1.7 system-ui, sans-serif; overflow-wrap: anywhere';

/**
 * The page that lies on a stick for whoever finds it: what the folders are for, and where the portal is. A whole HTML
 * document without script, good on any machine.
 */
export function startPage({ vendor, portals }: StartPage): string {
  const title = vendor ? msg(str`License files of ${vendor}`) : msg('License files');
  const { lang, dir } = document.documentElement;
  return `<!doctype html>
<html lang="${escaped(lang || 'en')}" dir="${escaped(dir || 'ltr')}" style="color-scheme: light dark">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<body style="${LOOK}">
<h1>${escaped(title)}</h1>
<p>${escaped(msg('This folder carries files between machines without a network and the license portal.'))}</p>
<ol>
  <li>${escaped(msg('At a machine, save its file to this stick.'))}</li>
  <li>${escaped(msg('On a computer with a network, open the portal and give it this folder. You need no account.'))}${portals.map(linkOf).join('')}</li>
  <li>${escaped(msg('Back at each machine, press Load from stick.'))}</li>
</ol>
<p><small>${escaped(msg('to-portal holds what machines ask, to-device what the portal answers, outcomes how far each machine is. Whoever finds this stick can read which machines there are; the license keys in their files are sealed.'))}</small></p>
</html>
`;
}

function linkOf(portal: string): string {
  return `<br><a href="${escaped(portal)}" rel="noreferrer">${escaped(portal)}</a>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
