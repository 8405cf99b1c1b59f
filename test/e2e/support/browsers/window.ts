/** One window of a browser, whichever it is and however it is driven. */
export interface BrowserWindow {
  /** Name and version, as the browser says it. */
  readonly version: string;
  open(address: string): Promise<void>;
  /** Runs a function in the page; it sees nothing from outside itself but its arguments. */
  evaluate<Arguments extends unknown[], Result>(
    call: (...values: Arguments) => Result,
    ...values: Arguments
  ): Promise<Awaited<Result>>;
  /** Finds an element by a function that runs in the page; null when there is none now. */
  find<Arguments extends unknown[]>(
    call: (...values: Arguments) => Element | null,
    ...values: Arguments
  ): Promise<Found | null>;
  /** What went wrong in the page and was not caught; empty where the driver does not tell. */
  complaints(): readonly string[];
  takePicture(path: string): Promise<void>;
  close(): Promise<void>;
}

/** An element of the page, to be used as a person does. */
export interface Found {
  click(): Promise<void>;
  type(text: string): Promise<void>;
  choose(files: string[]): Promise<void>;
}

/** A browser with a profile that outlives it. */
export interface BrowserKind {
  start(options: { profile: string; downloads: string }): Promise<BrowserWindow>;
  /** Whether the profile is there again after the browser was closed and started. */
  readonly keepsProfile: boolean;
}

/** What a browser writes to its console when nothing answers, which is what loops are about. */
export const NO_NETWORK = /ERR_CONNECTION_REFUSED|NetworkError|Failed to fetch/;

/** The same where Firefox tells of it as of an error of the page. */
export const NO_NETWORK_ERROR =
  /^Error: Cross-Origin Request Blocked: .*\(Reason: CORS request did not succeed\)/;

/** The call of a function with its arguments, as text for a page. */
export function expressionOf(call: (...values: never[]) => unknown, values: unknown[]): string {
  return `(${call})(${values.map(value => JSON.stringify(value)).join(', ')})`;
}

const patienceMs = 30_000;
const lookAgainMs = 50;

/** Waits until something is there. What throws meanwhile, as a page does that is being left, is not there yet. */
export async function until<T>(what: string, look: () => Promise<T | null | false>): Promise<T> {
  const end = Date.now() + patienceMs;
  let failure: unknown;
  while (Date.now() < end) {
    try {
      const found = await look();
      if (found !== null && found !== false) return found;
    } catch (error) {
      failure = error;
    }
    await new Promise(resolve => setTimeout(resolve, lookAgainMs));
  }
  throw new Error(`waited in vain for ${what}`, { cause: failure });
}
