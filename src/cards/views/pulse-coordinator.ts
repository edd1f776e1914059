import type { MessageData } from '../../core/messages/schemas.js';
import { EVERYBODY, OWN_QUESTIONS, REPEAT_NAMES } from '../../core/pulse/coordinator-messages.js';
import { listView } from './lists.js';
import { local, type Button, type View, type ViewContext } from './view.js';

const say = (text: string) => ({ text, color: 'Default' as const });

/** More pulses than this on one card are too many to press. */
const MOST_LISTED = 8;

/** All pulses. */
export function pulseListView(data: MessageData<'pulse-list'>, context: ViewContext): View {
  const { t } = context.translator;
  const shown = data.pulses.slice(-MOST_LISTED).reverse();
  const open = (id: string, title: string): Button => ({
    title: t('pulse.follow', { title }),
    verb: 'pulse-open',
    style: 'default',
    data: { pulse: id },
  });
  return listView(context, {
    title: t('pulse.list'),
    ...(shown.length === 0 ? { paragraphs: [say(t('pulse.list-empty'))] } : {}),
    rows: shown.map((each) => ({
      title: local(context, each.title),
      lines: [each.isOpen ? t('pulse.state-open') : t(`pulse.state-${each.state}`)],
    })),
    buttons: [
      { title: t('pulse.new'), verb: 'pulse-new', style: 'positive', data: {} },
      ...shown.map((each) => open(each.id, local(context, each.title))),
    ],
  });
}

/** A new pulse. */
export function pulseFormView(data: MessageData<'pulse-form'>, context: ViewContext): View {
  const { t, language } = context.translator;
  const choices = (list: MessageData<'pulse-form'>['roles']) =>
    list.map((each) => ({ title: local(context, each.title), value: each.id }));
  const everybody = { title: t('notice.everybody'), value: EVERYBODY };
  const own = { title: t('pulse.own'), value: OWN_QUESTIONS };
  const templates = [...choices(data.templates), own];
  return {
    template: 'pulse-form',
    data: {
      lang: language,
      summary: t('pulse.new'),
      title: t('pulse.new'),
      templateLabel: t('pulse.template'),
      templates,
      firstTemplate: (templates[0] ?? own).value,
      startsLabel: t('pulse.starts'),
      earliest: data.earliest,
      timeLabel: t('pulse.time'),
      repeatLabel: t('pulse.repeats'),
      repeats: REPEAT_NAMES.map((name) => ({ title: t(`pulse.repeat-${name}`), value: name })),
      daysLabel: t('pulse.open-days'),
      days: [2, 3, 5, 7, 14].map((count) => ({ title: t('pulse.days', { count }), value: String(count) })),
      roleLabel: t('pulse.role'),
      roles: [everybody, ...choices(data.roles)],
      networkLabel: t('pulse.network'),
      networks: [everybody, ...choices(data.networks)],
      namedLabel: t('pulse.named-choice'),
      send: t('pulse.make'),
    },
  };
}

type Detail = MessageData<'pulse-detail'>;

/** One pulse. */
export function pulseDetailView(data: Detail, context: ViewContext): View {
  const { t, longDate } = context.translator;
  const { open, last, next } = data;
  const paragraphs = [
    say(open === undefined ? t(`pulse.state-${data.state}`) : t('pulse.state-open')),
    say(t('pulse.summary', { questions: data.questions, audience: data.audience })),
    say(data.named ? t('pulse.is-named') : t('pulse.is-anonymous', { threshold: data.threshold })),
    ...(next === undefined ? [] : [say(t('pulse.next', { date: longDate(next) }))]),
    ...(open === undefined
      ? []
      : [
          say(t('pulse.turnout', { ...turnoutOf(open), percent: percentOf(open) })),
          say(t('pulse.until', { date: longDate(open.closes) })),
        ]),
    ...(last === undefined ? [] : [say(t('pulse.last', { date: longDate(last.opened) }))]),
  ];
  return listView(context, {
    title: local(context, data.title),
    paragraphs,
    buttons: buttonsOf(data, context),
  });
}

const turnoutOf = ({ asked, answered }: NonNullable<Detail['open']>) => ({ asked, answered });
const percentOf = ({ asked, answered }: NonNullable<Detail['open']>) =>
  asked === 0 ? 0 : Math.round((100 * answered) / asked);

function buttonsOf(data: Detail, { translator: { t } }: ViewContext): Button[] {
  const { id: pulse, open, last, state } = data;
  const button = (
    key: string,
    verb: string,
    what: Button['data'],
    style: Button['style'] = 'default',
  ): Button => ({
    title: t(key),
    verb,
    style,
    data: what,
  });
  return [
    ...(state === 'draft' ? [button('pulse.start', 'pulse-start', { pulse }, 'positive')] : []),
    ...(data.own === true ? ownButtons(data, t) : []),
    ...(open === undefined
      ? []
      : [
          button('pulse.extend', 'pulse-extend', { round: open.round, days: 2 }),
          button('pulse.close', 'pulse-close', { round: open.round }),
        ]),
    ...(last === undefined
      ? []
      : [
          button('pulse.results', 'pulse-results', { round: last.round }),
          button('files.ask', 'pulse-file', { round: last.round }),
        ]),
    ...(state === 'active' ? [button('pulse.stop', 'pulse-stop', { pulse })] : []),
    ...(open === undefined && last !== undefined ? [button('pulse.again', 'pulse-repeat', { pulse })] : []),
    ...data.languages.map((language): Button => {
      const title = t('pulse.preview-in', { language: t(`language.in-${language}`) });
      return { title, verb: 'pulse-preview', style: 'default', data: { pulse, language } };
    }),
  ];
}

function ownButtons({ id: pulse, questions }: Detail, t: ViewContext['translator']['t']): Button[] {
  const write = (title: string, data: Button['data']): Button => ({
    title,
    verb: 'pulse-write',
    style: 'default',
    data,
  });
  const changes = Array.from({ length: questions }, (_, place) =>
    write(t('pulse.change-question', { number: place + 1 }), { pulse, place }),
  );
  return [...changes, write(t('pulse.add-question'), { pulse })];
}

/** What is wrong with a pulse. */
export function pulseFaultsView(data: MessageData<'pulse-faults'>, context: ViewContext): View {
  const { t } = context.translator;
  return listView(context, {
    title: t('pulse.faults'),
    paragraphs: data.faults.map((text) => ({ text, color: 'Attention' as const })),
  });
}

/** What we do about it. */
export function pulseTodoView(data: MessageData<'pulse-todo'>, context: ViewContext): View {
  const { t, language } = context.translator;
  const title = t('pulse.result-title', { title: local(context, data.title) });
  return {
    template: 'pulse-todo',
    data: {
      lang: language,
      summary: title,
      title,
      todoLabel: t('pulse.todo-label'),
      todo: data.todo ?? '',
      send: t('pulse.send'),
      data: { round: data.round },
    },
  };
}
