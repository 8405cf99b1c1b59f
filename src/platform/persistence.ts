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
