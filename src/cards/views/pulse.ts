import type { MessageData } from '../../core/messages/schemas.js';
import type { AskedQuestion } from '../../core/pulse/messages.js';
import { listView } from './lists.js';
import { local, type View, type ViewContext } from './view.js';

type QuestionData = MessageData<'pulse-question'>;

/** More buttons side by side than this are hidden in an overflow menu by Teams. */
const MOST_IN_ROW = 6;
/** Choices with more or longer texts than these are a list to pick from, not buttons. */
const MOST_BUTTONS = 6;
const LONGEST_BUTTON = 32;

/** One question of a ballot. */
export function pulseQuestionView(data: QuestionData, context: ViewContext): View {
  const { t, longDate, language } = context.translator;
  const { question } = data;
  const text = local(context, question.text);
  const form = formOf(data, context);
  const navigation = navigationOf(data, context);
  const state = data.wrong === true ? wrongText(question, context) : data.answered ? t('pulse.answered') : '';
  const lines = [
    ...(data.preview === true ? [t('pulse.preview')] : []),
    ...(data.intro === undefined ? [] : [local(context, data.intro)]),
    t('pulse.until', { date: longDate(data.closes) }),
  ];
  const title = local(context, data.title);
  return {
    template: 'question',
    data: {
      lang: language,
      summary: `${title}. ${text}`,
      title,
      lines: lines.map((line) => ({ text: line })),
      privacy: data.named ? t('pulse.named') : t('pulse.anonymous', { threshold: data.threshold }),
      progress: t('pulse.progress', { number: data.number, of: data.of }),
      question: text,
      hasState: state !== '',
      state,
      stateColor: data.wrong === true ? 'Attention' : 'Good',
      hasEnds: question.kind === 'recommend',
      ends: t('pulse.recommend-ends'),
      ...form,
      send: t('pulse.send'),
      sendData: sentWith(data),
      navigation,
      hasNavigation: form.hasSend || navigation.length > 0,
    },
    ...(data.preview === true ? {} : { refresh: { verb: 'pulse-refresh', data: sentWith(data) } }),
  };
}

/** What every button of the card sends back. */
function sentWith({ round, token, again, question, inLanguage }: QuestionData) {
  return { round, token, again, question: question.place, ...(inLanguage && { inLanguage }) };
}

function navigationOf(data: QuestionData, { translator: { t } }: ViewContext) {
  const { back, next } = data;
  return [
    ...(back === undefined ? [] : [{ title: t('pulse.back'), data: { ...sentWith(data), question: back } }]),
    ...(next === undefined ? [] : [{ title: t('pulse.skip'), data: { ...sentWith(data), question: next } }]),
  ];
}

function wrongText({ kind, max }: AskedQuestion, { translator: { t } }: ViewContext): string {
  if (kind === 'multiple') return t('pulse.wrong-multiple', { max: max ?? 1 });
  return kind === 'ranking' ? t('pulse.wrong-ranking') : t('pulse.wrong');
}

/** The names of a question's steps or choices, in order. */
export function optionsOf(question: AskedQuestion, context: ViewContext): readonly string[] {
  const { t } = context.translator;
  const { words, choices, kind } = question;
  if (kind === 'yes-no') return [t('pulse.no'), t('pulse.yes')];
  if (kind === 'recommend') return Array.from({ length: 11 }, (_, value) => String(value));
  if (typeof words === 'string') return [1, 2, 3, 4, 5].map((step) => t(`pulse.${words}-${String(step)}`));
  return (words ?? choices ?? []).map((text) => local(context, text));
}

function formOf(data: QuestionData, context: ViewContext) {
  const { t } = context.translator;
  const { question } = data;
  const options = optionsOf(question, context);
  const isShort = options.length <= MOST_BUTTONS && options.every((each) => each.length <= LONGEST_BUTTON);
  const asButtons =
    ['scale', 'recommend', 'yes-no'].includes(question.kind) || (question.kind === 'single' && isShort);
  const isText = question.kind === 'text';
  const isRanking = question.kind === 'ranking';
  const isPick = !asButtons && !isText && !isRanking;
  return {
    rows: asButtons ? rowsOf(data, options) : [],
    hasPick: isPick,
    isMulti: question.kind === 'multiple',
    pickLabel:
      question.kind === 'multiple' ? t('pulse.pick', { max: question.max ?? 1 }) : t('pulse.pick-one'),
    choices: asButtons ? [] : options.map((title, index) => ({ title, value: String(index) })),
    ranks: isRanking
      ? options.map((_, index) => ({
          id: `rank${String(index + 1)}`,
          label: t('pulse.rank', { place: index + 1 }),
        }))
      : [],
    hasText: isText,
    textLabel: t('pulse.text'),
    hasSend: !asButtons,
  };
}

function rowsOf(data: QuestionData, options: readonly string[]) {
  // Yes before no, as people say it; all other steps from the lowest up.
  const first = data.question.kind === 'scale' ? 1 : 0;
  const buttons = options.map((title, index) => ({
    title,
    data: { ...sentWith(data), value: String(index + first) },
  }));
  if (data.question.kind === 'yes-no') buttons.reverse();
  const rows = [];
  for (let start = 0; start < buttons.length; start += MOST_IN_ROW)
    rows.push({ buttons: buttons.slice(start, start + MOST_IN_ROW) });
  return rows;
}

/** After the last question: what happens next. */
export function pulseThanksView(data: MessageData<'pulse-thanks'>, context: ViewContext): View {
  const { t, longDate } = context.translator;
  const { round, token, again, first: question, inLanguage } = data;
  const sent = { round, token, again, question, ...(inLanguage && { inLanguage }) };
  const view = listView(context, {
    title: t('pulse.thanks'),
    paragraphs: [
      { text: t('pulse.thanks-next', { date: longDate(data.closes) }), color: 'Default' },
      { text: data.named ? t('pulse.named') : t('pulse.thanks-anonymous'), color: 'Default' },
    ],
    buttons: [
      {
        title: t('pulse.change'),
        verb: 'pulse-show',
        style: 'default',
        data: sent,
      },
    ],
  });
  if (data.preview === true) return view;
  return { ...view, refresh: { verb: 'pulse-refresh', data: { ...sent, done: true } } };
}
