import { msg, str } from '@lit/localize';
import type { Exchange } from '../../api/exchanges.ts';
import type { SupportCase } from '../../api/support.ts';
import { errorText } from '../../ui/texts/error-texts.ts';

/** What staff can do about it at once. */
export type Help = 'rebind' | 'withdraw' | 'release' | 'enable' | 'unblock' | 'refresh' | 'edit';

/** What a person at the telephone says, and the buttons that help with this very reason; the best first. */
export interface Advice {
  readonly say: string;
  readonly helps: readonly Help[];
  /** Nothing stands in the way any more: what is said is all that is left to do. */
  readonly isSolved: boolean;
}

/** The newest file that came from the device for this license; null: none did. */
export function lastFile({ device }: SupportCase): Exchange | null {
  return device.files.find(({ kind }) => kind !== 'refresh') ?? null;
}

/** What happened last, in plain words without the time. */
export function happenedText(each: SupportCase): string {
  const { code, kind } = lastFile(each) ?? {};
  if (code) return reasonText(code, each);
  const texts: Partial<Record<Exchange['kind'], string>> = {
    'activation-request': msg('It got its license.'),
    'usage-report': msg('Its report was counted, and it got the newest license.'),
    deactivation: msg('It gave its license up and got the receipt.'),
  };
  return (kind && texts[kind]) ?? msg('No file of it is kept here.');
}

/**
 * What to say to who called. It goes by how things stand now, so that it changes with what was just done, by whomever.
 */
export function adviceFor(each: SupportCase): Advice {
  if (each.seatRequest?.given) return solved(['withdraw']);
  const { code } = lastFile(each) ?? {};
  if (!code) return adviceForLicensed(each);
  const { say, helps, isSolved } = adviceForRefused(code, each);
  if (each.isDecidedAnew) return isSolved ? solved(helps) : { say, helps, isSolved };
  return isSolved || isTooLate(code)
    ? { say: msg('Make a new file on the device, and upload that one.'), helps, isSolved: true }
    : { say, helps, isSolved };
}

function solved(helps: readonly Help[] = []): Advice {
  return { say: msg('Upload the same file again.'), helps, isSolved: true };
}

function unsolved(say: string, ...helps: Help[]): Advice {
  return { say, helps, isSolved: false };
}

function adviceForRefused(code: string, each: SupportCase): Advice {
  const { device, license } = each;
  switch (code) {
    case 'NO_SEATS_LEFT':
      return adviceForSeat(each);
    case 'TRANSFERS_USED_UP':
      return isBelow(license.transfersUsed, license.maxTransfers)
        ? solved()
        : unsolved(askWhich(), 'rebind', 'edit');
    case 'REBIND_NEEDS_APPROVAL':
      return unsolved(msg('Is it the same machine, set up again? Then hold the line.'), 'rebind');
    case 'LICENSE_DISABLED':
      return license.state === 'disabled' ? unsolved(holdOn(), 'enable') : solved();
    case 'LICENSE_EXPIRED':
      return license.state === 'expired'
        ? unsolved(msg('The license has ended. Hold the line.'), 'edit')
        : solved();
    case 'DEVICE_BLOCKED':
      return device.blocked ? unsolved(holdOn(), 'unblock') : solved();
    case 'OFFLINE_NOT_ALLOWED':
    case 'VIRTUAL_MACHINE_REFUSED':
      return unsolved(msg('Hold the line. Once the license allows it, upload the same file again.'), 'edit');
    case 'DEVICE_COPIED':
      return unsolved(
        msg('On the copy, press “Make this a device of its own”. Leave the original as it is.'),
        ...(device.blocked ? (['unblock'] as const) : []),
      );
    case 'PRODUCT_MISMATCH':
      return unsolved(
        msg(
          str`This license is for ${license.productName}. Enter the key of the other product on the device.`,
        ),
      );
    default:
      return unsolved(errorText(code).hint);
  }
}

/** Devices of one user are counted apart: with those full, a license that has room does not help. */
function adviceForSeat({ license }: SupportCase): Advice {
  if (license.devicesPerUser === null && isBelow(license.activeActivations, license.maxActivations)) {
    return solved();
  }
  return unsolved(askWhich(), 'release', 'rebind');
}

function adviceForLicensed({ device, license }: SupportCase): Advice {
  if (device.blocked) return unsolved(holdOn(), 'unblock');
  if (device.state === 'active') {
    if (license.state === 'disabled') return unsolved(holdOn(), 'enable');
    return { say: msg('Load the license file that I send you.'), helps: ['refresh'], isSolved: true };
  }
  return {
    say: msg('This device has no license any more. Enter the key again on it, and upload the new file.'),
    helps: [],
    isSolved: true,
  };
}

function askWhich(): string {
  return msg('Is it a new machine, or one that was set up again? Hold the line.');
}

function holdOn(): string {
  return msg('Hold the line.');
}

function isBelow(amount: number, most: number | null): boolean {
  return most === null || amount < most;
}

/** Refused so long ago that only a new file is decided; of other reasons a new file changes nothing. */
function isTooLate(code: string): boolean {
  return !['DEVICE_COPIED', 'PRODUCT_MISMATCH'].includes(code);
}

/** The number of seats belongs to the reason while they are what it is about. */
function reasonText(code: string, { license }: SupportCase): string {
  const { maxActivations, activeActivations, devicesPerUser } = license;
  const isFull = maxActivations !== null && activeActivations >= maxActivations;
  if (code === 'NO_SEATS_LEFT' && isFull) return errorText(code, { maxActivations }).text;
  if (code === 'NO_SEATS_LEFT' && devicesPerUser !== null) return errorText(code, { devicesPerUser }).text;
  return errorText(code).text;
}
