import type { Profile } from '../../api/profile.ts';
import { fromBase64url } from '../../bytes/base64url.ts';
import { toHex } from '../../bytes/hex.ts';
import { drawings } from './drawings.ts';
import { type AppPlace, escapeXml } from './policies.ts';

/** What the printed page names. */
export interface GuideContent extends AppPlace {
  readonly profile: Profile;
  readonly singleFileName: string;
}

const style = `
@page { size: A4; margin: 12mm 14mm; }
* { box-sizing: border-box; margin: 0; }
body { max-width: 182mm; margin: 0 auto; padding: 6mm 4mm; font: 9.5pt/1.32 system-ui, "Segoe UI", Roboto, sans-serif;
  color: #14202b; background: #fff; }
header { display: flex; justify-content: space-between; align-items: flex-end; gap: 8mm; padding-bottom: 3mm;
  border-bottom: .6mm solid #17324d; }
h1 { font-size: 17pt; line-height: 1.15; }
h2 { font-size: 11.5pt; margin-bottom: 1mm; }
header p { flex: none; color: #4a5a68; }
ol.steps { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 5mm; padding: 0; margin: 4mm 0; list-style: none; }
ol.steps svg { width: 100%; height: 24mm; display: block; margin-bottom: 1.5mm; background: #eef3f8; border-radius: 2mm; }
.two { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 3.5mm 8mm; }
section { break-inside: avoid; }
p + p, dl + p, p + dl { margin-top: 1.5mm; }
dt { font-weight: 600; margin-top: 1.2mm; }
code, .print { font-family: ui-monospace, Consolas, "DejaVu Sans Mono", monospace; font-size: 9pt; }
code { overflow-wrap: anywhere; }
.typed { white-space: nowrap; }
.root { margin-top: 4mm; padding: 2.5mm 3.5mm; border: .4mm solid #17324d; border-radius: 2mm; }
.print { font-size: 9.5pt; }
small { color: #4a5a68; font-size: 8.5pt; display: block; margin-top: 3mm; }
@media print { body { padding: 0; max-width: none; } }
@media (max-width: 40rem) { header, .two { display: block; } ol.steps { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  section { margin-bottom: 4mm; } }
`;

/** The page that is printed and laid beside the stick, by itself: no address of another file stands in it. */
export function guidePage(content: GuideContent): string {
  const title = escapeXml(content.profile.brand.name);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>START HERE: ${title}</title>
<style>${style}</style>
</head>
<body>
<header><h1>${title}<br>on a machine without a network</h1><p>Print this page and keep it with the stick.</p></header>
${steps(content)}
<div class="two">
${starting(content)}
${managed(content)}
${again()}
${otherwise(content)}
</div>
${fingerprint(content.profile)}
<small>The scripts for Linux were run by the tests of this version. Those for Windows and macOS were not: no test can run
them. Try each once on a machine of yours before it travels.</small>
</body>
</html>
`;
}

/** Broken only where nobody takes the break for a space or a hyphen. */
function address(text: string): string {
  return escapeXml(text).replace(/([/.])(?=\w)/g, '$1<wbr>');
}

function steps({ profile }: GuideContent): string {
  const portal = address(profile.portals[0] ?? 'the portal');
  const texts = [
    [
      'Start it',
      'Plug the stick in and start the script for the machine’s system. The app opens in a window.',
    ],
    [
      'Check, ask',
      'In the app: <i>Check this machine</i>. Then enter the license key and save the request file to the stick.',
    ],
    [
      'Carry it',
      `Where there is a network, open <code>${portal}</code>, drop the file there and save the answer to the stick.`,
    ],
    [
      'Load it',
      'Back at the machine, load the answer in the app. It says <i>Licensed</i>: done. No network is needed again.',
    ],
  ];
  const items = texts.map(
    ([name, text], index) => `<li>${drawings[index]}<h2>${index + 1}. ${name}</h2><p>${text}</p></li>`,
  );
  return `<ol class="steps">${items.join('\n')}</ol>`;
}

function starting({ origin }: GuideContent): string {
  return `<section><h2>How to start</h2><dl>
<dt>Windows 10, 11</dt><dd>Double-click <code>start-windows.cmd</code>. PowerShell 5.1, which is there; no administrator.</dd>
<dt>macOS</dt><dd>Right-click <code>start-mac.command</code>, <i>Open</i>. Else in Terminal: <code class="typed">sh start-mac.command</code></dd>
<dt>Linux</dt><dd>In a terminal, in the stick’s folder: <code class="typed">sh start-linux.sh</code>. Perl or Python 3 does the rest.</dd>
</dl><p>It needs Edge, Chrome, Chromium or Firefox. The app is copied to the machine, for this login, and starts from the
menu of programs from then on. Its address is <code>${address(origin)}</code>, on this machine alone.</p></section>`;
}

function managed({ name }: GuideContent): string {
  return `<section><h2>Kiosks and managed machines</h2><p>Add <code>--kiosk</code> (Windows: <code>-Kiosk</code>) for the app
alone over the whole screen, <code>--install</code> to only put it there. With policies the browser installs the app by
itself and keeps its storage; run the start script once while they are in place. In <code>kit/policies</code>:</p><dl>
<dt>Windows</dt><dd>import <code>chrome-${name}.reg</code> or <code>edge-${name}.reg</code> as administrator</dd>
<dt>Linux</dt><dd><code>linux/${name}.json</code> to <code>/etc/chromium/policies/managed</code>, for Chrome and Edge
to <code>/etc/opt/chrome</code> or <code>/etc/opt/edge</code></dd>
<dt>macOS, Firefox</dt><dd>a profile with the <code>.plist</code>; <code>policies.json</code> to Firefox’s
<code>distribution</code> folder</dd></dl></section>`;
}

function again(): string {
  return `<section><h2>A newer stick, an image for many</h2><p>Start the script of the newer stick: it takes the old one’s
place, the license stays. The app then offers the update.</p><p>Before a disk image is taken: start the app, <i>About this
device</i>, <i>Prepare for cloning</i>. Each copy is then named after its own computer and asks for its own license.</p></section>`;
}

function otherwise({ singleFileName }: GuideContent): string {
  return `<section><h2>If no script may run</h2><p>Copy <code>${singleFileName}</code> to the machine and open it in the browser. It does
the same, but shares its storage with every file that this browser opens, the browser may clear it, and it cannot be
installed. Open it always in the same browser and the same login.</p></section>`;
}

/** In groups, as the app shows it. */
function fingerprint({ domainId }: Profile): string {
  const groups = toHex(fromBase64url(domainId)).match(/.{4}/g) ?? [];
  return `<section class="root"><h2>The vendor’s root key</h2><p>The app shows this under <i>About this device</i>. If it
shows anything else, do not use it, and call the vendor.</p><p class="print">${groups.join(' ')}</p></section>`;
}
