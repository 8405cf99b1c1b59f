import { consolePaths } from '../../../api/paths.ts';
import {
  type DueList,
  dueListSchema,
  type MadeRefreshList,
  madeRefreshListSchema,
} from '../../../api/refresh.ts';
import type { ConsoleCalls } from './console-calls.ts';

/** Refresh files for many devices. */
export class RefreshApi {
  readonly #calls: ConsoleCalls;

  constructor(calls: ConsoleCalls) {
    this.#calls = calls;
  }

  /** Devices whose license has changed since the file that they are known to have. */
  due(query: URLSearchParams): Promise<DueList> {
    return this.#calls.get(consolePaths.refreshFiles, dueListSchema, query);
  }

  /** Makes a license file of a higher revision for each, at most `MAX_REFRESH_GROUP` of them. */
  make(activationIds: readonly string[]): Promise<MadeRefreshList> {
    const call = { method: 'POST', path: consolePaths.refreshFiles, body: { activationIds } } as const;
    return this.#calls.json(call, madeRefreshListSchema);
  }
}
