import type { MessageData } from '../../core/messages/schemas.js';
import { listView } from './lists.js';
import { local, type Button, type View, type ViewContext } from './view.js';

const say = (text: string) => ({ text, color: 'Default' as const });

/** Calendars that one may subscribe to. */
export function calendarsView(data: MessageData<'calendars'>, context: ViewContext): View {
  const { t, longDate } = context.translator;
  const rows = data.calendars.map(({ what, network, title, since }) => ({
    title: title === undefined ? t('gathering.calendar-own') : local(context, title),
    since,
    data: { what, ...(network === undefined ? {} : { network }) },
  }));
  const button = (verb: string, text: string, values: Button['data']): Button => ({
    title: text,
    verb,
    style: 'default',
    data: values,
  });
  return listView(context, {
    title: t('gathering.calendars'),
    paragraphs: [say(t('gathering.calendars-intro'))],
    rows: rows.map(({ title, since }) => ({
      title,
      lines: [
        since === undefined
          ? t('gathering.calendar-none')
          : t('gathering.calendar-since', { date: longDate(since) }),
      ],
    })),
    buttons: rows.flatMap(({ title, since, data: values }) => [
      button(
        'calendar-make',
        t(since === undefined ? 'gathering.calendar-make' : 'gathering.calendar-renew', { title }),
        values,
      ),
      ...(since === undefined
        ? []
        : [button('calendar-stop', t('gathering.calendar-stop', { title }), values)]),
    ]),
  });
}

/** A secret address. */
export function calendarAddressView(data: MessageData<'calendar-address'>, context: ViewContext): View {
  const { t } = context.translator;
  const { gathering, urls } = data;
  const title =
    gathering === undefined
      ? t('gathering.address')
      : t('gathering.file', { title: local(context, gathering.title) });
  const view = listView(context, {
    title,
    paragraphs: [
      say(t(gathering === undefined ? 'gathering.address-how' : 'gathering.file-how')),
      ...urls.map((url) => say(url)),
      say(t(gathering === undefined ? 'gathering.address-secret' : 'gathering.file-secret')),
    ],
  });
  // What is secret does not belong in a notification.
  return { ...view, data: { ...view.data, summary: title } };
}
