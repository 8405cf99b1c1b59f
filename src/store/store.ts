import { type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from 'idb';
import { LatchkeyError } from '../errors.ts';
import type { LatchkeySchema } from './records.ts';
import { storageError } from './storage-error.ts';

export type StoreName = StoreNames<LatchkeySchema>;
export type Reading = IDBPTransaction<LatchkeySchema, StoreName[], 'readonly'>;
export type Writing = IDBPTransaction<LatchkeySchema, StoreName[], 'readwrite'>;

const VERSION = 2;
const FIRST = ['keys', 'device', 'trust', 'requests', 'licenses', 'counters', 'ended', 'refusals'] as const;
const ALL: StoreName[] = [...FIRST, 'former'];

/**
 * The device's database. Each change of state is one transaction with strict durability, so that a browser killed
 * at any moment leaves the old state or the new one.
 *
 * A page that is left may be frozen, to be there at once when a person goes back. WebKit keeps what such a page had
 * begun open for as long, and no other page can then read: so it is undone as the page is left. A write fails then; a
 * read begins again when the page is back.
 *
 * All methods throw STORAGE_FULL, STORAGE_BLOCKED or STORAGE_FAILED, with the browser's own error as `cause`.
 */
export class Store {
  readonly #name: string;
  readonly #version: number;
  readonly #begun = new Set<Reading | Writing>();
  readonly #onLeave = (event: PageTransitionEvent) => {
    if (event.persisted) this.#letGo();
  };
  #connection: Promise<IDBPDatabase<LatchkeySchema>> | null = null;
  /** How often the page was frozen, and until when it is. */
  #leaves = 0;
  #back: Promise<unknown> = Promise.resolve();

  /** @param version - Of the database; the app's own unless a test says otherwise. */
  constructor(name = 'latchkey', version = VERSION) {
    this.#name = name;
    this.#version = version;
  }

  /** Reads from all stores at one moment. The body may await nothing but the database, and may run again. */
  async read<T>(body: (tx: Reading) => Promise<T>): Promise<T> {
    const leaves = this.#leaves;
    try {
      const database = await this.#open();
      const tx = this.#note(database.transaction(ALL, 'readonly'));
      const [result] = await Promise.all([body(tx), tx.done]);
      return result;
    } catch (error) {
      if (leaves === this.#leaves) throw storageError(error);
      await this.#back;
      return this.read(body);
    }
  }

  /**
   * Changes the stores named, wholly or not at all. What the body throws undoes the change.
   * The body may await nothing but the database: Firefox ends the transaction otherwise.
   */
  async write<T>(stores: StoreName[], body: (tx: Writing) => Promise<T>): Promise<T> {
    try {
      const database = await this.#open();
      const tx = this.#note(database.transaction(stores, 'readwrite', { durability: 'strict' }));
      const done = tx.done.then(
        () => null,
        error => error ?? tx.error,
      );
      const result = await body(tx).catch(error => {
        undo(tx);
        throw error;
      });
      const failure = await done;
      if (failure) throw failure;
      return result;
    } catch (error) {
      throw storageError(error);
    }
  }

  /** Lets the database go; the next read or write opens it again. */
  async close(): Promise<void> {
    const connection = this.#connection;
    this.#connection = null;
    removeEventListener('pagehide', this.#onLeave);
    await connection?.then(
      database => database.close(),
      () => undefined,
    );
  }

  #open(): Promise<IDBPDatabase<LatchkeySchema>> {
    addEventListener('pagehide', this.#onLeave);
    this.#connection ??= this.#connect().catch(error => {
      this.#connection = null;
      throw error;
    });
    return this.#connection;
  }

  #note<T extends Reading | Writing>(tx: T): T {
    this.#begun.add(tx);
    const forget = () => this.#begun.delete(tx);
    tx.done.then(forget, forget);
    return tx;
  }

  /** Undoes what has not been committed, and holds nothing any more. */
  #letGo(): void {
    this.#leaves += 1;
    this.#back = new Promise(resolve => addEventListener('pageshow', resolve, { once: true }));
    for (const tx of this.#begun) undo(tx);
    void this.close();
  }

  #connect(): Promise<IDBPDatabase<LatchkeySchema>> {
    return new Promise((resolve, reject) => {
      openDB<LatchkeySchema>(this.#name, this.#version, {
        upgrade: (database, from) => upgrade(database, from),
        blocked: from => reject(blocked(`an open tab holds version ${from} of the database`)),
        // A newer version of the app, in another tab, wants to upgrade: make way.
        blocking: (_from, _to, event) => {
          this.#connection = null;
          if (event.target instanceof IDBDatabase) event.target.close();
        },
        terminated: () => {
          this.#connection = null;
        },
      }).then(resolve, reject);
    });
  }
}

function blocked(message: string): LatchkeyError {
  return new LatchkeyError('STORAGE_BLOCKED', message);
}

/** Brings the database from any version to this one; a later version adds its step below. */
function upgrade(database: IDBPDatabase<LatchkeySchema>, from: number): void {
  if (from < 1) for (const name of FIRST) database.createObjectStore(name);
  if (from < 2) database.createObjectStore('former');
}

/** A transaction that failed by itself has ended already. */
function undo(tx: Reading | Writing): void {
  try {
    tx.abort();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}
