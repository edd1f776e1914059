import { existsSync } from 'node:fs';
import { ballotFolders, storeFolder } from '../config/load.js';
import type { Config } from '../config/schema.js';
import type { BallotBox } from '../core/ports/ballots.js';
import type { Store } from '../core/ports/store.js';
import { errorPart, type Log } from '../runtime/dispatcher.js';
import type { Share } from '../runtime/sharing.js';

type StoreConfig = Pick<Config, 'dataDir' | 'databaseUrl'>;

/**
 * Opens the store that is configured: PostgreSQL, or else the embedded one. The code of the other is not loaded.
 * @throws SamlingError `STORE_LOCKED` while another process has the embedded store; `STORE_WRITE_FAILED` when the
 * database is not there.
 */
export async function openStore(config: StoreConfig): Promise<Store> {
  if (config.databaseUrl !== undefined) {
    const { openPostgresStore } = await import('../adapters/store/postgres/store.js');
    return openPostgresStore(config.databaseUrl);
  }
  const { openLowdbStore } = await import('../adapters/store/lowdb/persistence.js');
  return openLowdbStore(storeFolder(config));
}

/** Whether there may be something in the store; asked so that reading an embedded one does not make it. */
export function hasStore(config: StoreConfig): boolean {
  return config.databaseUrl !== undefined || existsSync(storeFolder(config));
}

/** What a server keeps everything in. */
export interface ServerStore {
  readonly store: Store;
  /** Where anonymous answers lie. */
  readonly ballots: BallotBox;
  /** Joins the processes that work on the store, where there may be several. */
  readonly share?: Share;
}

/**
 * How a server opens the embedded store. Transactions are not watched for calls from inside: that costs a fifth of a
 * request. That a message arrived may be kept some milliseconds later: little beside its way to the platform, and
 * enough to go to the disk with what somebody waits for.
 */
export const SERVING = { guard: false, patienceMs: 5 } as const;

/** Opens the store for a server. */
export async function openServerStore(config: StoreConfig, log: Log): Promise<ServerStore> {
  const { databaseUrl: url } = config;
  const { keysFolder, ...folders } = ballotFolders(config);
  if (url === undefined) {
    const [{ openLowdbStore }, { openBallotBox }] = await Promise.all([
      import('../adapters/store/lowdb/persistence.js'),
      import('../adapters/store/lowdb/ballots/ballot-box.js'),
    ]);
    const store = await openLowdbStore(storeFolder(config), SERVING);
    return { store, ballots: openBallotBox({ ...folders, keysFolder }) };
  }
  const [{ openPostgresStore }, { openPostgresBallotBox }] = await Promise.all([
    import('../adapters/store/postgres/store.js'),
    import('../adapters/store/postgres/ballots/ballot-box.js'),
  ]);
  const store = await openPostgresStore(url, { guard: false });
  try {
    const onTidyFailed = (error: unknown) => log.error(errorPart(error), 'changing ballot keys failed');
    const ballots = await openPostgresBallotBox(url, { keysFolder, onTidyFailed });
    return { store, ballots, share: (options) => store.share(options) };
  } catch (error) {
    await store.close();
    throw error;
  }
}
