import type { MessageData } from '../../core/messages/schemas.js';
import { dateOf, whenLeft } from './nudge.js';
import { local, personFirst, type Button, type View, type ViewContext } from './view.js';

export interface List {
  readonly title?: string;
  readonly paragraphs?: readonly {
    readonly text: string;
    readonly color: 'Default' | 'Good' | 'Attention';
  }[];
  readonly rows?: readonly { readonly title: string; readonly lines: readonly string[] }[];
  readonly buttons?: readonly Button[];
  /** A second set of buttons, with what they are for. */
  readonly more?: { readonly text: string; readonly buttons: readonly Button[] };
}

/** A card of texts, rows and buttons. */
export function listView(context: ViewContext, list: List): View {
  const { title = '', paragraphs = [], rows = [], buttons = [], more = { text: '', buttons: [] } } = list;
  const summary = [title, ...paragraphs.map((each) => each.text), ...rows.map((row) => row.title)];
  return {
    template: 'list',
    data: {
      lang: context.translator.language,
      summary: asSentences(summary.filter((part) => part !== '')),
      hasTitle: title !== '',
      title,
      paragraphs: [...paragraphs],
      rows: rows.map((row) => ({ title: row.title, lines: row.lines.map((text) => ({ text })) })),
      hasActions: buttons.length > 0,
      buttons: buttons.map((button) => ({ ...button })),
      hasMore: more.buttons.length > 0,
      moreText: more.text,
      moreButtons: more.buttons.map((button) => ({ ...button })),
    },
  };
}

/** One after another, with a full stop where none of the ends of a sentence stands. */
function asSentences(parts: readonly string[]): string {
  return parts
    .map((part, index) => (index === parts.length - 1 || /[.?…:]$/.test(part) ? part : `${part}.`))
    .join(' ');
}

const say = (text: string) => ({ text, color: 'Default' as const });

/** Most events in one list; the rest is counted. */
const MOST_ROWS = 10;
/** Most organisations named below one event; the rest is counted. */
const MOST_NAMES = 12;

/** The first entries, and "and 3 more" for the others. */
function shortened<T>(context: ViewContext, entries: readonly T[], most: number) {
  const rest = entries.length - most;
  return {
    first: entries.slice(0, most),
    more: rest > 0 ? [context.translator.t('agenda.more', { count: rest })] : [],
  };
}

const counted = (more: readonly string[]) => more.map((title) => ({ title, lines: [] }));

/** What is coming up. */
export function agendaView(data: MessageData<'agenda'>, context: ViewContext): View {
  return listView(context, agendaList(data, context, MOST_ROWS));
}

function agendaList(data: MessageData<'agenda'>, context: ViewContext, most: number) {
  const { t, longDate } = context.translator;
  const paragraphs = [];
  if (data.paused) {
    paragraphs.push(
      say(
        data.pausedUntil === undefined
          ? t('agenda.paused')
          : t('agenda.paused-until', { date: longDate(data.pausedUntil) }),
      ),
    );
  }
  if (data.items.length === 0) paragraphs.push(say(t('agenda.none')));
  const { first, more } = shortened(context, data.items, most);
  const rows = first.map((item) => ({
    title: local(context, item.title),
    lines: [
      t('nudge.heading', { kind: dateOf(item, context), when: whenLeft(item, context) }),
      ...(item.place === undefined ? [] : [local(context, item.place)]),
    ],
  }));
  return {
    title: t(`agenda.${data.scope}`),
    paragraphs,
    rows: [...rows, ...counted(more)],
  };
}

/** Events on a person's own page. */
const MOST_AT_HOME = 5;

const DOORS = {
  notices: 'notice-list',
  gatherings: 'gathering-list',
  deadlines: 'deadline-list',
  pulses: 'pulse-list',
  audit: 'audit-list',
} as const satisfies Record<MessageData<'home'>['doors'][number], string>;

const doorOf =
  (t: ViewContext['translator']['t']) =>
  (door: keyof typeof DOORS): Button => ({
    title: t(`home.${door}`),
    verb: DOORS[door],
    style: 'default',
    data: {},
  });

/** A person's own page. */
export function homeView(data: MessageData<'home'>, context: ViewContext): View {
  const { t } = context.translator;
  const { agenda } = data;
  const { title, paragraphs, rows } = agendaList(agenda, context, MOST_AT_HOME);
  const show = (what: string): Button => ({
    title: t(`help.${what}`),
    verb: 'show',
    style: 'default',
    data: { what },
  });
  const languages = data.languages.map((language): Button => {
    return {
      title: t(`language.name-${language}`),
      verb: 'set-language',
      style: 'default',
      data: { language },
    };
  });
  const resume: Button = { title: t('pause.resume'), verb: 'resume', style: 'default', data: {} };
  const requests: Button = {
    title: t('home.requests', { count: data.openRequests }),
    verb: 'access-show',
    style: 'default',
    data: {},
  };
  return listView(context, {
    title,
    paragraphs: [say(local(context, data.programme)), ...paragraphs],
    rows,
    buttons: [
      ...(data.isCoordinator ? [requests] : []),
      ...data.doors.map(doorOf(t)),
      ...['ask', 'deadlines', 'gatherings'].map(show),
      agenda.paused ? resume : show('pause'),
      ...languages,
    ],
  });
}

/** What is overdue, for a leader. */
export function digestView(data: MessageData<'digest'>, context: ViewContext): View {
  const { t, longDate, list } = context.translator;
  const { first, more } = shortened(context, data.overdue, MOST_ROWS);
  const row = (each: (typeof data.overdue)[number]) => {
    const named = shortened(context, each.organisations, MOST_NAMES);
    const names = named.first.map((organisation) => local(context, organisation));
    return {
      title: local(context, each.title),
      lines: [
        t('digest.row', { date: longDate(each.due), days: each.daysOverdue }),
        named.more.length > 0 ? [...names, ...named.more].join(', ') : list(names),
      ],
    };
  };
  return listView(context, {
    title: t('digest.title'),
    paragraphs: [say(t('digest.intro'))],
    rows: [...first.map(row), ...counted(more)],
  });
}

const HELP = ['coming', 'deadlines', 'gatherings', 'language', 'pause'] as const;

/** What Samling can do. */
export function helpView(data: MessageData<'help'>, context: ViewContext): View {
  const { t } = context.translator;
  const intro = t('help.intro', { programme: local(context, data.programme) });
  return listView(context, {
    ...(data.understood ? { title: t('help.title') } : {}),
    paragraphs: [say(data.understood ? intro : t('help.not-understood'))],
    buttons: HELP.map((what) => ({
      title: t(`help.${what}`),
      verb: 'show',
      style: 'default',
      data: { what },
    })),
    ...(data.doors.length > 0 && {
      more: { text: t('help.for-others'), buttons: data.doors.map(doorOf(t)) },
    }),
  });
}

/** Which language. */
export function languageView(data: MessageData<'language'>, context: ViewContext): View {
  const { t } = context.translator;
  return listView(context, {
    title: t('language.title'),
    paragraphs: [say(t('language.intro'))],
    buttons: data.choices
      .filter((language) => language !== data.current)
      .map((language) => ({
        title: t(`language.name-${language}`),
        verb: 'set-language',
        style: 'default',
        data: { language },
      })),
  });
}

/** To the coordinator: an event reached the wrong person. */
export function handoverView(data: MessageData<'handover-notice'>, context: ViewContext): View {
  const { t, longDate } = context.translator;
  const person = personFirst(context, data.member);
  const paragraphs = [
    say(t('handover.body', { person, title: local(context, data.title), date: longDate(data.date) })),
    say(
      data.to === undefined
        ? t('handover.nobody')
        : t('handover.to', { person: personFirst(context, data.to) }),
    ),
  ];
  if (data.note !== undefined && data.note.trim() !== '') {
    paragraphs.push(say(t('handover.note', { note: data.note })));
  }
  return listView(context, { title: t('handover.title'), paragraphs });
}

/** One sentence: something done, something wrong, or something to know. */
export function statementView(data: MessageData<'statement'>, context: ViewContext): View {
  const { t, longDate } = context.translator;
  const args = Object.fromEntries(
    Object.entries(data.args).map(([name, value]) => {
      if (typeof value !== 'object') return [name, value];
      return [name, 'date' in value ? longDate(value.date) : local(context, value.text)];
    }),
  );
  const text = t(`statements.${data.key}`, args);
  if (data.tone === 'info') return listView(context, { paragraphs: [say(text)] });
  const template = data.tone === 'done' ? 'confirmation' : 'error';
  return { template, data: { lang: context.translator.language, summary: text, text } };
}
