import type { Submission } from '../members/types.js';
import { pickAudience, type Population } from '../members/audience.js';
import type { Occurrence } from '../programme/occurrences.js';
import { DEADLINE_STATES, type DeadlineState, type Work } from './types.js';

/** How far one organisation is with one deadline. */
export interface Status {
  readonly organisation: string;
  readonly state: DeadlineState;
  readonly submission?: Submission;
  readonly work?: Work;
}

/** How far each organisation of a deadline is; those that need looking at come first. */
export function statusesOf(
  population: Population,
  deadline: Occurrence,
  submissions: readonly Submission[],
  works: readonly Work[],
  today: string,
): readonly Status[] {
  const handedIn = new Map(submissions.map((each) => [each.id, each]));
  const begun = new Map(works.map((each) => [each.id, each]));
  const organisations = new Set(pickAudience(population, deadline.audience).map((each) => each.organisation));
  const statuses = [...organisations].map((organisation): Status => {
    const id = `${deadline.id}/${organisation}`;
    const submission = handedIn.get(id);
    const work = begun.get(id);
    return {
      organisation,
      state: stateOf(submission, work, deadline, today),
      ...(submission === undefined ? {} : { submission }),
      ...(work === undefined ? {} : { work }),
    };
  });
  const rank = (each: Status) => DEADLINE_STATES.indexOf(each.state);
  return statuses.sort((a, b) => rank(a) - rank(b) || (a.organisation < b.organisation ? -1 : 1));
}

function stateOf(
  submission: Submission | undefined,
  work: Work | undefined,
  { starts }: Occurrence,
  today: string,
): DeadlineState {
  if (submission !== undefined) return submission.accepted === undefined ? 'handed-in' : 'accepted';
  if (starts < today) return 'late';
  return work?.state ?? 'not-started';
}
