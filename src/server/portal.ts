import { mkdirSync } from 'node:fs';
import type { Bytes } from '../bytes/bytes.ts';
import type { NamedCredentials } from '../format/batch/named-credentials.ts';
import { encodeContainer } from '../format/container.ts';
import type { Actor } from '../issue/audit.ts';
import { type Exchanged, exchange } from '../issue/exchange.ts';
import { contextOf, type IssueContext, type Portal } from '../issue/portal.ts';
import type { Records } from '../issue/repository.ts';
import { allTrustFiles } from '../issue/trust-bundle.ts';
import { type Database, openDatabase } from './db/database.ts';
import { placesOf } from './db/place.ts';
import { createRepository } from './db/repository.ts';
import { createSettings, type Settings } from './db/settings.ts';
import { type KeyRing, openKeyRing } from './keys/key-ring.ts';
import { loadMasterKey, type MasterKeySource } from './keys/master-key.ts';
import { nodeCrypto } from './keys/node-crypto.ts';
import { createFileOpener } from './keys/opening-pool.ts';
import { createSecretBox } from './keys/secret-box.ts';

/** Where a portal lives and what it is called. */
export interface PortalOptions {
  /** Made with mode 0700 when it is not there. */
  readonly dataFolder: string;
  /** `LATCHKEY_KEY` or `LATCHKEY_PASSPHRASE`, or neither; `DATABASE_URL`, or SQLite in the data folder. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Addresses of the portal, for the trust bundle: at most 8. */
  readonly portals: readonly string[];
  /** Milliseconds since the Unix epoch; `Date.now` unless a test says otherwise. */
  readonly nowMs?: () => number;
}

/** A work of a person at the console. */
export type Administration<T> = (records: Records, context: Actor & IssueContext) => Promise<T>;

/** A portal with its database and its keys open. */
export interface RunningPortal {
  readonly database: Database;
  readonly settings: Settings;
  readonly keyRing: KeyRing;
  readonly masterKeySource: MasterKeySource;
  readonly portal: Portal;
  /** Answers one device file; see `exchange` of issue/. */
  exchange(input: Bytes, named?: NamedCredentials | null): Promise<Exchanged>;
  /** The container of root changes and trust bundle. */
  trustContainer(): Bytes;
  /** Runs a function of issue/administer in a transaction, durable once it resolves. */
  administer<T>(actor: string, work: Administration<T>): Promise<T>;
  /** As `administer`, and undoes whatever it wrote. */
  tryOut<T>(actor: string, work: Administration<T>): Promise<T>;
  close(): Promise<void>;
}

/**
 * Opens the portal of a data folder; the first time, makes database, master key and keys.
 *
 * @throws {@link LatchkeyError} SERVER_FAILED - when database, master key or keys cannot be opened.
 */
export async function openPortal(options: PortalOptions): Promise<RunningPortal> {
  const { dataFolder, env, portals, nowMs = Date.now } = options;
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const database = await openDatabase(placesOf(dataFolder, env).portal);
  try {
    const settings = createSettings(database);
    const masterKey = await loadMasterKey({ env, dataFolder, settings });
    const secretBox = createSecretBox(masterKey.bytes);
    const crypto = nodeCrypto();
    const keyRing = await openKeyRing(database, { secretBox, crypto, portals, nowMs: nowMs() });
    const opener = createFileOpener({ ...keyRing, ...keyRing.pin });
    const portal = portalOf({ database, keyRing, nowMs, crypto, secretBox, open: opener.open });
    return {
      ...faceOf(portal),
      database,
      settings,
      keyRing,
      masterKeySource: masterKey.source,
      close: async () => {
        await opener.close();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

function portalOf(
  parts: Pick<Portal, 'crypto' | 'secretBox' | 'nowMs' | 'open'> & { database: Database; keyRing: KeyRing },
): Portal {
  const { database, keyRing, ...rest } = parts;
  const { issuer, trust } = keyRing;
  return { ...rest, repository: createRepository(database), issuer, trust: () => trust };
}

function faceOf(
  portal: Portal,
): Pick<RunningPortal, 'portal' | 'exchange' | 'trustContainer' | 'administer' | 'tryOut'> {
  const administer: RunningPortal['administer'] = (actor, work) =>
    portal.repository.transact(records => work(records, { ...contextOf(portal), actor }));
  return {
    portal,
    exchange: (input, named) => exchange(input, portal, named),
    trustContainer: () => encodeContainer(allTrustFiles(portal.trust())),
    administer,
    tryOut: (actor, work) =>
      new Promise((resolve, reject) => {
        const tried = administer(actor, async (records, context) => {
          const outcome = await work(records, context);
          throw new Undone(() => resolve(outcome));
        });
        tried.catch((reason: unknown) => (reason instanceof Undone ? reason.tell() : reject(reason)));
      }),
  };
}

/** Rejects a work that went well, so that nothing of it stays. */
class Undone {
  readonly tell: () => void;

  constructor(tell: () => void) {
    this.tell = tell;
  }
}
