import { expect } from '@open-wc/testing';
import { askForPersistence, clearsUnusedData } from '../../../src/platform/persistence.ts';

const agents = {
  safari:
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.4 Safari/605.1.15',
  chromeOnPhone:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 16_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/112.0.5615.46 Mobile/15E148 Safari/604.1',
  chrome:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0.0.0 Safari/537.36',
  firefox: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:109.0) Gecko/20100101 Firefox/115.0',
};

describe('clearsUnusedData()', () => {
  it('is so in Safari and on an iPhone, unless the app is installed', () => {
    for (const userAgent of [agents.safari, agents.chromeOnPhone]) {
      expect(clearsUnusedData({ userAgent, isInstalled: false }), userAgent).to.equal(true);
      expect(clearsUnusedData({ userAgent, isInstalled: true }), userAgent).to.equal(false);
    }
  });

  it('is not so in Chromium and Firefox', () => {
    for (const userAgent of [agents.chrome, agents.firefox])
      expect(clearsUnusedData({ userAgent, isInstalled: false }), userAgent).to.equal(false);
    expect(clearsUnusedData()).to.equal(false);
  });
});

describe('askForPersistence()', () => {
  it('says unknown where the browser does not tell', async () => {
    const { storage } = navigator;
    Object.defineProperty(navigator, 'storage', { value: undefined, configurable: true });
    try {
      expect(await askForPersistence()).to.equal('unknown');
    } finally {
      Object.defineProperty(navigator, 'storage', { value: storage, configurable: true });
    }
  });
});
