import { msg } from '@lit/localize';
import type { SignalName } from '../license/node-lock.ts';

/** What people call a signal of the device. */
export function signalName(name: SignalName): string {
  return names[name]();
}

const names: Readonly<Record<SignalName, () => string>> = {
  gpuVendor: () => msg('graphics card'),
  gpuFamily: () => msg('graphics model'),
  webglLimits: () => msg('graphics driver'),
  processors: () => msg('number of processors'),
  memory: () => msg('memory'),
  platform: () => msg('operating system'),
  architecture: () => msg('kind of processor'),
  browserFamily: () => msg('browser'),
  nanSign: () => msg('arithmetic unit'),
  touchPoints: () => msg('touch screen'),
  colorDepth: () => msg('color depth'),
  screen: () => msg('screen'),
  timeZone: () => msg('time zone'),
  language: () => msg('language'),
};
