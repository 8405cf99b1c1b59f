import { msg } from '@lit/localize';
import type { LitElement } from 'lit';
import { whenIdle } from '../../platform/clock.ts';

import { keepProfile } from './kept-trust.ts';

/** Where a file is checked; everything else is the portal itself. */
export const CHECK = '#check';

/**
 * Shows one page or the other, as the address says. The one that is not shown is taken out, so that it takes no files that
 * are dropped on the other; it is kept, and a round goes on. The page comes ahead of time, to be there without a network.
 */
export function followAddress(portal: LitElement): void {
  const pages: Pages = { portal, check: null };
  const title = document.title;
  const follow = async () => {
    const isCheck = location.hash === CHECK;
    if (isCheck) pages.check ??= await makeCheckPage();
    // The address may have changed while the page came.
    if (isCheck !== (location.hash === CHECK)) return;
    await show(isCheck ? pages.check : portal, pages);
    document.title = isCheck ? msg('Check a file') : title;
  };
  addEventListener('hashchange', () => void follow());
  if (location.hash === CHECK) void follow();
  whenIdle(() => void Promise.allSettled([load(), keepProfile()]));
}

interface Pages {
  readonly portal: LitElement;
  check: LitElement | null;
}

function load(): Promise<unknown> {
  return import('./lk-check-page.ts');
}

async function makeCheckPage(): Promise<LitElement> {
  await load();
  return document.createElement('lk-check-page');
}

/** The link that was followed is gone with its page, and the focus with it. */
async function show(wanted: LitElement | null, { portal, check }: Pages): Promise<void> {
  const shown = portal.isConnected ? portal : check;
  if (!wanted || shown === wanted) return;
  shown?.replaceWith(wanted);
  await wanted.updateComplete;
  wanted.renderRoot.querySelector('lk-app-frame')?.focusContent();
}
