import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SamlingError } from '../../../../core/errors.js';
import type { BoxKey } from '../../../../core/ports/ballots.js';
import type { Row } from '../../../../core/ports/store.js';
import type { SealedBox, StoredRow, StoreReader } from '../../../../runtime/archive/types.js';
import { boxName } from '../../../../runtime/ballots/hashes.js';
import { aggregateOf, aggregatesAmong, fileOf, placeOf } from '../aggregate.js';
import { boxesIn, sealedBox } from '../ballots/whole-box.js';
import type { BallotBoxOptions } from '../ballots/ballot-box.js';
import { rowAfter, type Kept } from '../rows.js';
import { damaged, SyncedFile } from '../synced-file.js';
import { freeze, type Frozen } from './frozen.js';

export interface LowdbArchiveOptions {
  /** The store's folder. */
  readonly folder: string;
  readonly ballots: BallotBoxOptions;
}

/** Rounds close now and then, not all the time. */
const MOST_TRIES = 5;

/**
 * Reads an embedded store as it is now. The process that has it open goes on; nothing is locked and nothing changed.
 * @throws SamlingError `ARGUMENT_WRONG` when there is no store, `STORE_DAMAGED`, `BALLOT_KEY_MISSING`.
 */
export async function openLowdbReader(options: LowdbArchiveOptions): Promise<StoreReader> {
  const { folder, ballots } = options;
  await access(join(folder, 'journal')).catch((cause: unknown) => {
    throw new SamlingError('ARGUMENT_WRONG', `There is no store in ${folder}.`, { cause });
  });
  for (let tries = 1; ; tries += 1) {
    const before = await boxesIn(ballots.folder);
    const frozen = await freeze(folder);
    try {
      // The rows first, then the answers: who has answered by the rows has an answer in the box.
      const sealed = await sealedBoxes(await openRounds(frozen), ballots);
      const after = new Set((await boxesIn(ballots.folder)).map(boxName));
      const isWhole = before.every((box) => after.has(boxName(box)));
      if (isWhole || tries === MOST_TRIES) return readerOf(frozen, sealed);
      await frozen.thaw();
    } catch (error) {
      await frozen.thaw();
      throw error;
    }
  }
}

function readerOf(frozen: Frozen, sealed: readonly SealedBox[]): StoreReader {
  return {
    async *boxes() {
      yield* await Promise.resolve(sealed);
    },
    rows: () => rowsOf(frozen),
    close: () => frozen.thaw(),
  };
}

async function sealedBoxes(
  rounds: ReadonlySet<string>,
  ballots: BallotBoxOptions,
): Promise<readonly SealedBox[]> {
  const boxes: SealedBox[] = [];
  for (const box of await boxesIn(ballots.folder)) {
    if (!rounds.has(boxName(box))) continue;
    const sealed = await sealedBox(box, ballots);
    if (sealed !== undefined) boxes.push({ ...box, sealed });
  }
  return boxes;
}

/** Rounds that are not closed, by the names of their boxes. */
async function openRounds(frozen: Frozen): Promise<ReadonlySet<string>> {
  const open = new Set<string>();
  for await (const { programme, id, row } of rowsOf(frozen, 'rounds'))
    if ((row as Row & { state?: unknown }).state !== 'closed')
      open.add(boxName({ programme, round: id } satisfies BoxKey));
  return open;
}

/** Rows by table and programme, each read when it is asked for: memory is bounded by the largest of them. */
async function* rowsOf(frozen: Frozen, only?: string): AsyncGenerator<StoredRow> {
  const changes = new Map<string, { seq: number; write: Kept }[]>();
  for (const { seq, writes } of frozen.records) {
    for (const write of writes) {
      const aggregate = aggregateOf(write);
      const list = changes.get(aggregate);
      if (list === undefined) changes.set(aggregate, [{ seq, write }]);
      else list.push({ seq, write });
    }
  }
  const names = aggregatesAmong(await readdir(frozen.folder));
  for (const aggregate of [...new Set([...names, ...changes.keys()])].sort()) {
    const { table, programme } = placeOf(aggregate);
    if (only !== undefined && table !== only) continue;
    for (const [id, row] of await aggregateIn(frozen.folder, aggregate, changes.get(aggregate) ?? []))
      yield { table, programme, id, row };
  }
}

async function aggregateIn(
  folder: string,
  aggregate: string,
  changes: readonly { seq: number; write: Kept }[],
): Promise<ReadonlyMap<string, Row>> {
  const file = new SyncedFile(join(folder, fileOf(aggregate)));
  const snapshot = (await file.read()) ?? { seq: 0, rows: [] };
  const rows = new Map<string, Row>(snapshot.rows.map((row) => [row.id, row]));
  for (const { seq, write } of changes) {
    if (seq <= snapshot.seq) continue;
    const row = rowAfter(rows.get(write.id), write);
    if (row === undefined) throw damaged(aggregate, 'the journal changes a row that is not there');
    if (row === null) rows.delete(write.id);
    else rows.set(write.id, row);
  }
  return rows;
}
