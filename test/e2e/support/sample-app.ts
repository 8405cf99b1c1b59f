import type { Locator } from 'playwright-core';
import { DeviceApp } from './device-app.ts';

/** The sample vendor's app: the same panels, beside the work that a license unlocks. */
export class SampleApp extends DeviceApp {
  /** A tool of the studio, such as `Export PDF`. */
  tool(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Uses a tool and waits for what the studio says. */
  async use(name: string, said: string): Promise<void> {
    await this.tool(name).click();
    await this.expectText(said);
  }

  /** Uses a tool so many times. */
  async useTimes(name: string, times: number): Promise<void> {
    for (let time = 0; time < times; time += 1) await this.tool(name).click();
  }

  /** All on one page. */
  override async goToGivingUp(): Promise<void> {}
}
