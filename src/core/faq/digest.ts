import { note } from '../audit/audit.js';
import { Temporal } from 'temporal-polyfill';
import { instantMs, localTime } from '../calendar/quiet-hours.js';
import { message, sayOnly, statement, type Talk } from '../conversation/context.js';
import { roleKindsOf } from '../members/member-view.js';
import type { Member } from '../members/types.js';
import type { Answer, Message } from '../ports/interaction.js';
import type { Delivery } from '../ports/outbox.js';
import type { Tables } from '../ports/store.js';
import type { Programme } from '../programme/schema.js';
import { awayOn } from '../reminders/plan-input.js';
import type { ProgrammeState } from '../reminders/member-state.js';
import { speakingTime } from '../reminders/speaking-time.js';
import { openLibrary, titleOf } from './answering.js';
import type { Article, Knowledge } from './article.js';
import { articlesOf } from './library.js';
import { activePeople } from './live-parts.js';
import { untranslated, type Untranslated } from './translations.js';
import type { Enquiry, Unhelpful } from './types.js';

/** ISO day of the week on which questions are summed up. */
const MONDAY = 1;
/** What did not help so long ago is no news, and is forgotten. */
const FORGET_AFTER_DAYS = 90;

/** What there is to tell of questions and articles; without who asked. */
export interface Learning {
  /** Questions that an article did not help with, or that nothing was found for. */
  readonly unhelpful: readonly Unhelpful[];
  /** Questions that wait for a person, or that nobody could answer. */
  readonly enquiries: readonly Enquiry[];
  readonly articles: readonly Article[];
  /** Saved articles that lack a language of the programme. */
  readonly translations: readonly Untranslated[];
}

/** Reads what there is to learn from. */
export async function readLearning(
  tables: Tables,
  { id: programme, languages }: Pick<Programme, 'id' | 'languages'>,
  shipped: Knowledge,
): Promise<Learning> {
  const saved = await tables.savedKnowledge.list(programme);
  const enquiries = await tables.enquiries.list(programme);
  return {
    unhelpful: await tables.unhelpful.list(programme),
    enquiries: enquiries.filter((each) => each.state !== 'answered'),
    articles: articlesOf(shipped, saved),
    translations: untranslated(saved, languages),
  };
}

/**
 * The next instant after `afterMs` at which a digest may be due: a Monday, at the hour of nudges, when a question waits
 * or the review date of an article has passed by then. Undefined when there is neither question nor article.
 */
export function nextDigestMs(programme: Programme, learning: Learning, afterMs: number): number | undefined {
  const waits = [learning.unhelpful, learning.enquiries, learning.translations].some(
    (each) => each.length > 0,
  );
  if (waits) return mondayAfter(programme, afterMs);
  const reviews = learning.articles.map((each) => each.review).sort();
  const [first] = reviews;
  if (first === undefined) return undefined;
  const firstMs = instantMs(Temporal.PlainDate.from(first), '00:00', programme.zone);
  return mondayAfter(programme, Math.max(afterMs, firstMs));
}

function mondayAfter({ zone, policy }: Programme, afterMs: number): number {
  const { date } = localTime(afterMs, zone);
  const monday = date.add({ days: (MONDAY + 7 - date.dayOfWeek) % 7 });
  const atMs = instantMs(monday, policy.nudgeAt, zone);
  return atMs > afterMs ? atMs : instantMs(monday.add({ days: 7 }), policy.nudgeAt, zone);
}

/** The Monday, and its hour of nudges, that was last. */
function lastMonday({ zone, policy }: Programme, nowMs: number) {
  const { date } = localTime(nowMs, zone);
  const monday = date.subtract({ days: date.dayOfWeek - MONDAY });
  const isOver = instantMs(monday, policy.nudgeAt, zone) <= nowMs;
  const last = isOver ? monday : monday.subtract({ days: 7 });
  return { monday: last.toString(), atMs: instantMs(last, policy.nudgeAt, zone) };
}

export interface DigestInput {
  readonly state: ProgrammeState;
  readonly learning: Learning;
  readonly laneOf: (member: Member) => string | undefined;
  readonly nowMs: number;
}

/**
 * The weekly digests that are due: one for each coordinator, and for each network leader who keeps articles that are
 * past their review date. Each thing is told once to each of them, as its item is taken once.
 */
export function planDigests(input: DigestInput): readonly Delivery[] {
  const { programme } = input.state;
  const today = localTime(input.nowMs, programme.zone).date;
  const { monday, atMs } = lastMonday(programme, input.nowMs);
  const learning = before(input.learning, monday, atMs);
  return readersOf(input.state).flatMap((member): Delivery[] => {
    const lane = input.laneOf(member);
    const preferences = input.state.preferences.get(member.id);
    if (lane === undefined || awayOn(preferences, today.toString()).kind !== 'here') return [];
    const items = itemsFor(input.state, learning, member, monday).map((each) => each.item);
    const notBeforeMs = speakingTime(programme, member, preferences, input.nowMs);
    const id = `faq-digest/${monday}/${member.id}`;
    const what = { programme: programme.id, id, items, kind: 'faq-digest', member: member.id };
    return items.length === 0 ? [] : [{ ...what, lane, notBeforeMs, urgent: false, data: {} }];
  });
}

/** What was there when the week began. */
function before({ unhelpful, enquiries, ...rest }: Learning, monday: string, atMs: number): Learning {
  return {
    unhelpful: unhelpful.filter((each) => each.on < monday),
    enquiries: enquiries.filter((each) => Temporal.Instant.from(each.at).epochMilliseconds < atMs),
    ...rest,
  };
}

function readersOf(state: ProgrammeState): readonly Member[] {
  return [...new Set([...activePeople(state, 'coordinator'), ...activePeople(state, 'network-leader')])];
}

type Item = { readonly item: string } & (
  | { readonly unhelpful: Unhelpful }
  | { readonly enquiry: Enquiry }
  | { readonly review: Article }
  | { readonly translation: Untranslated }
);

/** What one reader is to be told by a day: coordinators of all questions, owners of their own articles. */
function itemsFor(state: ProgrammeState, learning: Learning, member: Member, today: string): Item[] {
  const { programme } = state;
  const kinds = roleKindsOf(programme, member);
  const noLeader = activePeople(state, 'network-leader').length === 0;
  const owns = (article: Article) =>
    kinds.includes(article.owner) || (noLeader && kinds.includes('coordinator'));
  const reviews = learning.articles
    .filter((each) => each.review <= today && owns(each))
    .map((review) => ({ item: `faq-review/${review.id}/${review.review}/${member.id}`, review }));
  if (!kinds.includes('coordinator')) return reviews;
  return [
    ...learning.unhelpful.map((unhelpful) => ({
      item: `faq-unhelpful/${unhelpful.id}/${member.id}`,
      unhelpful,
    })),
    ...learning.enquiries.map((enquiry) => ({
      item: `faq-enquiry/${enquiry.id}/${enquiry.state}/${member.id}`,
      enquiry,
    })),
    ...reviews,
    ...learning.translations.map((translation) => ({
      item: `faq-translation/${translation.article.id}/${translation.missing.join('+')}/${member.id}`,
      translation,
    })),
  ];
}

/** Writes a digest from the present state; drops it when everything on it is settled. */
export function composeDigests(
  state: ProgrammeState,
  learning: Learning,
  entry: { readonly items: readonly string[]; readonly member: string },
  nowMs: number,
): { readonly message: Message } | { readonly drop: string } {
  const member = state.members.find((each) => each.id === entry.member);
  if (member === undefined) return { drop: 'member-inactive' };
  const today = localTime(nowMs, state.programme.zone).date.toString();
  const told = new Set(entry.items);
  const items = itemsFor(state, learning, member, today).filter((each) => told.has(each.item));
  if (items.length === 0) return { drop: 'settled' };
  const enquiries = items.flatMap((each) => ('enquiry' in each ? [each.enquiry] : []));
  return {
    message: message('faq-digest', {
      questions: countedQuestions(items, learning),
      waiting: enquiries
        .filter((each) => each.state === 'open')
        .map(({ id, question }) => ({ enquiry: id, question })),
      declined: enquiries.filter((each) => each.state === 'declined').map((each) => each.question),
      reviews: items.flatMap((each) =>
        'review' in each
          ? [{ article: each.review.id, title: titleOf(each.review), review: each.review.review }]
          : [],
      ),
      translations: items.flatMap((each) => ('translation' in each ? [translationOf(each.translation)] : [])),
    }),
  };
}

function translationOf({ article, missing }: Untranslated) {
  return { article: article.id, title: titleOf(article), missing: [...missing] };
}

/** The same question about the same article, on several days, is told once with how often. */
function countedQuestions(items: readonly Item[], { articles }: Learning) {
  const titles = new Map(articles.map((each) => [each.id, titleOf(each)]));
  const counted = new Map<string, { row: Unhelpful; times: number }>();
  for (const item of items) {
    if (!('unhelpful' in item)) continue;
    const { article, question } = item.unhelpful;
    const key = `${article}/${question.toLowerCase()}`;
    counted.set(key, { row: item.unhelpful, times: (counted.get(key)?.times ?? 0) + 1 });
  }
  return [...counted.values()].map(({ row, times }) => {
    const title = titles.get(row.article);
    return { question: row.question, times, ...(title === undefined ? {} : { title }) };
  });
}

/** Ids of rows that are too old to be told. */
export function forgotten({ unhelpful }: Learning, nowMs: number, zone: string): readonly string[] {
  const oldest = localTime(nowMs, zone).date.subtract({ days: FORGET_AFTER_DAYS }).toString();
  return unhelpful.filter((each) => each.on < oldest).map((each) => each.id);
}

/** An owner has looked at an article: it is true for another year. */
export async function keepArticle(talk: Talk, form: { readonly article: string }): Promise<Answer> {
  const { programme } = talk.state;
  const article = (await openLibrary(talk))?.article(form.article);
  if (article === undefined) return sayOnly('action-not-understood');
  const kinds = roleKindsOf(programme, talk.member);
  if (!kinds.includes('coordinator') && !kinds.includes(article.owner)) return sayOnly('not-allowed');
  const review = Temporal.PlainDate.from(talk.today).add({ years: 1 }).toString();
  const id = `review/${article.id}`;
  await talk.tables.savedKnowledge.put({
    programme: programme.id,
    id,
    kind: 'review',
    article: article.id,
    review,
  });
  await note(talk, { right: 'enquiry-answer', act: 'article-keep', subject: article.id });
  return {
    say: [statement('faq-kept', 'done', { title: { text: titleOf(article) }, date: { date: review } })],
  };
}
