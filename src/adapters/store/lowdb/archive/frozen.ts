import { copyFile, link, mkdtemp, open, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SamlingError } from '../../../../core/errors.js';
import { readJournal, type JournalRecord } from '../journal.js';

/** The files of a store as they were at one moment. */
export interface Frozen {
  readonly folder: string;
  readonly records: readonly JournalRecord[];
  thaw(): Promise<void>;
}

/** The two ways to take hold of a file; between any two of them the store may be folded. */
export interface Holding {
  readonly copyFile: (from: string, to: string) => Promise<void>;
  readonly link: (from: string, to: string) => Promise<void>;
}

/** A fold takes a moment, and the next one megabytes of writes. */
const MOST_TRIES = 20;

/** Which snapshots there are: a fold replaces files, and so changes what this gives. */
async function snapshotsIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  const found = await Promise.all(
    names.map(async (name) => {
      const { ino, mtimeMs, size } = await stat(join(folder, name));
      return [name, [ino, mtimeMs, size].join()] as const;
    }),
  );
  return new Map(found);
}

const isSame = (a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>) =>
  a.size === b.size && [...a].every(([name, file]) => b.get(name) === file);

/** Checksum and number of its first record: no two journals begin alike. */
const BEGINNING_BYTES = 32;

async function beginningOf(file: string): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(BEGINNING_BYTES), 0, BEGINNING_BYTES, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/**
 * Takes hold of a store's files while another process may write: second names for its snapshots, which are only ever
 * replaced, and a copy of the journal from the same time between two folds.
 * @throws SamlingError `STORE_DAMAGED` when the journal is.
 */
export async function freeze(folder: string, holding: Holding = { copyFile, link }): Promise<Frozen> {
  const place = await mkdtemp(join(dirname(folder), '.frozen-'));
  const thaw = () => rm(place, { recursive: true, force: true });
  try {
    for (let tries = 1; ; tries += 1) {
      const records = await take(folder, place, holding, tries === MOST_TRIES);
      if (records !== undefined) return { folder: place, records, thaw };
      if (tries === MOST_TRIES) {
        const message = 'The store is written so fast that no moment of it can be kept. Try again.';
        throw new SamlingError('STORE_LOCKED', message, { retryable: true });
      }
      for (const name of await readdir(place)) await rm(join(place, name));
    }
  } catch (error) {
    await thaw();
    throw error;
  }
}

const isAlike = async (one: string, other: string) => (await beginningOf(one)) === (await beginningOf(other));

/** Undefined when the store was folded meanwhile. */
async function take(
  folder: string,
  place: string,
  holding: Holding,
  isLast: boolean,
): Promise<readonly JournalRecord[] | undefined> {
  try {
    const before = await snapshotsIn(folder);
    const journal = join(place, 'journal');
    await holding.copyFile(join(folder, 'journal'), journal);
    for (const name of before.keys()) await holding.link(join(folder, name), join(place, name));
    const after = await snapshotsIn(folder);
    const { records } = await readJournal(journal);
    // A journal that was cleared while it was copied, once its snapshots were there, begins in another way now.
    const isWhole = records.length === 0 || (await isAlike(journal, join(folder, 'journal')));
    return isSame(before, after) && isWhole ? records : undefined;
  } catch (error) {
    // A file that was replaced between two steps, or a journal that was cleared while it was copied.
    const isGone = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const isTorn = error instanceof SamlingError && error.code === 'STORE_DAMAGED';
    if ((isGone || isTorn) && !isLast) return undefined;
    throw error;
  }
}
