import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import '../../../src/console/license/lk-usage-history.ts';
import '../../../src/console/overview/lk-activity.ts';
import '../../../src/console/plot/lk-plot.ts';
import type { LkUsageHistory } from '../../../src/console/license/lk-usage-history.ts';
import { usagePlot } from '../../../src/console/license/usage-plot.ts';
import type { LkActivity } from '../../../src/console/overview/lk-activity.ts';
import type { LkPlot } from '../../../src/console/plot/lk-plot.ts';
import type { PlotData } from '../../../src/console/plot/plot-data.ts';
import { usageOf } from './fake/activity.ts';
import { deep, deepAll, deepText, mount } from './mount.ts';
import { consumptionLicense, pressStudio, sampleLicense } from './samples.ts';

const day = 86_400;
const start = Date.UTC(2026, 10, 1) / 1000;

const week: PlotData = {
  times: Array.from({ length: 7 }, (_, index) => start + index * day),
  unit: 'day',
  series: [
    { name: 'Granted', values: [0, 3, 0, 1, 2, 0, 12] },
    { name: 'Refused', values: [1, 0, 0, 0, 2, 0, 0] },
  ],
};

const plotOf = (data: PlotData) => mount<LkPlot>(html`<lk-plot label="Activations" .data=${data}></lk-plot>`);

/** Waits until something is drawn. */
async function drawn(element: Element): Promise<HTMLCanvasElement> {
  await waitUntil(() => deepAll(element, 'canvas').length > 0, 'nothing drawn');
  const canvas = deep<HTMLCanvasElement>(element, 'canvas');
  await waitUntil(() => inked(canvas) > 0, 'nothing on the canvas');
  return canvas;
}

/** Points of a canvas that are not empty. */
function inked(canvas: HTMLCanvasElement): number {
  const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
  return pixels.filter((value, index) => index % 4 === 3 && value > 0).length;
}

describe('<lk-plot>', () => {
  it('is accessible, draws, and has the same numbers in a table, the newest first', async () => {
    const { element } = await plotOf(week);
    await drawn(element);
    await expect(element).to.be.accessible();
    deep<HTMLDetailsElement>(element, 'details').open = true;
    await expect(element).to.be.accessible();
    const rows = deepAll(element, 'tbody tr').map(row => deepText(row));
    expect(rows).to.have.length(7);
    expect(rows[0]).to.equal('Nov 7, 2026 12 0');
    expect(rows[6]).to.equal('Nov 1, 2026 0 1');
    expect(deepText(deep(element, 'thead'))).to.equal('Day Granted Refused');
  });

  it('draws what it is given anew, and takes nothing with it when it goes', async () => {
    const { element } = await plotOf(week);
    await drawn(element);
    element.data = { ...week, series: [{ name: 'Used', values: [5, 5, 5, 5, 5, 5, 5] }] };
    await waitUntil(() => deepText(deep(element, 'thead')) === 'Day Used');
    await drawn(element);
    expect(deepAll(element, 'canvas')).to.have.length(1);
    element.remove();
    expect(deepAll(element, 'canvas')).to.have.length(0);
  });

  it('takes the width that there is', async () => {
    const { element } = await plotOf(week);
    await drawn(element);
    element.style.inlineSize = '300px';
    await waitUntil(() => deep(element, 'canvas').getBoundingClientRect().width === 300);
  });

  it('begins at the right where the page is read from there', async () => {
    const left = await drawn((await plotOf(week)).element);
    document.documentElement.dir = 'rtl';
    const right = await drawn((await plotOf(week)).element);
    document.documentElement.dir = '';
    expect(right.toDataURL()).not.to.equal(left.toDataURL());
    const end = (canvas: HTMLCanvasElement) => {
      const { data = [] } =
        canvas.getContext('2d')?.getImageData(0, 0, canvas.width / 4, canvas.height) ?? {};
      return data.filter((value, index) => index % 4 === 3 && value > 200).length;
    };
    // The largest bar is of the last day.
    expect(end(right)).to.be.above(end(left));
  });
});

describe('<lk-activity>', () => {
  it('is accessible and plots activations, consumption and ends', async () => {
    const { element } = await mount<LkActivity>(html`<lk-activity></lk-activity>`);
    await drawn(element);
    await expect(element).to.be.accessible();
    const texts = deepAll(element, 'table').map(table => deepText(table));
    expect(texts).to.have.length(3);
    expect(texts[0]).to.contain('Nov 27, 2026 7 0').and.contain('Nov 26, 2026 0 2');
    expect(texts[1]).to.contain('Nov 27, 2026 1,234');
    expect(texts[2]).to.contain('Jan 2027 5');
  });
});

describe('usagePlot()', () => {
  it('gives twelve weeks by day, with what was given back only where anything was', () => {
    const plates = usagePlot(usageOf(), 'plates', 'weeks');
    expect(plates.times).to.have.length(84);
    expect(plates.times.at(-1)).to.equal(usageOf().today);
    expect(plates.series.map(({ values }) => values.at(-2))).to.deep.equal([12, 4]);
    expect(plates.series[0]?.values.reduce((sum, value) => sum + value)).to.equal(42);
    const own = usagePlot(usageOf(), '', 'weeks');
    expect(own.series.map(({ values }) => values.at(-1))).to.deep.equal([800]);
  });

  it('gives a year by month', () => {
    const { times, unit, series } = usagePlot(usageOf(), 'plates', 'year');
    expect([times.length, unit]).to.deep.equal([12, 'month']);
    expect(times.at(-1)).to.equal(Date.UTC(2026, 10) / 1000);
    expect(series.map(({ values }) => values.slice(-2))).to.deep.equal([
      [30, 12],
      [0, 4],
    ]);
  });
});

describe('<lk-usage-history>', () => {
  const open = (license = consumptionLicense) =>
    mount<LkUsageHistory>(
      html`<lk-usage-history .license=${license} .features=${pressStudio.features}></lk-usage-history>`,
    );

  it('is accessible and plots each counter, by day and by month', async () => {
    const { element } = await open();
    await drawn(element);
    await expect(element).to.be.accessible();
    expect(deepText(element)).to.contain('Nov 27, 2026 800');
    const span = deep<HTMLSelectElement>(element, 'select');
    span.value = 'year';
    span.dispatchEvent(new Event('change'));
    await waitUntil(() => deepText(element).includes('Nov 2026 800'));
  });

  it('says so when the license counts nothing', async () => {
    const { element } = await open(sampleLicense(1, {}, { limits: null, features: [] }));
    await expect(element).to.be.accessible();
    expect(deepText(element)).to.contain('Nothing is counted');
  });
});
