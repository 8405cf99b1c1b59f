/** The part of the event that is used; TypeScript's library does not have it. */
interface InstallPromptEvent extends Event {
  prompt(): Promise<unknown>;
}

let offer: InstallPromptEvent | null = null;
const watchers = new Set<() => void>();

/**
 * Keeps the browser's offer to install the app until there is a good moment for it. Call it when the page starts: the
 * browser offers once, and early.
 */
export function keepInstallOffer(): void {
  addEventListener('beforeinstallprompt', event => {
    event.preventDefault();
    set('prompt' in event ? (event as InstallPromptEvent) : null);
  });
  addEventListener('appinstalled', () => set(null));
}

/** Whether the browser offers to install the app: never in a window of the installed app, or in a kiosk. */
export function hasInstallOffer(): boolean {
  return offer !== null;
}

/** Lets the browser ask the person. It offers again when they say no. */
export async function acceptInstallOffer(): Promise<void> {
  const accepted = offer;
  set(null);
  await accepted?.prompt();
}

/** Tells when the offer comes or goes. Returns what stops it. */
export function watchInstallOffer(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}

function set(event: InstallPromptEvent | null): void {
  offer = event;
  for (const changed of watchers) changed();
}
