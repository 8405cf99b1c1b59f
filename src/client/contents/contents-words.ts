import { msg, str } from '@lit/localize';
import type { Bytes } from '../../bytes/bytes.ts';
import { toHex } from '../../bytes/hex.ts';
import { thumbprint } from '../../cose/key.ts';
import type { Consumption } from '../../format/claims.ts';
import { deviceNumber } from '../../license/device-number.ts';
import { signalsIn } from '../../license/node-lock.ts';
import { formatDateTime, formatFileSize, formatNumber } from '../../ui/texts/format-values.ts';
import { signalName } from '../../words/signal-texts.ts';
import type { RequestContents } from './request-contents.ts';

/** One thing that a file tells, in plain words. */
export interface ContentsRow {
  readonly what: string;
  readonly value: string;
}

type Words = {
  readonly [K in keyof Required<RequestContents>]: (value: NonNullable<RequestContents[K]>) => ContentsRow;
};

/** What a file tells, a row for each claim that is in it. A claim without words here does not compile. */
export function contentsRows(contents: RequestContents): ContentsRow[] {
  return names.flatMap(name => rowOf(name, contents));
}

function rowOf<K extends keyof RequestContents>(name: K, contents: RequestContents): ContentsRow[] {
  const value = contents[name];
  return value === undefined || value === null ? [] : [words[name](value)];
}

const row = (what: string, value: string): ContentsRow => ({ what, value });

const words: Words = {
  deviceName: name => row(msg('Name of this device'), name),
  deviceKey: key =>
    row(
      msg('Number of this device'),
      msg(str`${deviceNumber(thumbprint(key))}, with the public key that it stands for`),
    ),
  product: code => row(msg('Product'), code),
  appVersion: version => row(msg('Version of the app'), version),
  platform: platform => row(msg('Browser and system'), platform),
  keyLookup: () => row(msg('License key'), msg('Not the key: eight bytes by which the portal finds it')),
  keyProof: () => row(msg('Proof of the license key'), msg('Sixteen bytes that only the key can make')),
  userLookup: () => row(msg('User name'), msg('Not the name: eight bytes by which the portal finds it')),
  userProof: () => row(msg('Proof of the password'), msg('Sixteen bytes that only the password can make')),
  fingerprint: bytes =>
    row(
      msg('Traits of this machine'),
      msg(
        str`${signalsIn(bytes).map(signalName).join(', ')}. Of each four bytes that show whether it changed, not what it is.`,
      ),
    ),
  virtualMachine: () => row(msg('Virtual machine'), msg('This machine looks like one')),
  online: () => row(msg('Way'), msg('By the network')),
  consumption: consumption => row(msg('Consumption'), totalsText(consumption)),
  periods: periods =>
    row(msg('Consumption by period'), msg(str`The sums of ${formatNumber(periods.length)} periods`)),
  heads: heads => row(msg('Check values of the count'), formatNumber(heads.length)),
  licenseId: id => row(msg('License'), shortId(id)),
  activationId: id => row(msg('Activation of the license'), shortId(id)),
  revision: revision => row(msg('Revision of the license'), formatNumber(revision)),
  license: file => row(msg('The license file that is here'), formatFileSize(file.length)),
  replaces: ({ id, secret }) =>
    row(
      msg('Takes the place of'),
      secret ? msg(str`${shortId(id)}, with the secret of the recovery file`) : shortId(id),
    ),
  recoveryCommitment: () => row(msg('Recovery file'), msg('A check value of its secret')),
  requestId: id => row(msg('Number of this file'), shortId(id)),
  deviceSequence: count => row(msg('Files that this device has made'), formatNumber(count)),
  issuedAt: seconds => row(msg('Clock of this device'), formatDateTime(seconds * 1000)),
  highWaterMark: seconds => row(msg('Latest time seen here'), formatDateTime(seconds * 1000)),
  bundleVersion: version => row(msg('The vendor’s keys known here, of'), formatDateTime(version * 1000)),
  rootVersion: version => row(msg('Number of the vendor’s root key'), formatNumber(version)),
};

const names = Object.keys(words) as (keyof RequestContents)[];

function totalsText({ totals }: Consumption): string {
  if (totals.length === 0) return msg('Nothing counted yet');
  return totals
    .map(({ counter, used, givenBack }) => {
      const counted = msg(str`${formatNumber(used)} used, ${formatNumber(givenBack)} given back`);
      return counter === '' ? counted : `${counter}: ${counted}`;
    })
    .join('; ');
}

/** Enough of an id to compare it by. */
function shortId(id: Bytes): string {
  return toHex(id.subarray(0, 8)).replaceAll(/(.{4})(?=.)/g, '$1 ');
}
