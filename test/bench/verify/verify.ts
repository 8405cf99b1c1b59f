import { gates } from '../lines/gates.ts';
import { type Described, type Measurement, median, medianOf } from '../lines/measurement.ts';
import { ownVersion, packageVersion } from '../lines/versions.ts';
import { type BenchBrowser, inBenchPage } from './bench-page.ts';
import { issueLoop } from './issue.ts';
import { measureVerifyInNode } from './verify-node.ts';
import type { Contenders, IssueLoops, VerifyRates } from './verify-page.ts';

const ROUNDS = 40;

/** A line: who verifies against whom, and with which messages. */
interface Line {
  readonly name: string;
  readonly who: Contenders;
  readonly against?: Contenders;
  readonly sizes: readonly Size[];
}

type Size = '200B' | '2KB';
const messageBytes: Record<Size, number> = { '200B': 200, '2KB': 2048 };

const lines: readonly Line[] = [
  { name: 'noble-vs-webcrypto', who: 'noble', sizes: ['200B', '2KB'] },
  { name: 'own-vs-webcrypto', who: 'own', sizes: ['200B', '2KB'] },
  { name: 'prepared-vs-webcrypto', who: 'prepared', sizes: ['200B', '2KB'] },
  { name: 'list64-vs-webcrypto', who: 'list64', sizes: ['200B'] },
  { name: 'simd-vs-webcrypto', who: 'simd', sizes: ['200B'] },
  { name: 'unknown-key-vs-webcrypto', who: 'unknownKey', sizes: ['200B'] },
  { name: 'prepared-vs-libsodium', who: 'prepared', against: 'libsodium', sizes: ['200B'] },
  // What limits the speed: the share of the time that would be left if table additions were nothing but issued.
  { name: 'prepared-vs-issue', who: 'prepared', against: 'fmaIssue', sizes: ['200B'] },
  { name: 'simd-vs-issue', who: 'simd', against: 'simdIssue', sizes: ['200B'] },
];

/**
 * Ed25519 verification in real browsers and in Node, as ratios of rates. Gates are Chromium's and Node's; a Firefox
 * before 145, without relaxed SIMD, lacks the lines of the build that needs it.
 */
export async function measureVerify(): Promise<Measurement[]> {
  const loops = { fma: await issueLoop('fma'), simd: await issueLoop('simd') };
  return [
    ...(await verifyIn('chromium', 'verify.', loops)),
    ...(await verifyIn('firefox', 'verify.firefox-', loops)),
    await measureVerifyInNode(),
  ];
}

/**
 * The whole check of a stored license, prepared as on a device, against one signature by WebCrypto: one license after
 * the other, small ones or with all that a license usually says, and 64 small ones at once.
 */
export async function measureLicenseCheck(): Promise<Measurement[]> {
  return [
    ...(await licenseCheckIn('chromium', 'license.')),
    ...(await licenseCheckIn('firefox', 'license.firefox-')),
  ];
}

function verifyIn(browser: BenchBrowser, prefix: string, loops: IssueLoops): Promise<Measurement[]> {
  return inBenchPage(browser, async ({ rates, version }) => {
    const measured: Measurement[] = [];
    for (const size of ['200B', '2KB'] as const) {
      const those = lines.filter(({ sizes }) => sizes.includes(size));
      const names = [...new Set(those.flatMap(({ who, against = 'webcrypto' }) => [who, against]))];
      const ofSize = await rates({ messageBytes: messageBytes[size], rounds: ROUNDS, names, loops });
      for (const line of those) {
        const name = `${prefix}${line.name}-${size}`;
        if (ofSize[line.who]) measured.push(noting(loops, line, ratio(name, line, ofSize, version)));
        else if (gates[name]) throw new TypeError(`${version} does not measure ${name}`);
      }
    }
    return measured;
  });
}

/** Says how many operations a loop issues. */
function noting(loops: IssueLoops, { against }: Line, line: Measurement): Measurement {
  if (against !== 'fmaIssue' && against !== 'simdIssue') return line;
  const { operations, additions } = loops[against === 'fmaIssue' ? 'fma' : 'simd'];
  return {
    ...line,
    notes: [...line.notes, `${operations} vector operations in ${additions} table additions`],
  };
}

function licenseCheckIn(browser: BenchBrowser, prefix: string): Promise<Measurement[]> {
  return inBenchPage(browser, async ({ rates, version }) => {
    const names = ['webcrypto', 'license', 'fullLicense', 'licenseList'] as const;
    const ofSize = await rates({ messageBytes: messageBytes['200B'], rounds: ROUNDS, names });
    return [
      ratio(`${prefix}check-vs-one-webcrypto-verify`, { who: 'license' }, ofSize, version),
      ratio(`${prefix}full-check-vs-one-webcrypto-verify`, { who: 'fullLicense' }, ofSize, version),
      ratio(`${prefix}list64-check-vs-one-webcrypto-verify`, { who: 'licenseList' }, ofSize, version),
    ];
  });
}

function ratio(
  name: string,
  { who, against = 'webcrypto' }: Pick<Line, 'who' | 'against'>,
  rates: VerifyRates,
  browser: string,
): Measurement {
  const [own = [], other = []] = [rates[who], rates[against]];
  const described: Described = {
    name,
    unit: 'x',
    contenders: [contender(who, browser), contender(against, browser)],
    notes: [micros(who, own), micros(against, other)],
  };
  return medianOf(
    own.map((rate, round) => rate / (other[round] ?? Number.NaN)),
    described,
  );
}

function contender(name: Contenders, browser: string): string {
  if (name === 'webcrypto') return `WebCrypto of ${browser}, key imported`;
  if (name === 'noble') return packageVersion('@noble/curves');
  if (name === 'libsodium') return packageVersion('libsodium-wrappers');
  return `${ownVersion}: ${name}, in ${browser}`;
}

function micros(name: string, rates: readonly number[]): string {
  return `${name} ${(1e6 / median(rates)).toFixed(1)} µs`;
}
