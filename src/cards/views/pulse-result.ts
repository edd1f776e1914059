import type { MessageData } from '../../core/messages/schemas.js';
import type { ResultItem } from '../../core/pulse/messages.js';
import { optionsOf } from './pulse.js';
import { local, type Button, type View, type ViewContext } from './view.js';

type ResultData = MessageData<'pulse-result'>;
type Part = ResultData['parts'][number];

/** More groups than this make a card that no chat takes (Teams: 28 KB); the files have them all. */
const MOST_PARTS = 6;
const MOST_TEXTS = 10;

/** What a round gave, in words first. */
export function pulseResultView(data: ResultData, context: ViewContext): View {
  const { t, longDate, language } = context.translator;
  const parts = data.parts.slice(0, MOST_PARTS).map((part) => partView(part, data, context));
  const title = t('pulse.result-title', { title: local(context, data.title) });
  const first = parts[0]?.items[0]?.sentence ?? '';
  const lines = [t('pulse.result-round', { number: data.number, date: longDate(data.opened) })];
  if (data.todo !== undefined) lines.push(t('pulse.todo', { text: local(context, data.todo) }));
  if (data.withheld.length > 0)
    lines.push(t('pulse.withheld', { count: data.withheld.length, threshold: data.threshold }));
  const more = data.parts.length - parts.length;
  if (more > 0) lines.push(t('pulse.more-groups', { count: more }));
  const buttons = data.round === undefined ? [] : buttonsOf(data.round, context);
  return {
    template: 'result',
    data: {
      lang: language,
      summary: `${title}. ${first}`,
      title,
      lines: lines.map((text) => ({ text })),
      parts,
      hasActions: buttons.length > 0,
      buttons: buttons.map((button) => ({ ...button })),
    },
  };
}

function buttonsOf(round: string, { translator: { t } }: ViewContext): Button[] {
  return [{ title: t('pulse.say-todo'), verb: 'pulse-todo', style: 'default', data: { round } }];
}

function partView(part: Part, data: ResultData, context: ViewContext) {
  const { t } = context.translator;
  const percent = part.asked === 0 ? 0 : Math.round((100 * part.answered) / part.asked);
  return {
    heading: part.name === undefined ? t('pulse.everybody') : local(context, part.name),
    turnout: t('pulse.turnout', { answered: part.answered, asked: part.asked, percent }),
    items: part.items.map((item) => itemView(item, data, context)),
  };
}

function itemView(item: ResultItem, data: ResultData, context: ViewContext) {
  const bars = item.verdict === 'shown' && item.texts === undefined ? barsOf(item, context) : [];
  const texts = (item.texts ?? []).slice(0, MOST_TEXTS);
  return {
    sentence: sentenceOf(item, data.threshold, context),
    notes: notesOf(item, context).map((text) => ({ text })),
    hasChart: bars.length > 0,
    chartTitle: local(context, item.question.text),
    bars,
    texts: texts.map((text) => ({ text: `“${text}”` })),
  };
}

/** What people would say of a question's result, in one sentence. */
export function sentenceOf(item: ResultItem, threshold: number, context: ViewContext): string {
  const { t, longDate } = context.translator;
  const question = local(context, item.question.text);
  if (item.verdict === 'few') return t('pulse.few', { question, threshold });
  if (item.verdict === 'would-reveal') return t('pulse.would-reveal', { question });
  const change =
    item.change === undefined
      ? ''
      : item.change.sure
        ? t('pulse.changed', {
            points: Math.abs(item.change.points),
            direction: item.change.points > 0 ? 'up' : 'down',
            date: longDate(item.change.since),
          })
        : t('pulse.unchanged', { date: longDate(item.change.since) });
  return `${plainSentence(item, question, context)}${change}`;
}

function plainSentence(item: ResultItem, question: string, context: ViewContext): string {
  const { t } = context.translator;
  const { n } = item;
  if (item.texts !== undefined) return t('pulse.sentence-texts', { question, n });
  if (item.places !== undefined)
    return t('pulse.sentence-first', { question, n, choice: bestPlaced(item, context) });
  const percent = Math.round(100 * (item.share?.value ?? 0));
  switch (item.question.kind) {
    case 'scale':
      return t('pulse.sentence-scale', { question, percent, n });
    case 'recommend':
      return t('pulse.sentence-recommend', { question, score: item.score ?? 0, n });
    case 'yes-no':
      return t('pulse.sentence-yes', { question, percent, n });
    default: {
      const most = Math.max(...item.counts);
      const choice = optionsOf(item.question, context)[item.counts.indexOf(most)] ?? '';
      return t('pulse.sentence-choice', {
        question,
        choice,
        percent: n === 0 ? 0 : Math.round((100 * most) / n),
        n,
      });
    }
  }
}

function bestPlaced(item: ResultItem, context: ViewContext): string {
  const places = item.places ?? [];
  return optionsOf(item.question, context)[places.indexOf(Math.min(...places))] ?? '';
}

function notesOf(item: ResultItem, { translator: { t } }: ViewContext): readonly string[] {
  const notes: string[] = [];
  const { mean, share, against, textsLeftOut, slope } = item;
  if (mean?.low !== undefined && mean.high !== undefined && mean.low < mean.high)
    notes.push(t('pulse.mean-between', { mean: mean.value, low: mean.low, high: mean.high }));
  else if (mean !== undefined) notes.push(t('pulse.mean', { mean: mean.value }));
  if (share !== undefined && share.low < share.high) {
    const [low, high] = [Math.round(100 * share.low), Math.round(100 * share.high)];
    notes.push(t('pulse.share-between', { low, high }));
  }
  if (against !== undefined && against !== 0)
    notes.push(t('pulse.against', { points: Math.abs(against), direction: against > 0 ? 'up' : 'down' }));
  if (slope !== undefined)
    notes.push(
      t('pulse.slope', {
        points: Math.abs(slope),
        direction: slope > 0 ? 'up' : slope < 0 ? 'down' : 'level',
      }),
    );
  if (textsLeftOut !== undefined && textsLeftOut > 0)
    notes.push(t('pulse.texts-left-out', { count: textsLeftOut }));
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
