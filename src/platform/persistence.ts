/** Whether the browser has promised to keep this app's data. */
export type Persistence = 'granted' | 'not-granted' | 'unknown';

/**
 * Asks the browser to keep the data. Never await it while starting: Firefox waits for a person's answer.
 * Never throws.
 */
export async function askForPersistence(): Promise<Persistence> {
  try {
    const { storage } = navigator;
    if (await storage.persisted()) return 'granted';
    return (await storage.persist()) ? 'granted' : 'not-granted';
  } catch {
    return 'unknown';
  }
}

/** What decides whether a browser clears data by itself. */
export interface Keeping {
  userAgent: string;
  /** Whether the app has a window and a storage of its own. */
  isInstalled: boolean;
}

/**
 * Whether the browser clears what a page keeps when nobody opens the page for seven days, as Safari and every browser
 * of an iPhone do unless the app is on the Home Screen or in the Dock.
 */
export function clearsUnusedData({ userAgent, isInstalled }: Keeping = thisBrowser()): boolean {
  return /AppleWebKit/.test(userAgent) && !/Chrom(e|ium)\//.test(userAgent) && !isInstalled;
}

function thisBrowser(): Keeping {
  const isInstalled = matchMedia('(display-mode: standalone), (display-mode: fullscreen)').matches;
  return { userAgent: navigator.userAgent, isInstalled };
}
