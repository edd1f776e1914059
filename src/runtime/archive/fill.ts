import { SamlingError } from '../../core/errors.js';
import { differenceOf, Summing, summaryOf, type Summary } from './summary.js';
import type { Item } from './archive-file.js';
import type { SealedBox, StoredRow, StoreWriter } from './types.js';

export interface FillOptions {
  /** Goes on without the answers of open rounds whose key is not there; who answered them can answer anew. */
  readonly withoutOpenAnswers?: boolean;
}

export interface Filled {
  readonly tables: Summary;
  readonly boxes: number;
  /** Rounds whose answers are left out. */
  readonly without: readonly string[];
}

/**
 * Fills an empty store with everything of another, reads it back, compares counts and hashes, and makes it true. When
 * anything is wrong, the store stays empty.
 * @param items boxes first
 * @throws SamlingError `BALLOT_KEY_MISSING`; `STORE_DAMAGED` when what was written is not what is read back; what the
 * items throw
 */
export async function fill(
  writer: StoreWriter,
  items: AsyncIterable<Item>,
  { withoutOpenAnswers = false }: FillOptions = {},
): Promise<Filled> {
  const without = new Set<string>();
  const summing = new Summing();
  let boxes = 0;
  try {
    for await (const item of items) {
      if ('box' in item) {
        const isIn = await put(writer, item.box, withoutOpenAnswers);
        if (isIn) boxes += 1;
        else without.add(keyOf(item.box.programme, item.box.round));
      } else {
        const row = answerable(item.row, without);
        summing.add(row);
        await writer.row(row);
      }
    }
    const tables = summing.summary();
    const table = differenceOf(tables, await summaryOf(writer.rows()));
    if (table !== undefined) {
      const message = `What was written to ${table} is not what is read back; nothing was changed.`;
      throw new SamlingError('STORE_DAMAGED', message);
    }
    await writer.commit();
    return { tables, boxes, without: [...without] };
  } finally {
    await writer.abandon();
  }
}

const keyOf = (programme: string, round: string) => `${programme}/${round}`;

async function put(writer: StoreWriter, box: SealedBox, mayMiss: boolean): Promise<boolean> {
  try {
    await writer.box(box);
    return true;
  } catch (error) {
    if (mayMiss && error instanceof SamlingError && error.code === 'BALLOT_KEY_MISSING') return false;
    throw error;
  }
}

/** Whoever has a seat in a round whose answers are gone has not answered, and can do so by the same card. */
function answerable(row: StoredRow, without: ReadonlySet<string>): StoredRow {
  if (row.table !== 'seats' || without.size === 0) return row;
  const seat = row.row as StoredRow['row'] & { readonly round?: unknown };
  if (!without.has(keyOf(row.programme, String(seat.round)))) return row;
  return { ...row, row: { ...seat, answered: false } as StoredRow['row'] };
}
