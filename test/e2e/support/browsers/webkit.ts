import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { findWebKit, type WebKitPrograms } from '../../../../scripts/webkit.ts';
import { WebDriverSession } from './web-driver.ts';
import { type BrowserKind, type BrowserWindow, expressionOf } from './window.ts';

/**
 * WebKitGTK's MiniBrowser. A driven one keeps nothing beyond its session, whatever the profile, and tells nothing of
 * what a page writes to its console.
 */
export const webKit: BrowserKind = {
  keepsProfile: false,
  async start({ downloads }) {
    const { driver, browser, screen } = programs();
    const { display, process: xvfb } = await startScreen(screen);
    const options = { binary: browser, args: ['--automation'] };
    const session = await WebDriverSession.start(
      driver,
      { 'webkitgtk:browserOptions': options },
      {
        ...process.env,
        DISPLAY: display,
        // MiniBrowser saves into the home folder.
        HOME: downloads,
        XDG_CONFIG_HOME: downloads,
        WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
      },
    );
    return webKitWindow(session, () => xvfb.kill());
  },
};

function webKitWindow(session: WebDriverSession, stopScreen: () => void): BrowserWindow {
  return {
    version: session.version,
    complaints: () => [],
    open: address => session.open(address),
    async evaluate(call, ...values) {
      return (await session.evaluate(expressionOf(call, values))) as never;
    },
    async find(call, ...values) {
      const element = await session.element(expressionOf(call, values));
      if (element === null) return null;
      return {
        click: () => session.click(element),
        type: text => session.type(element, text),
        choose: files => session.type(element, files.join('\n')),
      };
    },
    async takePicture(path) {
      writeFileSync(path, await session.screenshot());
    },
    async close() {
      await session.close();
      stopScreen();
    },
  };
}

function programs(): WebKitPrograms {
  const { driver, browser, screen } = findWebKit();
  if (!driver || !browser || !screen) throw new Error('no WebKitGTK with its driver, or no Xvfb');
  return { driver, browser, screen };
}

/** Starts a screen that nobody sees; it picks a free number itself. */
async function startScreen(program: string): Promise<{ display: string; process: ChildProcess }> {
  const args = ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'];
  const xvfb = spawn(program, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const numbers = xvfb.stdio[3];
  if (!numbers) throw new Error('expected a pipe');
  const [number] = await once(numbers, 'data');
  return { display: `:${String(number).trim()}`, process: xvfb };
}
