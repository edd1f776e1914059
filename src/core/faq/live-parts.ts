import { networksOf, organisationOf, personOf, roleKindsOf } from '../members/member-view.js';
import type { Member } from '../members/types.js';
import { LANGUAGES, type Localised, type Text } from '../programme/language.js';
import { occurrencesOf, type Occurrence } from '../programme/occurrences.js';
import type { GATHERING_KINDS, RoleKind } from '../programme/schema.js';
import { isAddressed } from '../reminders/due-nudges.js';
import type { ProgrammeState } from '../reminders/member-state.js';
import { isLivePart, splitLiveParts, type Article } from './article.js';
import type { AnswerPart } from './messages.js';

/** Who asks, and when. */
export interface Asker {
  readonly state: ProgrammeState;
  readonly member: Member;
  /** Today for the member, an ISO date. */
  readonly today: string;
}

/**
 * An article's answer with its live parts filled for the asker and today. A live part that has nothing to tell says
 * so; the asker's own cohort, networks and organisation decide, never anybody else's.
 */
export function answerParts(article: Article, asker: Asker): AnswerPart[] {
  const first = LANGUAGES.map((language) => article.text[language]).find((text) => text !== undefined);
  return splitLiveParts(first?.answer ?? '').flatMap((part, index): AnswerPart[] => {
    // Braces that somebody wrote in an answer of their own are no live part.
    if (index % 2 === 1) return [isLivePart(part) ? livePart(part, asker) : { text: `{${part}}` }];
    const text = textPart(article, index);
    return Object.values(text).every((each) => each.trim() === '') ? [] : [{ text }];
  });
}

function textPart(article: Article, index: number): Localised {
  const entries = LANGUAGES.flatMap((language) => {
    const answer = article.text[language]?.answer;
    return answer === undefined ? [] : [[language, (splitLiveParts(answer)[index] ?? '').trim()] as const];
  });
  return Object.fromEntries(entries);
}

const none = (sentence: string): AnswerPart => ({ sentence: `${sentence}-none`, args: {} });

function livePart(name: string, asker: Asker): AnswerPart {
  const filled = filler(name)(asker);
  return filled ?? none(name.startsWith('deadline:') ? 'deadline' : name);
}

type Filler = (asker: Asker) => AnswerPart | undefined;

const fillers: Readonly<Record<string, Filler>> = {
  'next-gathering': (asker) =>
    gatheringPart(
      'next-gathering',
      next(asker, (each) => each.kind === 'gathering'),
    ),
  'next-project-leader-gathering': (asker) =>
    gatheringPart('next-project-leader-gathering', nextOfKind(asker, 'project-leader-gathering')),
  'next-theme-day': (asker) => gatheringPart('next-theme-day', nextOfKind(asker, 'theme-day')),
  'sign-up': (asker) => {
    const signUpBy = next(asker, (each) => each.kind === 'gathering')?.signUpBy;
    return signUpBy === undefined ? undefined : { sentence: 'sign-up', args: { date: { date: signUpBy } } };
  },
  'network-leader': (asker) => {
    const { programme } = asker.state;
    const own = networksOf(programme, asker.member);
    const leaders = activePeople(asker.state, 'network-leader').filter((leader) =>
      leader.networks.some((network) => own.includes(network)),
    );
    return people('network-leader', asker, leaders);
  },
  coordinator: (asker) => people('coordinator', asker, activePeople(asker.state, 'coordinator')),
  'project-leader': (asker) =>
    people(
      'project-leader',
      asker,
      activePeople(asker.state, 'project-leader').filter(
        (each) => each.organisation === asker.member.organisation,
      ),
    ),
  cohort: ({ state, member }) => {
    const id = organisationOf(state.programme, member.organisation)?.cohort;
    const cohort = state.programme.cohorts.find((each) => each.id === id);
    return cohort === undefined ? undefined : { sentence: 'cohort', args: { cohort: { text: cohort.name } } };
  },
  themes: ({ state, member }) => {
    const ids = networksOf(state.programme, member);
    const names = state.programme.networks.filter((each) => ids.includes(each.id)).map((each) => each.name);
    return names.length === 0 ? undefined : { sentence: 'themes', args: { networks: { texts: names } } };
  },
};

function filler(name: string): Filler {
  if (!name.startsWith('deadline:')) return fillers[name] ?? (() => undefined);
  const id = name.slice('deadline:'.length);
  return (asker) => {
    const found = next(asker, (each) => each.id === id || each.id.startsWith(`${id}-`));
    if (found === undefined) return undefined;
    return { sentence: 'deadline', args: { title: { text: found.title }, date: { date: found.starts } } };
  };
}

function next(
  { state, member, today }: Asker,
  wanted: (each: Occurrence) => boolean,
): Occurrence | undefined {
  return occurrencesOf(state.programme).find(
    (each) =>
      each.ends >= today && wanted(each) && isAddressed({ ...state, submissions: new Set() }, each, member),
  );
}

function nextOfKind(asker: Asker, kind: (typeof GATHERING_KINDS)[number]): Occurrence | undefined {
  const ids = new Set(
    asker.state.programme.gatherings.filter((each) => each.kind === kind).map((each) => each.id),
  );
  return next(asker, (each) => ids.has(each.id));
}

function gatheringPart(sentence: string, found: Occurrence | undefined): AnswerPart | undefined {
  if (found === undefined) return undefined;
  const args: Record<string, { text: Text } | { date: string }> = {
    title: { text: found.title },
    date: { date: found.starts },
  };
  if (found.place === undefined) return { sentence, args };
  return { sentence: `${sentence}-place`, args: { ...args, place: { text: found.place } } };
}

function people(sentence: string, { state }: Asker, found: readonly Member[]): AnswerPart | undefined {
  if (found.length === 0) return undefined;
  return { sentence, args: { people: { people: found.map((each) => personOf(state.programme, each)) } } };
}

/** The active members of a programme with a kind of role. */
export function activePeople(state: ProgrammeState, kind: RoleKind): readonly Member[] {
  return state.members.filter((each) => each.active && roleKindsOf(state.programme, each).includes(kind));
}
