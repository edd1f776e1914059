import { createHash } from 'node:crypto';
import type { StoredRow } from './types.js';

/** How many rows a table has, and a hash of them all that does not depend on their order. */
export interface TableSummary {
  readonly count: number;
  /** Hexadecimal, 256 bits: the sum of the rows' SHA-256. */
  readonly hash: string;
}

export type Summary = Readonly<Record<string, TableSummary>>;

const BITS = 256n;

/** JSON with the keys of every object in order, so that what says the same is the same. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (value === undefined) return 'null';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const parts = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`);
  return `{${parts.join()}}`;
}

/** Counts and hashes rows as they go by. */
export class Summing {
  readonly #tables = new Map<string, { count: number; sum: bigint }>();

  add({ table, programme, id, row }: StoredRow): void {
    const digest = createHash('sha256')
      .update(canonical([programme, id, row]))
      .digest('hex');
    const known = this.#tables.get(table) ?? { count: 0, sum: 0n };
    this.#tables.set(table, {
      count: known.count + 1,
      sum: BigInt.asUintN(Number(BITS), known.sum + BigInt(`0x${digest}`)),
    });
  }

  summary(): Summary {
    const entries = [...this.#tables].sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(
      entries.map(([table, { count, sum }]) => [table, { count, hash: sum.toString(16).padStart(64, '0') }]),
    );
  }
}

/** The first table in which two summaries differ. */
export function differenceOf(one: Summary, other: Summary): string | undefined {
  const tables = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...tables].find(
    (table) => one[table]?.count !== other[table]?.count || one[table]?.hash !== other[table]?.hash,
  );
}

/** Counts and hashes all rows. */
export async function summaryOf(rows: AsyncIterable<StoredRow>): Promise<Summary> {
  const summing = new Summing();
  for await (const row of rows) summing.add(row);
  return summing.summary();
}
