import { type Issued, maxLicensesInGroup, type OrderedLicense } from '../../api/orders.ts';

/** How far a run has come. */
export type RunState = 'ready' | 'running' | 'stopped' | 'failed' | 'done';

interface RunOptions {
  licenses: readonly OrderedLicense[];
  /** Sends one group; the same group sent twice is issued once. */
  send: (group: readonly OrderedLicense[]) => Promise<readonly Issued[]>;
  /** Called whenever something of the run has changed. */
  onChange: () => void;
}

/** Below what the server reads of a call. */
const maxGroupLength = 150_000;

/** Licenses that are issued group by group. It can be stopped between two groups, and goes on where it was. */
export class IssueRun {
  readonly licenses: readonly OrderedLicense[];
  /** What became of the first licenses, in their order. */
  readonly outcomes: Issued[] = [];
  state: RunState = 'ready';
  /** Why it failed. */
  error: unknown = null;

  readonly #send: RunOptions['send'];
  readonly #onChange: () => void;
  #isStopping = false;

  constructor({ licenses, send, onChange }: RunOptions) {
    this.licenses = licenses;
    this.#send = send;
    this.#onChange = onChange;
  }

  /** Begins, or goes on; nothing while it runs. */
  async go(): Promise<void> {
    if (this.state === 'running') return;
    this.#isStopping = false;
    this.error = null;
    this.#enter('running');
    try {
      while (this.outcomes.length < this.licenses.length && !this.#isStopping) await this.#next();
      this.#enter(this.outcomes.length < this.licenses.length ? 'stopped' : 'done');
    } catch (error) {
      this.error = error;
      this.#enter('failed');
    }
  }

  /** Ends after the group that is under way. */
  stop(): void {
    this.#isStopping = true;
  }

  async #next(): Promise<void> {
    const group = firstGroup(
      this.licenses.slice(this.outcomes.length, this.outcomes.length + maxLicensesInGroup),
    );
    this.outcomes.push(...(await this.#send(group)));
    this.#onChange();
  }

  #enter(state: RunState): void {
    this.state = state;
    this.#onChange();
  }
}

/** As many as one call can carry, at least one. */
function firstGroup(licenses: readonly OrderedLicense[]): readonly OrderedLicense[] {
  let length = 0;
  const past = licenses.findIndex((license, index) => {
    length += new TextEncoder().encode(JSON.stringify(license)).length;
    return index > 0 && length > maxGroupLength;
  });
  return past < 0 ? licenses : licenses.slice(0, past);
}
