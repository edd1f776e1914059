import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { openLowdbReader } from '../adapters/store/lowdb/archive/reader.js';
import { openLowdbWriter } from '../adapters/store/lowdb/archive/writer.js';
import { readKey } from '../runtime/ballots/key-file.js';
import { takeLock } from '../adapters/store/lowdb/lock.js';
import { openPostgresReader } from '../adapters/store/postgres/archive/reader.js';
import { openPostgresWriter } from '../adapters/store/postgres/archive/writer.js';
import { ballotFolders, storeFolder } from '../config/load.js';
import type { Config } from '../config/schema.js';
import { SamlingError } from '../core/errors.js';
import { readArchive, writeArchive, type Contents, type Item } from '../runtime/archive/archive-file.js';
import { fill, type FillOptions, type Filled } from '../runtime/archive/fill.js';
import { differenceOf, Summing, summaryOf, type Summary } from '../runtime/archive/summary.js';
import type { StoredRow, StoreReader, StoreWriter } from '../runtime/archive/types.js';
import { boxName } from '../runtime/ballots/hashes.js';
import { unpack, unseal } from '../runtime/ballots/packed.js';

type StoreConfig = Pick<Config, 'dataDir' | 'databaseUrl'>;

function embeddedIn(config: StoreConfig) {
  return { folder: storeFolder(config), ballots: ballotFolders(config) };
}

function openReader(config: StoreConfig): Promise<StoreReader> {
  const { databaseUrl: url } = config;
  if (url === undefined) return openLowdbReader(embeddedIn(config));
  return openPostgresReader({ url, keysFolder: ballotFolders(config).keysFolder });
}

function openWriter(config: StoreConfig): Promise<StoreWriter> {
  const { databaseUrl: url } = config;
  if (url === undefined) return openLowdbWriter(embeddedIn(config));
  return openPostgresWriter({ url, keysFolder: ballotFolders(config).keysFolder });
}

/**
 * Writes the store that is configured into a file, as it is at this moment; whoever uses it goes on.
 * @throws SamlingError `ARGUMENT_WRONG`, `STORE_DAMAGED`, `BALLOT_KEY_MISSING`, `STORE_WRITE_FAILED`
 */
export async function backup(config: StoreConfig, file: string): Promise<Contents> {
  const reader = await openReader(config);
  try {
    return await writeArchive(file, reader);
  } finally {
    await reader.close();
  }
}

/**
 * Fills the store that is configured, which must be empty, from a file.
 * @throws SamlingError `BACKUP_DAMAGED`, `STORE_NOT_EMPTY`, `BALLOT_KEY_MISSING`, `STORE_LOCKED`; nothing has changed
 */
export async function restore(config: StoreConfig, file: string, options: FillOptions = {}): Promise<Filled> {
  // All of it once, before the store is touched: what is wrong with the file is then said as such.
  await summaryOf(rowsIn(readArchive(file)));
  return fill(await openWriter(config), readArchive(file), options);
}

/** What a move did. */
export interface Moved {
  readonly tables: Summary;
  /** Whether all of it was there already, from a move before. */
  readonly wasThere: boolean;
}

/**
 * Moves the embedded store into an empty database, answers of open rounds included. Nothing is in the database before
 * everything is, so a move that was broken off is simply begun again; one that is done says so.
 * @throws SamlingError `STORE_LOCKED` while Samling runs, `STORE_NOT_EMPTY` when the database holds something else
 */
export async function migrateStore(config: StoreConfig, url: string): Promise<Moved> {
  const { folder, ballots } = embeddedIn(config);
  const target = { url, keysFolder: ballots.keysFolder };
  const place = await realpath(folder).catch((cause: unknown) => {
    throw new SamlingError('ARGUMENT_WRONG', `There is no store in ${folder}.`, { cause });
  });
  const unlock = await takeLock(join(place, 'lock'));
  try {
    const reader = await openLowdbReader({ folder, ballots });
    try {
      const writer = await openPostgresWriter(target).catch((error: unknown) => {
        if (error instanceof SamlingError && error.code === 'STORE_NOT_EMPTY') return error;
        throw error;
      });
      if (!(writer instanceof Error)) return { ...(await fill(writer, itemsOf(reader))), wasThere: false };
      const tables = await sumOf(reader, ballots.keysFolder);
      const there = await openPostgresReader(target);
      const found = await sumOf(there, ballots.keysFolder).finally(() => there.close());
      if (differenceOf(tables, found) !== undefined) throw writer;
      return { tables, wasThere: true };
    } finally {
      await reader.close();
    }
  } finally {
    await unlock();
  }
}

async function* rowsIn(items: AsyncIterable<Item>): AsyncGenerator<StoredRow> {
  for await (const item of items) if ('row' in item) yield item.row;
}

async function* itemsOf(reader: StoreReader): AsyncGenerator<Item> {
  for await (const box of reader.boxes()) yield { box };
  for await (const row of reader.rows()) yield { row };
}

/** Everything in a store, with the answers of open rounds as a table of their own. */
async function sumOf(reader: StoreReader, keysFolder: string): Promise<Summary> {
  const answers = new Summing();
  for await (const { sealed, ...box } of reader.boxes()) {
    const name = boxName(box);
    const key = await readKey(join(keysFolder, name));
    const packed = key && unseal(key, name, sealed);
    for (const [id, body] of packed === undefined ? [] : unpack(packed))
      answers.add({
        table: 'answers',
        programme: name,
        id,
        row: { programme: name, id: `${id} ${body.toString()}` },
      });
  }
  return { ...(await summaryOf(reader.rows())), ...answers.summary() };
}
