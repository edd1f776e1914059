import type { Text } from './language.js';
import type { Audience, Deadline, Gathering, Programme } from './schema.js';

/** One dated happening of a programme: a gathering, or one due date of a deadline. */
export interface Occurrence {
  /** The gathering's or dated deadline's id; `<id>-<year>` for a yearly deadline, such as `arsrapport-2014`. */
  readonly id: string;
  readonly kind: 'gathering' | 'deadline';
  /** The id of the yearly deadline that it is one due date of. */
  readonly yearly?: string;
  readonly title: Text;
  /** First day of a gathering, or the day by which something is due; an ISO date. */
  readonly starts: string;
  /** Last day; the same as `starts` for one day. */
  readonly ends: string;
  readonly startTime?: string;
  readonly endTime?: string;
  readonly place?: Text;
  readonly whatToDo?: Text;
  readonly link?: string;
  readonly signUpBy?: string;
  readonly signUp?: Text;
  readonly agenda?: Gathering['agenda'];
  /** How often a gathering has been moved. */
  readonly moved?: number;
  readonly audience: Audience;
}

const cache = new WeakMap<Programme, readonly Occurrence[]>();

/** All occurrences of a programme, by date and then id. Worked out once for each programme object. */
export function occurrencesOf(programme: Programme): readonly Occurrence[] {
  const known = cache.get(programme);
  if (known !== undefined) return known;
  const all = [...programme.gatherings.map(gatheringOccurrence), ...programme.deadlines.flatMap(ofDeadline)];
  all.sort((a, b) => (a.starts === b.starts ? (a.id < b.id ? -1 : 1) : a.starts < b.starts ? -1 : 1));
  cache.set(programme, all);
  return all;
}

/** The occurrence with an id, if the programme has it. */
export function occurrenceOf(programme: Programme, id: string): Occurrence | undefined {
  return occurrencesOf(programme).find((each) => each.id === id);
}

/** A gathering as one happening. */
export function gatheringOccurrence(gathering: Gathering): Occurrence {
  return {
    id: gathering.id,
    kind: 'gathering',
    title: gathering.title,
    starts: gathering.starts,
    ends: gathering.ends ?? gathering.starts,
    audience: gathering.audience,
    ...given({
      startTime: gathering.startTime,
      endTime: gathering.endTime,
      place: gathering.place,
      link: gathering.link,
      signUpBy: gathering.signUpBy,
      signUp: gathering.signUp,
      agenda: gathering.agenda,
      moved: gathering.moved,
    }),
  };
}

function ofDeadline(deadline: Deadline): Occurrence[] {
  const shared = {
    kind: 'deadline' as const,
    title: deadline.title,
    ...given({ endTime: deadline.time, whatToDo: deadline.whatToDo, link: deadline.link }),
  };
  if (typeof deadline.due === 'string') {
    const audience = audienceOf(deadline, Number(deadline.due.slice(0, 4)));
    return [{ id: deadline.id, starts: deadline.due, ends: deadline.due, audience, ...shared }];
  }
  const { yearly, from, until } = deadline.due;
  return Array.from({ length: until - from + 1 }, (_, index) => {
    const year = String(from + index);
    const due = `${year}-${yearly}`;
    const audience = audienceOf(deadline, from + index);
    return { id: `${deadline.id}-${year}`, yearly: deadline.id, starts: due, ends: due, audience, ...shared };
  });
}

function audienceOf({ audience, ofLeavers }: Deadline, year: number): Audience {
  return ofLeavers ? { ...audience, leavingIn: year } : audience;
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Leaves out the keys that have no value, as `exactOptionalPropertyTypes` wants. */
export function given<T extends Record<string, unknown>>(values: T): Given<T> {
  const kept: Partial<T> = {};
  for (const key in values) if (values[key] !== undefined) kept[key] = values[key];
  return kept as Given<T>;
}
