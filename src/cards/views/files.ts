import type { MessageData } from '../../core/messages/schemas.js';
import { listView } from './lists.js';
import { local, personFirst, type View, type ViewContext } from './view.js';

const say = (text: string) => ({ text, color: 'Default' as const });

/** Where a file lies. */
export function fileAddressView(data: MessageData<'file-address'>, context: ViewContext): View {
  const { t } = context.translator;
  const named = data.title === undefined ? {} : { title: local(context, data.title) };
  const title = t(`files.title-${data.what}`, named);
  const view = listView(context, {
    title,
    paragraphs: [
      say(t('files.how', { hours: data.hours })),
      ...data.urls.map((url) => say(url)),
      say(t('files.secret')),
    ],
  });
  // What is secret does not belong in a notification.
  return { ...view, data: { ...view.data, summary: title } };
}

/** Who did what. */
export function auditView(data: MessageData<'audit'>, context: ViewContext): View {
  const { t, longDate, time } = context.translator;
  return listView(context, {
    title: t('audit.title'),
    paragraphs: [say(t(data.acts.length === 0 ? 'audit.empty' : 'audit.intro'))],
    rows: [
      ...data.acts.map((each) => ({
        title: t(`audit.act-${each.act}`),
        lines: [
          t('audit.when', { date: longDate(each.date), time: time(each.time) }),
          ...(each.by === undefined ? [] : [personFirst(context, each.by)]),
          ...(each.subject === '' ? [] : [each.subject]),
        ],
      })),
      ...(data.more > 0 ? [{ title: t('agenda.more', { count: data.more }), lines: [] }] : []),
    ],
    buttons:
      data.acts.length === 0
        ? []
        : [{ title: t('files.ask'), verb: 'audit-file', style: 'default', data: {} }],
  });
}
