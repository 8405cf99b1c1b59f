import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core';
import { chromiumFlags, findChromium } from '../../../scripts/chromium.ts';
import { patienceMs } from './machine.ts';
import type { Site } from './site.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The driver asks for an empty page; without a screen a browser opens one page, and that is the app. */
const withoutPage = 'for flag do shift; [ "$flag" = about:blank ] || set -- "$@" "$flag"; done';

/** A kit on a stick, made beside a running server. */
export interface Kit {
  folder: string;
  origin: string;
  name: string;
}

/** Makes the kit of a site's portal, as `npm run kit` does once the apps are built. */
export async function makeKit(site: Site, folder: string, distFolder = join(root, 'dist')): Promise<Kit> {
  const flags = ['--data', site.dataFolder, '--out', folder, '--dist', distFolder];
  const made = promisify(execFile)(process.execPath, ['src/server/kit/main.ts', ...flags], { cwd: root });
  const { stdout } = await made;
  const origin = /http:\/\/([\w-]+)\.latchkey\.localhost:\d+/.exec(stdout);
  assert.ok(origin?.[1], stdout);
  return { folder, origin: origin[0], name: origin[1] };
}

/**
 * A computer on which nothing but loopback exists, in a network of its own: it was never online. Its browser is started
 * by the kit's own script, under the policies that the kit brings.
 */
export class UnconnectedMachine {
  readonly #home: string;
  readonly #hostName: string;
  #context: BrowserContext | null = null;

  constructor(home: string, hostName: string) {
    this.#home = home;
    this.#hostName = hostName;
  }

  get page(): Page {
    const page = this.#context?.pages().find(page => page.url().startsWith('http:'));
    assert.ok(page, 'the app is not open');
    return page;
  }

  get context(): BrowserContext {
    assert.ok(this.#context, 'the browser is off');
    return this.#context;
  }

  /** Plugs a stick in and starts its script, or the one that the menu of programs names. */
  async start(kit: Kit, { script = join(kit.folder, 'start-linux.sh'), flags = '' } = {}): Promise<void> {
    const executablePath = this.#starter(kit, `'${script}' ${flags}`);
    const place = join(this.#home, '.local/share/latchkey', kit.name);
    const context = await chromium.launchPersistentContext(join(place, 'chromium'), {
      executablePath,
      headless: true,
      args: chromiumFlags(),
      locale: 'en-US',
      viewport: { width: 1280, height: 800 },
      timeout: patienceMs,
    });
    this.#context = context;
    context.setDefaultTimeout(patienceMs);
    if (!context.pages().some(page => page.url().startsWith('http:'))) await context.waitForEvent('page');
    await this.page.waitForLoadState();
  }

  /** The script in the machine's menu of programs. */
  menuScript({ name }: Kit): string {
    const entry = readFileSync(
      join(this.#home, `.local/share/applications/latchkey-${name}.desktop`),
      'utf8',
    );
    return /^Exec=sh "(.*)"$/m.exec(entry)?.[1] ?? '';
  }

  async browserSession(): Promise<CDPSession> {
    const browser = this.context.browser();
    assert.ok(browser);
    return browser.newBrowserCDPSession();
  }

  async close(): Promise<void> {
    await this.#context?.close();
    this.#context = null;
  }

  async takePicture(path: string): Promise<void> {
    await this.#context?.pages().at(-1)?.screenshot({ path });
  }

  /** What the driver starts in the place of a browser. */
  #starter(kit: Kit, script: string): string {
    const policies = join(this.#home, 'etc-chromium');
    mkdirSync(join(policies, 'policies/managed'), { recursive: true });
    const policy = readFileSync(join(kit.folder, `kit/policies/linux/${kit.name}.json`));
    writeFileSync(join(policies, 'policies/managed', `${kit.name}.json`), policy);
    const inside = join(this.#home, 'inside.sh');
    const browser = findChromium();
    assert.ok(browser, 'no Chromium');
    const bound = existsSync('/etc/chromium') ? `mount --bind '${policies}' /etc/chromium` : ':';
    write(
      inside,
      `ip link set lo up\n${bound}\nexport HOME='${this.#home}' LATCHKEY_BROWSER='${browser}'\n` +
        `export LATCHKEY_DEVICE_NAME='${this.#hostName}'\nunset XDG_DATA_HOME\n${withoutPage}\nexec sh ${script} -- "$@"\n`,
    );
    const starter = join(this.#home, 'starter.sh');
    const asRoot = process.getuid?.() === 0 ? '' : '--map-root-user ';
    write(starter, `exec unshare ${asRoot}--net --mount sh '${inside}' "$@"\n`);
    return starter;
  }
}

function write(path: string, commands: string): void {
  writeFileSync(path, `#!/bin/sh\nset -e\n${commands}`);
  chmodSync(path, 0o755);
}
