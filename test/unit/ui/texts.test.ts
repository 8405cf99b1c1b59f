import { expect } from '@open-wc/testing';
import {
  DECISION_ERROR_CODES,
  DEVICE_ERROR_CODES,
  type ErrorData,
  FILE_ERROR_CODES,
  SERVER_ERROR_CODES,
} from '../../../src/errors.ts';
import { configureTexts, nearestLocale } from '../../../src/ui/texts/configure-texts.ts';
import { errorText, errorTexts } from '../../../src/ui/texts/error-texts.ts';
import { formatDate, formatFileSize, formatNumber } from '../../../src/ui/texts/format-values.ts';

const codes = [...FILE_ERROR_CODES, ...DECISION_ERROR_CODES, ...DEVICE_ERROR_CODES, ...SERVER_ERROR_CODES];
const everyDatum: ErrorData = {
  bytes: 413,
  expectedBytes: 481,
  maxBytes: 65536,
  maxActivations: 10,
  licensed: 'Press 3',
  feature: 'export',
  field: 'Name',
  groups: '2',
  kind: 'receipt',
  available: 3,
  retryAfterSeconds: 20,
};

describe('errorTexts', () => {
  it('has a text and a hint for every code, and for no other', () => {
    expect(Object.keys(errorTexts).sort()).to.deep.equal([...codes].sort());
    for (const code of codes) {
      const { text, hint } = errorText(code);
      expect(text, code).to.match(/^\S.*\.$/);
      expect(hint, code).to.match(/^\S.*\.$/);
    }
  });

  it('blames nobody and shouts at nobody', () => {
    for (const code of codes) {
      for (const data of [{}, everyDatum]) {
        const { text, hint } = errorText(code, data);
        expect(`${text} ${hint}`, code).to.not.match(/invalid|error \d|!|undefined|NaN|token|certificate/i);
      }
    }
  });

  it('names the numbers that come with a code', () => {
    expect(errorText('NO_SEATS_LEFT', { maxActivations: 10 }).text).to.equal('All 10 seats are in use.');
    expect(errorText('NO_SEATS_LEFT', { maxActivations: 1 }).text).to.equal('The only seat is in use.');
    expect(errorText('NO_SEATS_LEFT').text).to.equal('All seats are in use.');
    expect(errorText('FILE_CUT_SHORT', { bytes: 413, expectedBytes: 481 }).text).to.contain(
      '413 of 481 bytes',
    );
    expect(errorText('FILE_TOO_LARGE', { maxBytes: 65536 }).text).to.contain('64 KB');
    expect(errorText('DEVICE_MISMATCH', { licensed: 'Press 3' }).text).to.contain('Press 3');
    expect(errorText('PRODUCT_MISMATCH', { licensed: 'press-lite' }).text).to.contain('press-lite');
  });

  it('says which kind of file came, in words', () => {
    const { text } = errorText('KIND_UNEXPECTED', { kind: 'activation-request' });
    expect(text).to.equal('This is an activation request, which is not needed here.');
  });

  it('shows a code of a newer portal by its name', () => {
    expect(errorText('MOON_IN_THE_WAY').text).to.contain('MOON_IN_THE_WAY');
    expect(errorText('toString').text).to.contain('toString');
  });
});

describe('configureTexts()', () => {
  it('names the language and direction of the page, and may be called twice', async () => {
    await configureTexts(['xx', 'en-GB']);
    await configureTexts(['en']);
    expect(document.documentElement.lang).to.equal('en');
    expect(document.documentElement.dir).to.equal('ltr');
  });
});

describe('nearestLocale()', () => {
  it('takes the first wanted language that is there, exact or by its base', () => {
    expect(nearestLocale(['fr', 'de-AT', 'en'], ['en', 'de'])).to.equal('de');
    expect(nearestLocale(['zh-Hant', 'zh'], ['en', 'zh-hant', 'zh'])).to.equal('zh-hant');
    expect(nearestLocale([], ['de'])).to.equal('en');
  });
});

describe('the formats', () => {
  it('write days and numbers in English as Intl does', () => {
    const long = new Intl.DateTimeFormat('en', { dateStyle: 'long' });
    const years = [-62_000, -1, 0, 999, 1000, 1969, 2024, 2027, 9999, 10_000];
    const days = years.flatMap(year =>
      Array.from({ length: 12 }, (_, month) => new Date(2000, month, 1 + 2 * month).setFullYear(year)),
    );
    for (const day of days) expect(formatDate(day)).to.equal(long.format(day));
    const number = new Intl.NumberFormat('en');
    for (const value of [-1000, -1, -0, 0, 0.5, 1, 365, 999, 1000, 1e21, Number.POSITIVE_INFINITY])
      expect(formatNumber(value)).to.equal(number.format(value));
  });

  it('write numbers and sizes in the language of the page', () => {
    document.documentElement.lang = 'de';
    expect(formatNumber(1234567)).to.equal('1.234.567');
    document.documentElement.lang = 'en';
    expect(formatNumber(1234567)).to.equal('1,234,567');
    expect(formatFileSize(1)).to.equal('1 byte');
    expect(formatFileSize(481)).to.equal('481 bytes');
    expect(formatFileSize(64 * 1024)).to.equal('64 kB');
    expect(formatFileSize(10 * 1024 * 1024)).to.equal('10 MB');
  });
});
