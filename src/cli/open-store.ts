import { existsSync } from 'node:fs';
import { ballotFolders, storeFolder } from '../config/load.js';
import type { Config } from '../config/schema.js';
import type { BallotBox } from '../core/ports/ballots.js';
import type { Store } from '../core/ports/store.js';

type StoreConfig = Pick<Config, 'dataDir' | 'databaseUrl'>;

export interface OpenOptions {
  /** Whether use of the store from inside one of its transactions is found and refused; default true. */
  readonly guard?: boolean;
}

/**
 * Opens the store that is configured: PostgreSQL, or else the embedded one. The code of the other is not loaded.
 * @throws SamlingError `STORE_LOCKED` while another process has the embedded store; `STORE_WRITE_FAILED` when the
 * database is not there.
 */
export async function openStore(config: StoreConfig, options: OpenOptions = {}): Promise<Store> {
  if (config.databaseUrl !== undefined) {
    const { openPostgresStore } = await import('../adapters/store/postgres/store.js');
    return openPostgresStore(config.databaseUrl, options);
  }
  const { openLowdbStore } = await import('../adapters/store/lowdb/persistence.js');
  return openLowdbStore(storeFolder(config), options);
}

/** Whether there may be something in the store; asked so that reading an embedded one does not make it. */
export function hasStore(config: StoreConfig): boolean {
  return config.databaseUrl !== undefined || existsSync(storeFolder(config));
}

/** Opens the store and the box of anonymous answers that goes with it. */
export async function openStoreAndBallots(
  config: StoreConfig,
  options: OpenOptions = {},
): Promise<{ readonly store: Store; readonly ballots: BallotBox }> {
  const store = await openStore(config, options);
  const { openBallotBox } = await import('../adapters/store/lowdb/ballots/ballot-box.js');
  return { store, ballots: openBallotBox(ballotFolders(config)) };
}
