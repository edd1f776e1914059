import type { MessageData } from '../../core/messages/schemas.js';
import { listView } from './lists.js';
import { local, type Button, type View, type ViewContext } from './view.js';

type Detail = MessageData<'deadline-detail'>;

const say = (text: string) => ({ text, color: 'Default' as const });

/** Deadlines that one may look into. */
export function deadlineListView(data: MessageData<'deadline-list'>, context: ViewContext): View {
  const { t, longDate } = context.translator;
  return listView(context, {
    title: t('deadline.list'),
    ...(data.deadlines.length === 0 ? { paragraphs: [say(t('deadline.list-empty'))] } : {}),
    rows: data.deadlines.map((each) => ({
      title: local(context, each.title),
      lines: [t('deadline.due', { date: longDate(each.due) })],
    })),
    buttons: data.deadlines.map((each): Button => {
      const title = t('deadline.open', { title: local(context, each.title), date: longDate(each.due) });
      return { title, verb: 'deadline-open', style: 'default', data: { event: each.id } };
    }),
  });
}

/** How far each organisation is. */
export function deadlineDetailView(data: Detail, context: ViewContext): View {
  const { t, longDate, language } = context.translator;
  const title = local(context, data.deadline.title);
  const counts = data.counts.map(({ state, count }) => t(`deadline.count-${state}`, { count }));
  const due = t('deadline.due', { date: longDate(data.deadline.due) });
  const more = data.more > 0 ? [{ title: t('agenda.more', { count: data.more }), lines: [] }] : [];
  return {
    template: 'deadline-detail',
    data: {
      lang: language,
      summary: `${title}. ${due}. ${counts.join(', ')}`,
      title,
      lines: [due, counts.join(', ')].filter((text) => text !== '').map((text) => ({ text })),
      rows: [...data.rows.map((row) => rowOf(row, context)), ...more],
      hasOpen: data.open.length > 0,
      issues: data.issue === undefined ? [] : [{ text: t(`deadline.issue-${data.issue}`) }],
      organisationLabel: t('deadline.which'),
      organisation: data.open[0]?.id ?? '',
      organisations: data.open.map((each) => ({ title: local(context, each.name), value: each.id })),
      commentLabel: t('deadline.comment'),
      comment: data.comment,
      accept: t('deadline.accept'),
      giveBack: t('deadline.return'),
      file: t('files.ask'),
      data: { event: data.deadline.id },
    },
  };
}

function rowOf(row: Detail['rows'][number], context: ViewContext) {
  const { t } = context.translator;
  const color = row.state === 'late' ? 'Attention' : row.state === 'accepted' ? 'Good' : 'Default';
  const plain = (text: string) => ({ text, color: 'Default' });
  return {
    title: local(context, row.organisation),
    lines: [
      { text: t(`deadline.state-${row.state}`), color },
      ...(row.link === undefined ? [] : [plain(`[${t('nudge.open-link')}](${row.link})`)]),
      ...(row.note === undefined ? [] : [plain(row.note)]),
      ...(row.comment === undefined ? [] : [plain(row.comment)]),
    ],
  };
}

/** Hand in with a link. */
export function handInView(data: MessageData<'hand-in'>, context: ViewContext): View {
  const { t, language, longDate } = context.translator;
  const title = local(context, data.deadline.title);
  return {
    template: 'hand-in',
    data: {
      lang: language,
      summary: title,
      title,
      intro: t('deadline.due', { date: longDate(data.deadline.due) }),
      issues: data.issue ? [{ text: t('deadline.issue-link') }] : [],
      linkLabel: t('deadline.link'),
      link: data.values['link'] ?? '',
      noteLabel: t('deadline.note'),
      note: data.values['note'] ?? '',
      send: t('deadline.hand-in'),
      data: { event: data.deadline.id },
    },
  };
}

/** Accepted, or sent back. */
export function deadlineDecidedView(data: MessageData<'deadline-decided'>, context: ViewContext): View {
  const { t } = context.translator;
  const args = {
    title: local(context, data.deadline.title),
    organisation: local(context, data.organisation),
  };
  return listView(context, {
    title: t(data.accepted ? 'deadline.accepted' : 'deadline.returned', args),
    paragraphs: [
      ...(data.comment === undefined ? [] : [say(data.comment)]),
      ...(data.accepted ? [] : [say(t('deadline.hand-in-again'))]),
    ],
    buttons: data.accepted
      ? []
      : [
          {
            title: t('deadline.hand-in-link'),
            verb: 'hand-in-link',
            style: 'positive',
            data: { event: data.deadline.id },
          },
        ],
  });
}
