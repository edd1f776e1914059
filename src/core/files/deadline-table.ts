import { deadlineOf, seenStatuses } from '../deadlines/seen.js';
import { localInstant } from './instant.js';
import { organisationCell } from './people.js';
import type { FileSource, Rows } from './table.js';

const COLUMNS = ['organisation', 'state', 'time', 'link', 'note', 'comment'];

/** How far each organisation is with a deadline that the reader may see. */
export async function deadlineTable(
  source: FileSource,
  event: string,
  today: string,
): Promise<Rows | undefined> {
  const { say } = source;
  const deadline = deadlineOf(source, event);
  if (deadline === undefined) return undefined;
  const statuses = await seenStatuses(source, deadline, today);
  const at = localInstant(source);
  return [
    COLUMNS.map((each) => say(`files.column-${each}`)),
    ...statuses.map(({ organisation, state, submission, work }) => [
      ...[organisationCell(source, organisation), say(`deadline.state-${state}`), at(submission?.at)],
      ...[submission?.link ?? '', submission?.note ?? '', work?.comment ?? ''],
    ]),
  ];
}
