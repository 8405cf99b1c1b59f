import assert from 'node:assert/strict';
import { ConsoleApi } from './support/console-api.ts';
import { journey, type World } from './support/journey.ts';
import type { Line, Weather } from './support/line.ts';
import type { PortalPage } from './support/portal-page.ts';
import type { SampleApp } from './support/sample-app.ts';

/** How what broke off is finished. */
type Finish = 'network' | 'stick';

/** Where the line breaks, and how the request, the report and the deactivation are finished after it. */
const journeys: [Weather, [Finish, Finish, Finish]][] = [
  ['refused', ['network', 'stick', 'network']],
  ['breaks while sending', ['stick', 'network', 'stick']],
  ['breaks once decided', ['network', 'stick', 'network']],
  ['breaks once decided', ['stick', 'network', 'stick']],
  ['breaks while answering', ['stick', 'network', 'stick']],
  ['breaks while answering', ['network', 'stick', 'network']],
];

for (const [weather, [request, report, deactivation]] of journeys) {
  journey(
    `a line that ${weather === 'refused' ? 'is not there' : weather} loses and doubles nothing; finished by ${request}, ${report}, ${deactivation}`,
    async world => {
      world.guard.expect(/Failed to load resource: net::ERR_\w+/);
      const trip = await Trip.begin(world, weather);
      const { studio, staff, id, key } = trip;
      const totals = async () => (await staff.license(id)).totals.map(({ total }) => total);
      const seats = async () => (await staff.devices(id)).map(({ state }) => state);

      await studio.enterKey(key);
      await studio.press('Make the request file');
      await studio.expectText('Not saved yet.');
      await trip.cut();
      await trip.finish(request, () => studio.saveFile(), 'Licensed');
      await studio.expectText('0 of 100 used');
      assert.deepEqual(await seats(), ['active']);

      await studio.useTimes('Print a page', 3);
      await studio.expectText('3 of 100 used');
      await studio.press('Make a usage report');
      await studio.expectText('Not saved yet.');
      await trip.cut();
      // What is used while the answer is under way belongs to the next report.
      await studio.useTimes('Print a page', 1);
      await trip.finish(report, () => studio.saveFile(), 'Usage taken, license refreshed');
      await studio.expectOpenRequests(0);
      await studio.expectText('4 of 100 used');
      assert.deepEqual(await totals(), [3]);

      await studio.confirmGivingUp();
      await trip.cut();
      await trip.finish(deactivation, () => studio.saveFile(), 'Deactivated, the seat is free');
      await studio.expectText('Confirmed by the portal on');
      assert.deepEqual(await totals(), [4]);
      assert.deepEqual(await seats(), ['deactivated']);
    },
  );
}

/** A device whose line to the portal breaks in one way, again and again. */
class Trip {
  static async begin(world: World, weather: Weather): Promise<Trip> {
    const line = await world.layLine();
    const site = await world.startSiteBehind(line);
    const staff = await ConsoleApi.open(site);
    const limits = { maximum: 100, overageMaximum: 0 };
    const { id, key } = await staff.issue('consumption', { limits, maxActivations: 1 });
    const studio = await world.onlineSample(site, 'Press 7');
    await studio.expectText('Press Studio is locked');
    const portal = await world.visitPortal(site);
    return new Trip({ weather, line, staff, id, key, studio, portal });
  }

  readonly staff: ConsoleApi;
  readonly id: string;
  readonly key: string;
  readonly studio: SampleApp;
  readonly #portal: PortalPage;
  readonly #line: Line;
  readonly #weather: Weather;

  private constructor(parts: {
    weather: Weather;
    line: Line;
    staff: ConsoleApi;
    id: string;
    key: string;
    studio: SampleApp;
    portal: PortalPage;
  }) {
    this.staff = parts.staff;
    this.id = parts.id;
    this.key = parts.key;
    this.studio = parts.studio;
    this.#portal = parts.portal;
    this.#line = parts.line;
    this.#weather = parts.weather;
  }

  /** Lets the device sync over the line that breaks, and waits until it says that it did not do. */
  async cut(): Promise<void> {
    const { broken } = this.#line;
    await this.#line.change(this.#weather);
    const { page } = this.studio;
    const isExchange = (url: string) => url.endsWith('/api/v1/exchange');
    await Promise.all([
      page.waitForEvent('requestfailed', request => isExchange(request.url())),
      this.#comeBack(),
    ]);
    await this.studio.expectText('Not synced. The portal did not answer.');
    assert.equal(this.#line.broken > broken, this.#weather !== 'refused');
  }

  /** Mends the line, and finishes over it or with a stick. */
  async finish(way: Finish, save: () => Promise<string>, decision: string): Promise<void> {
    await this.#line.change('open');
    if (way === 'network') await this.#comeBack();
    else await this.studio.load(await this.#portal.exchange(await save(), decision));
    await this.studio.expectNoText('Not synced.');
  }

  /** The network goes and comes, as the browser sees it. */
  async #comeBack(): Promise<void> {
    await this.studio.machine.setNetwork(false);
    await this.studio.expectText('Offline.');
    await this.studio.machine.setNetwork(true);
  }
}
