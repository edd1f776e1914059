import type { Gathering, Programme } from '../programme/schema.js';
import type { GatheringRow } from './types.js';

const known = new WeakMap<Programme, Map<string, Programme>>();
/** The key of a list of rows; a store gives the same list until one of its rows changes. */
const keys = new WeakMap<readonly GatheringRow[], string>();
/** Versions of one programme that are kept: a change gives a new one, transactions may still use the last. */
const KEPT = 4;

/**
 * The programme with the gatherings as chat has made, changed and cancelled them. The same object for the same
 * changes, so that what is worked out for a programme is worked out once.
 */
export function withChanges(programme: Programme, rows: readonly GatheringRow[]): Programme {
  if (rows.length === 0) return programme;
  let versions = known.get(programme);
  if (versions === undefined) known.set(programme, (versions = new Map<string, Programme>()));
  let key = keys.get(rows);
  if (key === undefined) keys.set(rows, (key = JSON.stringify(rows)));
  let changed = versions.get(key);
  if (changed !== undefined) return changed;
  changed = { ...programme, gatherings: gatheringsOf(programme, rows) };
  versions.set(key, changed);
  const [oldest] = versions.keys();
  if (versions.size > KEPT && oldest !== undefined) versions.delete(oldest);
  return changed;
}

function gatheringsOf(programme: Programme, rows: readonly GatheringRow[]): Gathering[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const inFile = new Set(programme.gatherings.map(({ id }) => id));
  const current = programme.gatherings.map((each) => byId.get(each.id) ?? each);
  const made = rows.filter((row) => !inFile.has(row.id));
  return [...current, ...made].flatMap((each) => {
    if (!('sequence' in each)) return [each];
    return each.cancelled ? [] : [each.gathering];
  });
}
