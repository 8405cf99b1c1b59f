import { msg } from '@lit/localize';
import type { LoadResult } from '../views.ts';

/** What loading a file did, in one sentence; a refusal has its own text. */
export function loadText(result: Exclude<LoadResult, { kind: 'refused' }>): string {
  const isOne = !('licenseIds' in result) || result.licenseIds.length === 1;
  switch (result.kind) {
    case 'activated':
      return isOne ? msg('The license is on this device now.') : msg('The licenses are on this device now.');
    case 'refreshed':
      return isOne
        ? msg('The license on this device was refreshed.')
        : msg('The licenses on this device were refreshed.');
    case 'already-loaded':
      return msg('This file was loaded before. Nothing has changed.');
    case 'receipt':
      return msg('The portal has confirmed that the license was given up.');
    case 'trust':
      return msg('The keys of the vendor were brought up to date.');
  }
}
