import type { BoxKey } from '../../../../core/ports/ballots.js';
import type { SealedBox, StoreReader } from '../../../../runtime/archive/types.js';
import { boxName } from '../../../../runtime/ballots/hashes.js';
import { neededBytes, pack, roomFor, seal } from '../../../../runtime/ballots/packed.js';
import { KeyFolder } from '../ballots/key-folder.js';
import { readBox } from '../ballots/sealed-row.js';
import { openDatabase } from '../database.js';
import { Transaction, type Session } from '../transaction.js';
import { createTurns } from '../turns.js';
import { rowsIn } from './read-rows.js';
import * as sql from './sql.js';

export interface PostgresArchiveOptions {
  readonly url: string;
  /** The keys of open rounds. */
  readonly keysFolder: string;
}

/**
 * Reads a database as it is now, all of it from one snapshot. Whoever uses it goes on.
 * @throws SamlingError as `openPostgresStore` does, and `BALLOT_KEY_MISSING`.
 */
export async function openPostgresReader({ url, keysFolder }: PostgresArchiveOptions): Promise<StoreReader> {
  const database = await openDatabase(url, { connections: 1, guard: false });
  const transaction = new Transaction(database.pool, createTurns());
  const keys = new KeyFolder(keysFolder);
  const close = async () => {
    await transaction.rollback();
    await database.close();
  };
  try {
    await transaction.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    // The snapshot is of this query's moment.
    const rounds = await transaction.query<{ programme: string; round: string }>(sql.READ_BOXES);
    return {
      boxes: () => boxesIn(transaction, keys, rounds),
      rows: () => rowsIn(transaction),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function* boxesIn(
  session: Session,
  keys: KeyFolder,
  rounds: readonly BoxKey[],
): AsyncGenerator<SealedBox> {
  for (const { programme, round } of rounds) {
    const name = boxName({ programme, round });
    const box = await readBox(session, keys, { programme, round });
    if (box === undefined) continue;
    const { bodies } = box;
    const packed = pack(bodies, roomFor(neededBytes(bodies.values())));
    yield { programme, round, sealed: seal(await keys.makeArchiveKey(name), name, packed) };
  }
}
