import { msg } from '@lit/localize';
import type { LoadResult } from '../views.ts';

/** What loading a file did, in one sentence; a refusal has its own text. */
export function loadText(kind: Exclude<LoadResult['kind'], 'refused'>): string {
  switch (kind) {
    case 'activated':
      return msg('The license is on this device now.');
    case 'refreshed':
      return msg('The license on this device was refreshed.');
    case 'already-loaded':
      return msg('This file was loaded before. Nothing has changed.');
    case 'receipt':
      return msg('The portal has confirmed that the license was given up.');
    case 'trust':
      return msg('The keys of the vendor were brought up to date.');
  }
}
