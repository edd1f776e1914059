import type { MessageData } from '../../core/messages/schemas.js';
import type { ResultItem } from '../../core/pulse/messages.js';
import { optionsOf } from './pulse.js';
import { local, type Button, type View, type ViewContext } from './view.js';

type ResultData = MessageData<'pulse-result'>;
type Part = ResultData['parts'][number];

/** More groups than this make a card that no chat takes (Teams: 28 KB); the table has them all. */
const MOST_PARTS = 12;
const MOST_TEXTS = 10;
/** More names than this are a number instead. */
const MOST_NAMES = 6;
/** A change of less than so many percentage points a round is none. */
const LEAST_SLOPE = 1;

/** What a round gave, in words first. */
export function pulseResultView(data: ResultData, context: ViewContext): View {
  const { t, longDate, language } = context.translator;
  const parts = data.parts.slice(0, MOST_PARTS).map((part) => partView(part, data, context));
  const title = t('pulse.result-title', { title: local(context, data.title) });
  const first = parts[0]?.items[0]?.sentence ?? '';
  const lines = [t('pulse.result-round', { number: data.number, date: longDate(data.opened) })];
  if (data.todo !== undefined) lines.push(t('pulse.todo', { text: local(context, data.todo) }));
  if (data.withheld.length > 0) lines.push(withheldText(data, context));
  const more = data.parts.length - parts.length;
  if (more > 0) lines.push(t('pulse.more-groups', { count: more }));
  const buttons = data.round === undefined ? [] : buttonsOf(data.round, context);
  return {
    template: 'result',
    data: {
      lang: language,
      summary: `${title}. ${first}`.trim(),
      title,
      lines: lines.map((text) => ({ text })),
      parts,
      hasActions: buttons.length > 0,
      buttons: buttons.map((button) => ({ ...button })),
    },
  };
}

function withheldText({ withheld, threshold }: ResultData, context: ViewContext): string {
  const { t, list } = context.translator;
  if (withheld.length > MOST_NAMES) return t('pulse.withheld', { count: withheld.length, threshold });
  return t('pulse.withheld-names', { names: list(withheld.map((each) => local(context, each))), threshold });
}

function buttonsOf(round: string, { translator: { t } }: ViewContext): Button[] {
  return [{ title: t('pulse.say-todo'), verb: 'pulse-todo', style: 'default', data: { round } }];
}

function partView(part: Part, data: ResultData, context: ViewContext) {
  const { t } = context.translator;
  const percent = part.asked === 0 ? 0 : Math.round((100 * part.answered) / part.asked);
  const items = part.items.filter((each) => each.verdict === 'shown');
  const hidden = part.items.length - items.length;
  return {
    heading: part.name === undefined ? t('pulse.everybody') : local(context, part.name),
    turnout: t('pulse.turnout', { answered: part.answered, asked: part.asked, percent }),
    items: items.map((item) => itemView(item, part.full, data.threshold, context)),
    hasHidden: hidden > 0,
    hidden: t('pulse.hidden', { count: hidden, threshold: data.threshold }),
  };
}

function itemView(item: ResultItem, full: boolean, threshold: number, context: ViewContext) {
  const bars = full && item.texts === undefined ? barsOf(item, context) : [];
  const texts = full ? (item.texts ?? []).slice(0, MOST_TEXTS) : [];
  return {
    sentence: sentenceOf(item, threshold, context),
    notes: (full ? notesOf(item, context) : []).map((text) => ({ text })),
    hasChart: bars.length > 0,
    chartTitle: local(context, item.question.text),
    bars,
    texts: texts.map((text) => ({ text: context.translator.t('pulse.quoted', { text }) })),
  };
}

/** What people would say of a question's result, in one sentence. */
export function sentenceOf(item: ResultItem, threshold: number, context: ViewContext): string {
  const { t } = context.translator;
  const question = local(context, item.question.text);
  if (item.verdict === 'few') return t('pulse.few', { question, threshold });
  if (item.verdict === 'would-reveal') return t('pulse.would-reveal', { question });
  return `${plainSentence(item, question, context)}${changeText(item, context)}`;
}

function changeText({ change }: ResultItem, { translator: { t } }: ViewContext): string {
  if (change === undefined) return '';
  if (!change.sure) return t('pulse.unchanged');
  return t('pulse.changed', {
    points: Math.abs(change.points),
    direction: change.points > 0 ? 'up' : 'down',
  });
}

function plainSentence(item: ResultItem, question: string, context: ViewContext): string {
  const { t } = context.translator;
  const { n, texts, places } = item;
  if (texts !== undefined) return t('pulse.sentence-texts', { question, n });
  if (places !== undefined) return firstSentence(item, places, question, context);
  const percent = Math.round(100 * (item.share?.value ?? 0));
  switch (item.question.kind) {
    case 'scale':
      return scaleSentence(item, { question, percent, n }, context);
    case 'recommend':
      return t('pulse.sentence-recommend', { question, score: item.score ?? 0, n });
    case 'yes-no':
      return t('pulse.sentence-yes', { question, percent, n });
    default:
      return choiceSentence(item, question, context);
  }
}

/** The upper steps by their own name: "62 % agree", "62 % say often or always". */
function scaleSentence(
  { question: { words }, counts }: ResultItem,
  said: { readonly question: string; readonly percent: number; readonly n: number },
  context: ViewContext,
): string {
  const { t } = context.translator;
  if (typeof words === 'string') return t(`pulse.sentence-${words}`, said);
  const upper = Math.max(1, Math.floor((counts.length * 2) / 5));
  const names = (words ?? []).slice(-upper).map((each) => local(context, each));
  return t('pulse.sentence-own', { ...said, choice: names.join(' / ') });
}

function choiceSentence(item: ResultItem, question: string, context: ViewContext): string {
  const { counts, n } = item;
  const most = Math.max(...counts);
  const { choice, tied } = named(item, (index) => counts[index] === most, context);
  const percent = n === 0 ? 0 : Math.round((100 * most) / n);
  return context.translator.t('pulse.sentence-choice', { question, choice, tied, percent, n });
}

function firstSentence(
  item: ResultItem,
  places: readonly number[],
  question: string,
  context: ViewContext,
): string {
  const best = Math.min(...places);
  const { choice, tied } = named(item, (index) => places[index] === best, context);
  return context.translator.t('pulse.sentence-first', { question, choice, tied, n: item.n });
}

/** The options that lead, by name; several are tied. */
function named({ question }: ResultItem, leads: (index: number) => boolean, context: ViewContext) {
  const { t, list } = context.translator;
  const names = optionsOf(question, context).filter((_, index) => leads(index));
  const tied = names.length > 1 ? 'yes' : 'no';
  return { choice: list(names.map((text) => t('pulse.quoted', { text }))), tied };
}

function notesOf(item: ResultItem, { translator: { t } }: ViewContext): readonly string[] {
  const { mean, share, against, texts, textsLeftOut, slope, change } = item;
  const notes: string[] = [];
  if (mean?.low !== undefined && mean.high !== undefined && mean.low < mean.high)
    notes.push(t('pulse.mean-between', { mean: mean.value, low: mean.low, high: mean.high }));
  else if (mean !== undefined) notes.push(t('pulse.mean', { mean: mean.value }));
  else if (share !== undefined && share.low < share.high) {
    const [low, high] = [Math.round(100 * share.low), Math.round(100 * share.high)];
    notes.push(t('pulse.share-between', { low, high }));
  }
  if (against !== undefined && against !== 0)
    notes.push(t('pulse.against', { points: Math.abs(against), direction: against > 0 ? 'up' : 'down' }));
  // A slope that says otherwise than the last change would only confuse.
  const isSame = change?.sure === true && Math.sign(slope ?? 0) === Math.sign(change.points);
  if (slope !== undefined && isSame && Math.abs(slope) >= LEAST_SLOPE)
    notes.push(t('pulse.slope', { points: Math.abs(slope), direction: slope > 0 ? 'up' : 'down' }));
  if (textsLeftOut !== undefined && textsLeftOut > 0)
    notes.push(t('pulse.texts-left-out', { count: textsLeftOut }));
  const more = (texts?.length ?? 0) - MOST_TEXTS;
  if (more > 0) notes.push(t('pulse.texts-more', { count: more, shown: MOST_TEXTS }));
  return notes;
}

function barsOf(item: ResultItem, context: ViewContext) {
  const { t } = context.translator;
  return optionsOf(item.question, context).map((label, index) => {
    const count = item.counts[index] ?? 0;
    const percent = item.n === 0 ? 0 : Math.round((100 * count) / item.n);
    const place = item.places?.[index];
    const value =
      place === undefined ? t('pulse.bar', { count, percent }) : t('pulse.bar-rank', { count, place });
    return { label, count, value };
  });
}
