import { pickAudience } from '../members/audience.js';
import { languageOf } from '../members/member-view.js';
import { mayFollow } from '../notices/may.js';
import { isOwnReason, reportOf } from '../notices/report.js';
import { reasonsOf, type Reach } from '../notices/sending.js';
import { answerOf } from '../notices/show.js';
import type { NoticeRow } from '../notices/types.js';
import { localInstant } from './instant.js';
import { personCells } from './people.js';
import type { FileSource, Rows } from './table.js';

const COLUMNS = ['name', 'role', 'organisation', 'language', 'state', 'time', 'reason', 'read', 'answer'];

/**
 * Who has a notice: a row a receiver, those included who could not be reached from the first. `read` is the receiver's
 * own word, never a measurement.
 *
 * @returns undefined when the sending is not there, or is not the reader's to see.
 */
export async function noticeTable(source: FileSource, id: string): Promise<Rows | undefined> {
  const { tables, state, member, say } = source;
  const sending = await tables.sendings.get(state.programme.id, id);
  const row = sending && (await tables.notices.get(state.programme.id, sending.notice));
  if (sending === undefined || row === undefined || !mayFollow({ state, member }, row)) return undefined;
  const lines = await reportOf(tables, sending, answerOf(state, row));
  const at = localInstant(source);
  return [
    COLUMNS.map((each) => say(`files.column-${each}`)),
    ...lines.map((line) => [
      ...personCells(source, line.member),
      line.language === undefined ? '' : say(`language.in-${line.language}`),
      say(`notice.person-${line.mayBeDoubled === true ? 'doubled' : line.state}`),
      at(line.atMs),
      line.reason === undefined ? '' : reasonCell(source, line.reason),
      at(line.readAt),
      line.answer === undefined ? '' : say(`gathering.answer-${line.answer}`),
    ]),
  ];
}

const PLANNED = ['name', 'role', 'organisation', 'language', 'state', 'reason'];

/** Who would get a notice that has not been sent, and who is reached nowhere and why: a row a reader. */
export async function plannedTable(
  source: FileSource & { readonly reach?: Reach | undefined },
  row: NoticeRow,
): Promise<Rows> {
  const { tables, state, say, reach } = source;
  const { programme, preferences } = state;
  const why = await reasonsOf(tables, programme.id);
  return [
    PLANNED.map((each) => say(`files.column-${each}`)),
    ...pickAudience(state, row.notice.audience).map((member) => {
      const isReached = reach?.laneOf(programme.id, member.id) !== undefined;
      return [
        ...personCells(source, member.id),
        say(`language.in-${languageOf(programme, member, preferences.get(member.id))}`),
        say(`notice.person-${isReached ? 'planned' : 'failed'}`),
        isReached ? '' : reasonCell(source, why(member.id)),
      ];
    }),
  ];
}

function reasonCell({ say }: FileSource, reason: string): string {
  return isOwnReason(reason) ? say(`notice.reason-${reason}`) : say('notice.reason-other', { reason });
}
