import { mkdir, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SamlingError } from '../../../../core/errors.js';
import type { StoredRow, StoreWriter } from '../../../../runtime/archive/types.js';
import { absent, sync } from '../../../../runtime/files.js';
import { aggregateOf, aggregatesAmong, fileOf, placeOf } from '../aggregate.js';
import { fillBox } from '../ballots/whole-box.js';
import { takeLock } from '../lock.js';
import { SyncedFile, type Snapshot } from '../synced-file.js';
import type { LowdbArchiveOptions } from './reader.js';

/**
 * Fills an empty embedded store. Snapshots are written beside it, and take its place in one step; a folder left beside
 * it says that an earlier attempt was broken off, and that what lies in the folder of ballots came from that.
 * @throws SamlingError `STORE_NOT_EMPTY`, `STORE_LOCKED`
 */
export async function openLowdbWriter(options: LowdbArchiveOptions): Promise<StoreWriter> {
  const { folder, ballots } = options;
  const beside = `${folder}.restoring`;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const unlock = await takeLock(join(await realpath(folder), 'lock'));
  try {
    const wasBrokenOff = (await stat(beside).catch(absent)) !== undefined;
    await refuseUnlessEmpty(folder, wasBrokenOff ? undefined : ballots.folder);
    await rm(beside, { recursive: true, force: true });
    await mkdir(beside, { mode: 0o700 });
    await clear(ballots.folder);
  } catch (error) {
    await unlock();
    throw error;
  }
  return new LowdbWriter(options, beside, unlock);
}

async function refuseUnlessEmpty(folder: string, ballots: string | undefined): Promise<void> {
  const journal = await stat(join(folder, 'journal')).catch(absent);
  const hasRows = aggregatesAmong(await readdir(folder)).length > 0;
  const hasBoxes = ballots !== undefined && (await namesIn(ballots)).length > 0;
  if ((journal?.size ?? 0) === 0 && !hasRows && !hasBoxes) return;
  throw new SamlingError(
    'STORE_NOT_EMPTY',
    `There is something in ${hasBoxes ? ballots : folder} already; nothing was changed. Only an empty store is filled: ` +
      'set SAMLING_DATA_DIR to a new folder, or move the old one away.',
  );
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(absent)) ?? [];
}

async function clear(ballots: string): Promise<void> {
  for (const name of await namesIn(ballots)) await rm(join(ballots, name));
}

class LowdbWriter implements StoreWriter {
  readonly #options: LowdbArchiveOptions;
  readonly #beside: string;
  readonly #unlock: () => Promise<void>;
  readonly #written: string[] = [];
  #aggregate: { readonly name: string; readonly rows: StoredRow[] } | undefined;
  #isOver = false;

  constructor(options: LowdbArchiveOptions, beside: string, unlock: () => Promise<void>) {
    this.#options = options;
    this.#beside = beside;
    this.#unlock = unlock;
  }

  box({ sealed, ...box }: Parameters<StoreWriter['box']>[0]): Promise<void> {
    return fillBox(box, sealed, this.#options.ballots);
  }

  async row(row: StoredRow): Promise<void> {
    const name = aggregateOf(row);
    if (this.#aggregate?.name !== name) {
      await this.#flush();
      this.#aggregate = { name, rows: [] };
    }
    this.#aggregate.rows.push(row);
  }

  async *rows(): AsyncGenerator<StoredRow> {
    await this.#flush();
    for (const name of this.#written) {
      const place = placeOf(name);
      const { rows } = (await this.#file(name).read()) ?? { rows: [] };
      for (const row of rows) yield { ...place, id: row.id, row };
    }
  }

  async commit(): Promise<void> {
    const { folder } = this.#options;
    await this.#flush();
    await sync(this.#beside);
    await rm(join(folder, 'journal'), { force: true });
    await this.#unlock();
    this.#isOver = true;
    try {
      // Takes the place of an empty folder only: of a store that somebody opened at this moment it does not.
      await rename(this.#beside, folder);
    } catch (cause) {
      const message = `Another Samling took the store at this moment: ${folder}. Stop it, and try again.`;
      throw new SamlingError('STORE_LOCKED', message, { cause });
    }
    await sync(dirname(folder));
  }

  async abandon(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    await clear(this.#options.ballots.folder);
    await rm(this.#beside, { recursive: true, force: true });
    await this.#unlock();
  }

  async #flush(): Promise<void> {
    if (this.#aggregate === undefined) return;
    const { name, rows } = this.#aggregate;
    this.#aggregate = undefined;
    this.#written.push(name);
    await this.#file(name).write({ seq: 1, rows: rows.map((each) => each.row) as Snapshot['rows'] });
  }

  #file(name: string): SyncedFile {
    return new SyncedFile(join(this.#beside, fileOf(name)));
  }
}
