import { may } from '../rights/rights.js';
import { resultTable, type TableWords } from '../pulse/result-table.js';
import { auditTable } from './audit-table.js';
import { deadlineTable } from './deadline-table.js';
import { noticeTable } from './notice-table.js';
import type { FileSource, Rows } from './table.js';
import type { FileKind } from './types.js';

/** Which file is wanted, and when. */
export interface Wanted {
  readonly what: FileKind;
  readonly subject: string;
  /** Today for the reader, an ISO date. */
  readonly today: string;
  readonly words: TableWords;
}

/** The rows of a file, as the reader may see them now; undefined for what is not there, or not theirs to see. */
export function fileRows(source: FileSource, wanted: Wanted): Promise<Rows | undefined> {
  switch (wanted.what) {
    case 'notice-report':
      return noticeTable(source, wanted.subject);
    case 'audit':
      return auditTable(source);
    case 'deadline-status':
      return deadlineTable(source, wanted.subject, wanted.today);
    case 'pulse-results':
      return pulseTable(source, wanted);
  }
}

async function pulseTable(source: FileSource, { subject, words }: Wanted): Promise<Rows | undefined> {
  const { tables, state, member, language } = source;
  const { programme } = state;
  const round = await tables.rounds.get(programme.id, subject);
  if (round === undefined || !may(programme, member, 'pulse-manage')) return undefined;
  return resultTable(programme, round, await tables.pulseResults.list(programme.id), language, words);
}
