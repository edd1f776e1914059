import type { Row } from '../../../core/ports/store.js';

/** One change of one row; `row: null` removes it. */
export interface Write {
  readonly table: string;
  readonly programme: string;
  readonly id: string;
  readonly row: Row | null;
  /** The fields that differ from the row before it, where these are all that the disk needs; `row` is whole all the same. */
  readonly changed?: Readonly<Record<string, unknown>>;
}

/** A change as the journal keeps it: a whole row, none, or fields of one that was there. */
export type Kept =
  | Omit<Write, 'changed'>
  | (Pick<Write, 'table' | 'programme' | 'id'> & { readonly changed: Readonly<Record<string, unknown>> });

/** The row after a change that was kept; `undefined` when fields were kept of a row that is not there. */
export function rowAfter(before: Row | undefined, kept: Kept): Row | null | undefined {
  if ('row' in kept) return kept.row;
  return before && { ...before, ...kept.changed };
}

/** Told of each change, with the row before it; keeps indexes in step, also when a change is undone. */
export type Watcher = (table: string, before: Row | undefined, after: Row | undefined) => void;

/** All rows in memory, by table, programme and id. */
export interface Rows {
  readonly get: (table: string, programme: string, id: string) => Row | undefined;
  /** The same list each time, until one of its rows changes. */
  readonly list: (table: string, programme: string) => readonly Row[];
  programmes(table: string): readonly string[];
  /** Carries out a change and gives the one that undoes it. */
  apply(write: Write): Write;
  watch(watcher: Watcher): void;
}

/** The same each time, as any list that has not changed. */
const NONE: readonly Row[] = Object.freeze([]);

/** The rows of a table and programme. */
interface Shelf {
  readonly rows: Map<string, Row>;
  /** Made when it is asked for, and good until something changes. */
  list: readonly Row[] | undefined;
}

/** Creates empty rows. */
export function createRows(): Rows {
  const tables = new Map<string, Map<string, Shelf>>();
  const watchers: Watcher[] = [];
  const shelfOf = (table: string, programme: string): Shelf => {
    let byProgramme = tables.get(table);
    if (byProgramme === undefined) tables.set(table, (byProgramme = new Map<string, Shelf>()));
    let shelf = byProgramme.get(programme);
    if (shelf === undefined)
      byProgramme.set(programme, (shelf = { rows: new Map<string, Row>(), list: undefined }));
    return shelf;
  };
  return {
    get: (table, programme, id) => tables.get(table)?.get(programme)?.rows.get(id),
    list(table, programme) {
      const shelf = tables.get(table)?.get(programme);
      return shelf === undefined ? NONE : (shelf.list ??= [...shelf.rows.values()]);
    },
    programmes: (table) => [...(tables.get(table)?.keys() ?? [])],
    apply({ table, programme, id, row }) {
      const shelf = shelfOf(table, programme);
      const before = shelf.rows.get(id);
      shelf.list = undefined;
      if (row === null) shelf.rows.delete(id);
      else shelf.rows.set(id, row);
      for (const watcher of watchers) watcher(table, before, row ?? undefined);
      return { table, programme, id, row: before ?? null };
    },
    watch: (watcher) => watchers.push(watcher),
  };
}
