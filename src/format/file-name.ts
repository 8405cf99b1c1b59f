import { isDeviceKind, type Kind } from './kinds.ts';

/** Ending of the files that a device makes and a portal takes. */
export const DEVICE_FILE_ENDING = '.req';

/** Ending of the files that a device loads: whatever a portal answers, and refresh files. */
export const ANSWER_FILE_ENDING = '.lic';

/** Ending of the file by which a device gets its licenses back. */
export const RECOVERY_FILE_ENDING = '.lkr';

/** Name of a refresh file, which the vendor downloads for one device. */
export const REFRESH_FILE_NAME = 'license_refresh.lic';

const shortNames: Readonly<Record<Kind, string>> = {
  'activation-request': 'request',
  'usage-report': 'report',
  deactivation: 'deactivation',
  license: 'license',
  receipt: 'receipt',
  refusal: 'refusal',
  'trust-bundle': 'trust',
  'root-change': 'root-change',
};

/**
 * The name under which a file is saved, for people: a reader goes by the bytes, never by the name.
 *
 * @param deviceNumber - As people read it, for example `4829 1307 7506`; null when it is not known.
 * @returns For example `license-4829-1307-7506.lic`.
 */
export function fileName(kind: Kind, deviceNumber: string | null): string {
  const ending = isDeviceKind(kind) ? DEVICE_FILE_ENDING : ANSWER_FILE_ENDING;
  const device = deviceNumber ? `-${deviceNumber.replaceAll(' ', '-')}` : '';
  return `${shortNames[kind]}${device}${ending}`;
}

/**
 * The name of one refresh file among several. Lower-case letters, digits and hyphens alone, at most 60 characters: good
 * on every file system, whatever the device calls itself.
 *
 * @returns For example `refresh-press-7-4829-1307-7506.lic`.
 */
export function refreshFileName(deviceName: string, deviceNumber: string): string {
  const plain = deviceName
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  const words = plain.split(/[^a-z0-9]+/).filter(word => word !== '');
  const name = words.join('-').slice(0, 24).replace(/-$/, '');
  return `${['refresh', name, ...deviceNumber.split(' ')].filter(part => part !== '').join('-')}${ANSWER_FILE_ENDING}`;
}

/** The name of a device's recovery file. @returns For example `recovery-4829-1307-7506.lkr`. */
export function recoveryFileName(deviceNumber: string): string {
  return `recovery-${deviceNumber.replaceAll(' ', '-')}${RECOVERY_FILE_ENDING}`;
}

/** The same name with a number before its ending when it is among those taken: `license-2.lic`. */
export function unusedFileName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  const dot = name.lastIndexOf('.');
  const [stem, ending] = dot < 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot)];
  let count = 2;
  while (taken.has(`${stem}-${count}${ending}`)) count += 1;
  return `${stem}-${count}${ending}`;
}
