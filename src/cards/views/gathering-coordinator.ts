import { ALL } from '../../core/gatherings/form.js';
import type { MessageData } from '../../core/messages/schemas.js';
import { whenAndWhere } from './gathering.js';
import { listView } from './lists.js';
import { local, type Button, type View, type ViewContext } from './view.js';

type Detail = MessageData<'gathering-detail'>;

const say = (text: string) => ({ text, color: 'Default' as const });

/** Gatherings that one may look into. */
export function gatheringListView(data: MessageData<'gathering-list'>, context: ViewContext): View {
  const { t } = context.translator;
  return listView(context, {
    title: t('gathering.list'),
    ...(data.gatherings.length === 0 ? { paragraphs: [say(t('gathering.list-empty'))] } : {}),
    rows: [
      ...data.gatherings.map((each) => ({
        title: local(context, each.title),
        // On one line: Slack takes 50 blocks a message, and the buttons stay with what they open.
        lines: [
          [
            whenAndWhere(each, context),
            ...(each.network === undefined ? [] : [local(context, each.network)]),
          ].join(' · '),
        ],
      })),
      ...(data.more > 0 ? [{ title: t('agenda.more', { count: data.more }), lines: [] }] : []),
    ],
    buttons: [
      ...(data.mayEdit
        ? [{ title: t('gathering.new'), verb: 'gathering-new', style: 'positive' as const, data: {} }]
        : []),
      ...data.gatherings.map((each): Button => {
        const title = t('gathering.open', { title: apart(each, data.gatherings, context) });
        return { title, verb: 'gathering-open', style: 'default', data: { event: each.id } };
      }),
    ],
  });
}

type Listed = MessageData<'gathering-list'>['gatherings'][number];

/** A gathering's title; with its dates where another one in the list is called the same. */
function apart(gathering: Listed, all: readonly Listed[], context: ViewContext): string {
  const titleOf = (each: Listed) => local(context, each.title);
  const title = titleOf(gathering);
  if (all.filter((each) => titleOf(each) === title).length === 1) return title;
  return `${title}, ${context.translator.dateRange(gathering.starts, gathering.ends ?? gathering.starts)}`;
}

/** Who comes from where. */
export function gatheringDetailView(data: Detail, context: ViewContext): View {
  const { t } = context.translator;
  const { yes, maybe, no, waiting, open, capacity, came } = data;
  const paragraphs = [
    say(whenAndWhere(data.gathering, context)),
    ...(data.cancelled ? [{ text: t('gathering.is-cancelled'), color: 'Attention' as const }] : []),
    say(t('gathering.counts', { yes, maybe, no, open })),
    ...(capacity === undefined ? [] : [say(t('gathering.places', { yes, capacity, waiting }))]),
    ...(came === undefined ? [] : [say(t('gathering.came', { count: came }))]),
  ];
  return listView(context, {
    title: local(context, data.gathering.title),
    paragraphs,
    rows: [
      ...data.rows.map((row) => ({
        title: local(context, row.organisation),
        lines: [row.cells.map((cell) => cellText(cell, context)).join(' · ')],
      })),
      ...(data.more > 0 ? [{ title: t('agenda.more', { count: data.more }), lines: [] }] : []),
    ],
    buttons: buttonsOf(data, context),
  });
}

function cellText(
  { party, state, coming }: Detail['rows'][number]['cells'][number],
  { translator: { t } }: ViewContext,
): string {
  const name = t(`gathering.party-${party}`);
  return t(`gathering.cell-${state}`, { party: name, count: coming });
}

function buttonsOf(data: Detail, { translator: { t } }: ViewContext): Button[] {
  const event = { event: data.gathering.id };
  const button = (verb: string, key: string): Button => ({
    title: t(`gathering.${key}`),
    verb,
    style: 'default' as const,
    data: event,
  });
  return [
    ...(data.cancelled ? [] : [button('gathering-file', 'do-file')]),
    ...(data.mayTakeDown && data.isBegun ? [button('attendance', 'do-attendance')] : []),
    ...(data.mayEdit && data.isBegun ? [button('materials', 'do-materials')] : []),
    ...(data.mayEdit && data.isOver ? [button('gathering-pulse', 'do-pulse')] : []),
    ...(data.mayEdit && !data.isOver
      ? [button('gathering-edit', 'do-edit'), button('gathering-cancel', 'do-cancel')]
      : []),
  ];
}

const FIELDS = [
  ...(['starts', 'ends', 'startTime', 'endTime', 'place', 'link'] as const),
  ...(['signUpBy', 'capacity', 'agenda'] as const),
];

/** Each field that is one line, and what stands in it. */
function fieldsOf({ values }: MessageData<'gathering-form'>, { translator: { t } }: ViewContext) {
  return Object.fromEntries(
    FIELDS.flatMap((name) => [
      [`${name}Label`, t(`gathering.field-${name}`)],
      [name, values[name] ?? ''],
    ]),
  );
}

/** A gathering to be made or changed. */
export function gatheringFormView(data: MessageData<'gathering-form'>, context: ViewContext): View {
  const { t, language } = context.translator;
  const { values } = data;
  const title = t(data.event === undefined ? 'gathering.new' : 'gathering.change');
  const choices = (list: typeof data.networks) => [
    { title: t('gathering.all'), value: ALL },
    ...list.map((each) => ({ title: local(context, each.title), value: each.id })),
  ];
  return {
    template: 'gathering-form',
    data: {
      lang: language,
      summary: title,
      title,
      issues: data.issues.map((issue) => ({ text: t(`gathering.issue-${issue}`) })),
      titles: data.languages.map((each) => ({
        id: `title-${each}`,
        label: t('notice.title-in', { language: t(`language.in-${each}`) }),
        value: values[`title-${each}`] ?? '',
      })),
      sameTitleLabel: t('gathering.field-sameTitle'),
      sameTitle: values['sameTitle'] ?? 'false',
      ...fieldsOf(data, context),
      networkLabel: t('notice.network'),
      networks: choices(data.networks),
      network: values['network'] ?? ALL,
      cohortLabel: t('notice.cohort'),
      cohorts: choices(data.cohorts),
      cohort: values['cohort'] ?? ALL,
      send: t('gathering.keep'),
      data: data.event === undefined ? {} : { event: data.event },
    },
  };
}

/** Who was there. */
export function attendanceView(data: MessageData<'attendance'>, context: ViewContext): View {
  const { t, language } = context.translator;
  const title = t('gathering.attendance', { title: local(context, data.gathering.title) });
  if (data.people.length === 0) return listView(context, { title, paragraphs: [say(t('gathering.nobody'))] });
  return {
    template: 'attendance',
    data: {
      lang: language,
      summary: title,
      title,
      label: t('gathering.present'),
      people: data.people.map((each) => ({ title: local(context, each.name), value: each.id })),
      present: data.present.join(','),
      send: t('gathering.keep'),
      data: { event: data.gathering.id },
    },
  };
}

/** What was shown, to be sent on. */
export function materialsFormView(data: MessageData<'materials-form'>, context: ViewContext): View {
  const { t, language } = context.translator;
  const title = t('gathering.materials', { title: local(context, data.gathering.title) });
  return {
    template: 'materials-form',
    data: {
      lang: language,
      summary: title,
      title,
      issues: data.issue ? [{ text: t('gathering.issue-materials') }] : [],
      textLabel: t('gathering.materials-text'),
      text: data.values['text'] ?? '',
      linkLabel: t('gathering.field-link'),
      link: data.values['link'] ?? '',
      send: t('gathering.send'),
      data: { event: data.gathering.id },
    },
  };
}
