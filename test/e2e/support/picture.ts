import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const folder = fileURLToPath(new URL('../../../docs/images/', import.meta.url));
const size = { width: 960, height: 840 };
const pictureWidth = 640;

/** Takes a picture for the README, when `npm run pictures` asks for it. */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (process.env.LATCHKEY_PICTURES !== '1') return;
  const before = page.viewportSize();
  await page.setViewportSize(size);
  await page.evaluate(() => scrollTo(0, 0));
  const session = await page.context().newCDPSession(page);
  const clip = { x: 0, y: 0, ...size, scale: pictureWidth / size.width };
  const { data } = await session.send('Page.captureScreenshot', { format: 'png', clip });
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}${name}.png`, Buffer.from(data, 'base64'));
  await session.detach();
  if (before) await page.setViewportSize(before);
}
