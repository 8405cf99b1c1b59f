/** Renders the PNG icons of the web app manifest from the SVG files of public/icons/. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { chromiumFlags, findChromium } from './chromium.ts';
import { root } from './run.ts';

const icons = [
  { source: 'icon.svg', target: 'icon-192.png', size: 192 },
  { source: 'icon.svg', target: 'icon-512.png', size: 512 },
  { source: 'maskable.svg', target: 'maskable-192.png', size: 192 },
  { source: 'maskable.svg', target: 'maskable-512.png', size: 512 },
];

const executablePath = findChromium();
if (!executablePath) throw new Error('no Chromium found; set CHROMIUM_PATH');
const browser = await chromium.launch({ executablePath, args: chromiumFlags() });
for (const { source, target, size } of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const svg = readFileSync(join(root, 'public/icons', source), 'utf8');
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`);
  await page.screenshot({ path: join(root, 'public/icons', target), omitBackground: true });
  await page.close();
}
await browser.close();
