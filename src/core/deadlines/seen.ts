import type { Talk } from '../conversation/context.js';
import { occurrenceOf, type Occurrence } from '../programme/occurrences.js';
import { may } from '../rights/rights.js';
import { statusesOf, type Status } from './status.js';

type Reader = Pick<Talk, 'state' | 'tables' | 'member'>;

/** A deadline by id; undefined for a gathering, or what is not there. */
export function deadlineOf({ state }: Pick<Talk, 'state'>, id: string): Occurrence | undefined {
  const found = occurrenceOf(state.programme, id);
  return found?.kind === 'deadline' ? found : undefined;
}

/** How far the organisations are that a member may see. */
export async function seenStatuses(
  { state, tables, member }: Reader,
  deadline: Occurrence,
  today: string,
): Promise<readonly Status[]> {
  const { programme } = state;
  const [submissions, works] = await Promise.all([
    tables.submissions.list(programme.id),
    tables.works.list(programme.id),
  ]);
  return statusesOf(state, deadline, submissions, works, today).filter(({ organisation }) =>
    may(programme, member, 'deadline-see', { organisation }),
  );
}
