import { damaged } from './synced-file.js';

/** The rows of a table and programme, which lie in one file: the unit that is rewritten when something in it changes. */
export interface Aggregate {
  readonly table: string;
  readonly programme: string;
}

const SEPARATOR = '@';
const ENDING = '.json';

/** What an aggregate is called. */
export const aggregateOf = ({ table, programme }: Aggregate): string => `${table}${SEPARATOR}${programme}`;

/** Whether two are of one aggregate. */
export function isSameAggregate(a: Aggregate | undefined, b: Aggregate): boolean {
  return a?.table === b.table && a.programme === b.programme;
}

/** The table and programme of an aggregate. @throws SamlingError `STORE_DAMAGED` for what is no name of one. */
export function placeOf(aggregate: string): Aggregate {
  const [table, programme] = aggregate.split(SEPARATOR);
  if (table === undefined || programme === undefined) throw damaged(aggregate, 'its name is not ours');
  return { table, programme };
}

/** The name of an aggregate's file. */
export const fileOf = (aggregate: string): string => `${encodeURIComponent(aggregate)}${ENDING}`;

/** The aggregates that have a file among these. */
export function aggregatesAmong(files: readonly string[]): readonly string[] {
  return files
    .filter((name) => name.endsWith(ENDING))
    .map((name) => decodeURIComponent(name.slice(0, -ENDING.length)));
}
