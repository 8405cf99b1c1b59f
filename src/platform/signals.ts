import type { Signals } from '../license/node-lock.ts';
import { readGpu } from './gpu.ts';

/** What the browser tells of the machine. */
export interface Machine {
  signals: Signals;
  /** A hint from the renderer's name, never a proof: a headless browser looks like a virtual machine. */
  looksVirtual: boolean;
}

/** The parts of the User-Agent Client Hints that are used; Chromium alone has them. */
interface ClientHints {
  platform?: string;
  brands?: readonly { brand: string }[];
  getHighEntropyValues?: (hints: string[]) => Promise<{ architecture?: string; bitness?: string }>;
}

/**
 * The signals that take no time: the first status is shown with these. What they leave out is neutral in a
 * comparison.
 */
export function readQuickSignals(): Signals {
  const { hardwareConcurrency, maxTouchPoints, language } = navigator;
  const memory = (navigator as { deviceMemory?: number }).deviceMemory;
  return {
    ...(hardwareConcurrency > 0 && { processors: String(hardwareConcurrency) }),
    ...(memory !== undefined && { memory: String(memory) }),
    platform: platformFamily(),
    browserFamily: browserFamily(),
    nanSign: nanSign(),
    touchPoints: String(maxTouchPoints),
    colorDepth: String(screen.colorDepth),
    screen: screenSides(),
    language,
  };
}

/** All signals of this machine; tens of milliseconds, because of the graphics. Never throws. */
export async function readMachine(): Promise<Machine> {
  const [architecture, gpu] = [await readArchitecture(), tryGpu()];
  return {
    signals: {
      ...readQuickSignals(),
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      ...(architecture !== '' && { architecture }),
      ...(gpu && { gpuVendor: gpu.vendor, gpuFamily: gpu.family, webglLimits: gpu.limits }),
    },
    looksVirtual: gpu?.looksVirtual ?? false,
  };
}

/** The operating system's family, as it travels in requests. */
export function platformFamily(): string {
  const name = `${hints().platform ?? ''} ${navigator.userAgent}`;
  const families = ['Windows', 'Android', 'Chrome OS', 'CrOS', 'iPhone', 'iPad', 'Mac', 'Linux'];
  return families.find(family => name.includes(family)) ?? 'other';
}

function browserFamily(): string {
  const agent = navigator.userAgent;
  return ['Firefox', 'Edg', 'Chrom', 'Safari'].find(family => agent.includes(family)) ?? 'other';
}

function tryGpu() {
  try {
    return readGpu();
  } catch {
    return null;
  }
}

async function readArchitecture(): Promise<string> {
  try {
    const values = await hints().getHighEntropyValues?.(['architecture', 'bitness']);
    return values ? `${values.architecture ?? ''} ${values.bitness ?? ''}`.trim() : '';
  } catch {
    return '';
  }
}

function hints(): ClientHints {
  return (navigator as { userAgentData?: ClientHints }).userAgentData ?? {};
}

/** Sides in device pixels, the longer first: turning a tablet changes nothing. */
function screenSides(): string {
  const sides = [screen.width, screen.height].map(side => Math.round(side * devicePixelRatio));
  return sides.sort((a, b) => b - a).join('x');
}

/** The sign that the processor gives to infinity minus infinity. */
function nanSign(): string {
  const numbers = new Float32Array([Number.POSITIVE_INFINITY]);
  numbers[0] = (numbers[0] ?? 0) - (numbers[0] ?? 0);
  return new Uint8Array(numbers.buffer)[3] === 0xff ? 'minus' : 'plus';
}
