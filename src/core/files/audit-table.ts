import { auditFor } from '../audit/read.js';
import { localInstant } from './instant.js';
import { personCells } from './people.js';
import type { FileSource, Rows } from './table.js';

const COLUMNS = ['time', 'name', 'role', 'organisation', 'act', 'subject'];

/** What was done by those who may do what others may not, the newest first, as far as the reader may see it. */
export async function auditTable(source: FileSource): Promise<Rows | undefined> {
  const { tables, state, member, say } = source;
  const entries = auditFor({ state, member }, await tables.audit.list(state.programme.id));
  if (entries === undefined) return undefined;
  const at = localInstant(source);
  return [
    COLUMNS.map((each) => say(`files.column-${each}`)),
    ...entries.map((each) => [
      ...[at(each.at), ...personCells(source, each.by)],
      ...[say(`audit.act-${each.act}`), each.subject],
    ]),
  ];
}
