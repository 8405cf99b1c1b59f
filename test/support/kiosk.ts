import type { Signals } from '../../src/license/node-lock.ts';

/** What a machine in a hall tells of itself. */
export const kiosk: Required<Signals> = {
  gpuVendor: 'intel',
  gpuFamily: 'intel uhd graphics 630',
  webglLimits: '16384,16,32',
  processors: '8',
  memory: '8',
  platform: 'windows',
  architecture: 'x86-64',
  browserFamily: 'chromium',
  nanSign: '-',
  touchPoints: '10',
  colorDepth: '24',
  screen: '1920x1080',
  timeZone: 'Europe/Berlin',
  language: 'de',
};
