import { expect, fixture, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import '../../support/themed-page.ts';
import { provideLicense } from '../../../src/client/license-context.ts';
import { checkName, findingText } from '../../../src/device/check/finding-texts.ts';
import '../../../src/device/check/lk-machine-page.ts';
import { findOrWriteMark, forgetMark, thisStart } from '../../../src/device/check/mark.ts';
import {
  checkCamera,
  checkClock,
  checkOffline,
  checkRestart,
  checkSecure,
  checkStorage,
  checks,
} from '../../../src/device/check/probes.ts';
import { textOf } from '../../support/shadow.ts';
import { TestVendor } from '../../support/vendor.ts';
import { closeDevices, openDevice } from '../client/device.ts';

const dayMs = 86_400_000;
const around = { markedAtMs: 1_700_000_000_000, nowMs: 1_700_000_000_000 };

describe('the check of a machine', () => {
  beforeEach(forgetMark);
  afterEach(forgetMark);

  it('writes a mark once, and finds it at the next start', async () => {
    const written = await findOrWriteMark('first start', 1000);
    expect(checkRestart(written, 'first start')).to.equal('marked');
    const found = await findOrWriteMark('second start', 2000);
    expect(found.writtenAtMs).to.equal(1000);
    expect(checkRestart(found, 'second start')).to.equal('survived');
    await forgetMark();
    expect(checkRestart(await findOrWriteMark('third start', 3000), 'third start')).to.equal('marked');
  });

  it('is one start while the window is loaded anew', () => {
    expect(thisStart()).to.equal(thisStart());
    expect(sessionStorage.getItem('latchkey-check-start')).to.equal(thisStart());
  });

  it('finds a storage that refuses, and says that nothing can survive', async () => {
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = () => {
      throw new DOMException('blocked', 'SecurityError');
    };
    try {
      expect(await checkStorage()).to.equal(null);
    } finally {
      IDBFactory.prototype.open = open;
    }
    expect(checkRestart(null)).to.equal('lost');
  });

  it('takes a clock for plausible from a day before the newest signature to ten years after', () => {
    const signedAtMs = 1_700_000_000_000;
    expect(checkClock(signedAtMs, signedAtMs - dayMs)).to.equal('ok');
    expect(checkClock(signedAtMs, signedAtMs - dayMs - 1)).to.equal('early');
    expect(checkClock(signedAtMs, signedAtMs + 3650 * dayMs)).to.equal('ok');
    expect(checkClock(signedAtMs, signedAtMs + 3651 * dayMs)).to.equal('late');
  });

  it('looks at this very browser', async () => {
    expect(checkSecure()).to.equal('ok');
    expect(await checkStorage()).to.not.equal(null);
    expect(await checkOffline('file:')).to.equal('one-file');
    expect(await checkCamera()).to.be.oneOf(['untried', 'none']);
  });
});

describe('the words of a check', () => {
  const failures = [
    findingText('secure', 'insecure', around),
    findingText('storage', 'lost', around),
    findingText('restart', 'marked', around),
    findingText('restart', 'lost', around),
    findingText('persistence', 'not-promised', around),
    findingText('offline', 'not-kept', around),
    findingText('clock', 'early', around),
    findingText('clock', 'late', around),
    findingText('dialogs', 'closed-at-once', around),
    findingText('camera', 'none', around),
    findingText('camera', 'denied', around),
  ];

  it('name a fix for each failure, and none for what is well', () => {
    for (const { tone, text, fix } of failures) {
      expect(tone, text).to.be.oneOf(['warn', 'bad']);
      expect(fix, text).to.match(/^[A-Z].{20,}\.$/);
    }
    expect(findingText('restart', 'survived', around)).to.include({ tone: 'ok', fix: '' });
    expect(new Set(checks.map(checkName)).size).to.equal(checks.length);
  });

  it('name write filters where a mark may have been lost', () => {
    expect(findingText('restart', 'marked', around).fix)
      .to.contain('UWF')
      .and.to.contain('Deep Freeze');
  });
});

describe('<lk-machine-page>', () => {
  let vendor: TestVendor;
  before(async () => {
    vendor = await TestVendor.create();
  });
  beforeEach(forgetMark);
  afterEach(closeDevices);

  it('<lk-machine-page> is accessible, and tells what it finds as it finds it', async () => {
    provideLicense((await openDevice(vendor)).manager);
    const page = await fixture(html`<lk-machine-page></lk-machine-page>`);
    expect(textOf(page)).to.contain('Looking at this machine.');
    await expect(page).to.be.accessible();
    await waitUntil(() => textOf(page).includes('A key was stored, read back and used.'));
    expect(textOf(page)).to.contain('A mark was written on');
    expect(textOf(page)).to.contain('Compare it with your watch.');
    await expect(page).to.be.accessible();
  });
});
