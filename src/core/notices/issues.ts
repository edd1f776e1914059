import { Temporal } from 'temporal-polyfill';
import { instantMs } from '../calendar/quiet-hours.js';
import type { Fault } from '../errors.js';
import { pickAudience, unknownInAudience } from '../members/audience.js';
import { languageOf, networksOf } from '../members/member-view.js';
import type { Member } from '../members/types.js';
import { foundText, faultsOf } from '../programme/faults.js';
import type { Language } from '../programme/language.js';
import type { Audience, Programme } from '../programme/schema.js';
import { occurrenceOf } from '../programme/occurrences.js';
import { isRule, everFires } from '../pulse/schedule.js';
import type { ProgrammeState } from '../reminders/member-state.js';
import { may } from '../rights/rights.js';
import { BODY_LONGEST, noticeSchema, TITLE_LONGEST, type NoticeDefinition } from './definition.js';

/** One thing that stands in a notice's way: for files as a fault, for people as a sentence with arguments. */
export interface Issue extends Fault {
  /** Key of `locales/<language>/notice.json`, after `issue-`. */
  readonly code: IssueCode;
  readonly args: Readonly<Record<string, string | number>>;
}

/** Everything that can be wrong with a notice. */
export const ISSUE_CODES = [
  'body-long',
  'body-missing',
  'foreign',
  'gathering-over',
  'instead',
  'language',
  'link',
  'nobody',
  'past',
  'past-time',
  'picture',
  'rsvp',
  'rule',
  'shape',
  'title-long',
  'title-missing',
  'unknown',
  'urgent',
  'when',
] as const;
export type IssueCode = (typeof ISSUE_CODES)[number];

export type CheckedNotice =
  | { readonly notice: NoticeDefinition; readonly receivers: readonly Member[]; readonly issues: readonly [] }
  | { readonly notice?: undefined; readonly issues: readonly Issue[] };

/** Who wants to send, and when; the command line may do what a coordinator may. */
export interface Sender {
  readonly member?: Member;
  /** Today in the programme, an ISO date. */
  readonly today: string;
  /** The moment; with it, a time of today that is past is found as well. */
  readonly nowMs?: number;
  /** What is sent is corrected: its times stay as they were, past or not. Default false. */
  readonly corrects?: boolean;
}

/** Checks a notice: shape, texts, languages that its audience needs, audience, times, rights; all issues at once. */
export function checkNotice(
  source: string,
  json: unknown,
  state: ProgrammeState,
  sender: Sender,
): CheckedNotice {
  const parsed = noticeSchema.safeParse(json);
  if (!parsed.success) return { issues: faultsOf(source, json, parsed.error).map(shapeIssue) };
  const notice = parsed.data;
  const at = issuesOf(source);
  const { receivers, issues: wrong } = checkAudience(source, notice.audience, state, sender);
  const issues: Issue[] = [
    ...wrong.filter(({ code }) => code !== 'foreign'),
    ...textIssues(notice, at),
    ...languageIssues(notice, state, receivers, at),
    ...gatheringIssues(notice, state, sender, at),
    ...timeIssues(notice, state.programme, sender, at),
    ...urgentIssues(notice, state, sender, at),
    ...wrong.filter(({ code }) => code === 'foreign'),
  ];
  return issues.length === 0 ? { notice, receivers, issues: [] } : { issues };
}

/** Whom an audience picks, and what is wrong with it: what is not there, nobody, or whom the sender may not reach. */
export function checkAudience(
  source: string,
  audience: Audience,
  state: ProgrammeState,
  sender: Sender,
): { readonly receivers: readonly Member[]; readonly issues: readonly Issue[] } {
  const at = issuesOf(source);
  const unknown = unknownInAudience(state.programme, audience);
  const receivers = unknown.length > 0 ? [] : pickAudience(state, audience);
  const issues = [
    ...unknown.map(({ list, id, place }) =>
      at('unknown', `audience.${list}[${String(place)}]`, id, `one of the programme's ${list}`, { id }),
    ),
    ...(unknown.length === 0 && receivers.length === 0
      ? [at('nobody', 'audience', 'nobody', 'a rule that picks at least one member')]
      : []),
    ...foreignIssues(state, sender, receivers, at),
  ];
  return { receivers, issues };
}

const issuesOf =
  (source: string): At =>
  (code, path, found, expected, args = {}) => ({
    code,
    source,
    path,
    found: foundText(found),
    expected,
    args,
  });

type At = (code: IssueCode, path: string, found: unknown, expected: string, args?: Issue['args']) => Issue;

/** What the shape says, in the words of the dialog. */
function shapeIssue(fault: Fault): Issue {
  const [field = '', language = ''] = fault.path.split(/[.[]/);
  const args = { field: fault.path, language, found: fault.found };
  if (field === 'title') {
    const isLong = fault.expected.startsWith('at most');
    return {
      ...fault,
      code: isLong ? 'title-long' : 'title-missing',
      args: { ...args, longest: TITLE_LONGEST },
    };
  }
  if (field === 'body') {
    const isLong = fault.expected.startsWith('at most');
    return {
      ...fault,
      code: isLong ? 'body-long' : 'body-missing',
      args: { ...args, longest: BODY_LONGEST },
    };
  }
  if (field === 'picture') return { ...fault, code: 'picture', args };
  if (field === 'link') return { ...fault, code: 'link', args };
  if (field === 'when') return { ...fault, code: 'when', args };
  return { ...fault, code: 'shape', args };
}

function textIssues({ title, body, instead }: NoticeDefinition, at: At): Issue[] {
  const titles = Object.keys(title) as Language[];
  const bodies = Object.keys(body) as Language[];
  return [
    ...(titles.length === 0 && bodies.length === 0
      ? [at('title-missing', 'title', undefined, 'a title in at least one language', { language: '' })]
      : []),
    ...titles
      .filter((each) => body[each] === undefined)
      .map((each) =>
        at('body-missing', `body.${each}`, undefined, 'the text for the title', { language: each }),
      ),
    ...bodies
      .filter((each) => title[each] === undefined)
      .map((each) =>
        at('title-missing', `title.${each}`, undefined, 'a title for the text', { language: each }),
      ),
    ...(Object.entries(instead) as [Language, Language][])
      .filter(([, other]) => title[other] === undefined)
      .map(([language, other]) =>
        at('instead', `instead.${language}`, other, 'a language that the notice has', { language: other }),
      ),
  ];
}

/** The language in which a reader gets a notice; undefined when there is none for them. */
export function readIn(
  { title, instead }: Pick<NoticeDefinition, 'title' | 'instead'>,
  own: Language,
): Language | undefined {
  if (title[own] !== undefined) return own;
  const other = instead[own];
  return other !== undefined && title[other] !== undefined ? other : undefined;
}

function languageIssues(
  notice: NoticeDefinition,
  { programme, preferences }: ProgrammeState,
  receivers: readonly Member[],
  at: At,
): Issue[] {
  const missing = new Map<Language, number>();
  for (const member of receivers) {
    const own = languageOf(programme, member, preferences.get(member.id));
    if (readIn(notice, own) === undefined) missing.set(own, (missing.get(own) ?? 0) + 1);
  }
  return [...missing].map(([language, count]) =>
    at(
      'language',
      `title.${language}`,
      undefined,
      `a title and a text in ${language}, or another language in "instead"`,
      {
        language,
        count,
      },
    ),
  );
}

function gatheringIssues(
  notice: NoticeDefinition,
  { programme }: ProgrammeState,
  { today }: Sender,
  at: At,
): Issue[] {
  if (notice.gathering === undefined) {
    return notice.ask === 'rsvp' ? [at('rsvp', 'ask', 'rsvp', 'a gathering to sign up for')] : [];
  }
  const found = occurrenceOf(programme, notice.gathering);
  if (found?.kind !== 'gathering') {
    return [
      at('unknown', 'gathering', notice.gathering, "one of the programme's gatherings", {
        id: notice.gathering,
      }),
    ];
  }
  return found.ends < today
    ? [at('gathering-over', 'gathering', found.ends, 'a gathering that is still to come')]
    : [];
}

function timeIssues(
  { when }: NoticeDefinition,
  programme: Programme,
  { today, nowMs, corrects }: Sender,
  at: At,
): Issue[] {
  if (when === undefined || corrects === true) return [];
  const { date, time, rule } = when;
  const isPast = Temporal.PlainDate.compare(date, today) < 0;
  const isPastTime =
    nowMs !== undefined &&
    date === today &&
    rule === undefined &&
    instantMs(Temporal.PlainDate.from(date), time, programme.zone) < nowMs;
  return [
    ...(isPastTime ? [at('past-time', 'when.time', time, 'a time that is still to come', { time })] : []),
    ...(isPast ? [at('past', 'when.date', date, `${today} or later`, { date })] : []),
    ...(rule !== undefined && (!isRule(rule) || !everFires({ starts: date, rule }))
      ? [at('rule', 'when.rule', rule, 'a rule of RFC 5545 such as "FREQ=WEEKLY;BYDAY=TU", daily at most')]
      : []),
  ];
}

/** To disturb quiet hours is a right of its own. */
function urgentIssues(
  notice: NoticeDefinition,
  { programme }: ProgrammeState,
  { member }: Sender,
  at: At,
): Issue[] {
  return member !== undefined && notice.urgent && !may(programme, member, 'notice-urgent')
    ? [at('urgent', 'urgent', true, 'somebody who may send in quiet hours')]
    : [];
}

/** Whoever leads a network writes to its organisations. */
function foreignIssues(
  { programme }: ProgrammeState,
  { member }: Sender,
  receivers: readonly Member[],
  at: At,
): Issue[] {
  if (member === undefined) return [];
  const reaches = (receiver: Member) =>
    may(programme, member, 'notice-send', { organisation: receiver.organisation }) ||
    networksOf(programme, receiver).some((network) => may(programme, member, 'notice-send', { network }));
  const foreign = receivers.filter((each) => !reaches(each)).length;
  return foreign > 0
    ? [at('foreign', 'audience', foreign, 'members of networks that the sender leads', { count: foreign })]
    : [];
}
