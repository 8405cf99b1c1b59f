/**
 * The reason that stands in a page's HTML, for whoever has no JavaScript, a script that did not arrive or a browser
 * too old for it. The page's style sheet shows it after a few seconds; a browser that lacks what the apps are built
 * on is told when this is imported, instead of a page that stops half way. So it has to be the first import. What all
 * pages say is in plain-reason.html, which the build puts in.
 */

/** What a page cannot do without, beside the syntax that the build takes for granted. */
const NEEDED: readonly (() => unknown)[] = [
  () => customElements.define,
  () => new CSSStyleSheet().replaceSync,
  () => document.adoptedStyleSheets,
  () => HTMLDialogElement.prototype.showModal,
  () => indexedDB.open,
  () => AbortSignal.timeout,
  () => Object.hasOwn,
  () => [].at,
];

/** Whether a browser has all that the apps need; what it lacks may also throw. */
export function hasAll(needed: readonly (() => unknown)[] = NEEDED): boolean {
  try {
    return needed.every(has => has());
  } catch {
    return false;
  }
}

/** Takes the reason off the page: the app has started. */
export function removeReason(): void {
  document.getElementById('reason')?.remove();
}

if (!hasAll()) {
  document.documentElement.dataset.browser = 'old';
  throw new TypeError('this browser is older than the app can work with');
}
