import type { MessageData } from '../../core/messages/schemas.js';
import { local, personText, type Button, type View, type ViewContext } from './view.js';

type Notice = MessageData<'notice'>;

/** A notice, as one reader gets it. */
export function noticeView(data: Notice, context: ViewContext): View {
  const { t, language } = context.translator;
  const recalled = data.recalled;
  const buttons = recalled ? [] : buttonsOf(data, context);
  const links = recalled ? [] : linksOf(data, context);
  const facts = recalled ? [] : factsOf(data, context);
  const state = recalled ? '' : stateOf(data, context);
  const paragraphs = recalled ? [t('notice.was-recalled')] : data.body.split(/\n{2,}/);
  const heading = headingOf(data, context);
  return {
    template: 'notice',
    data: {
      lang: language,
      summary: `${heading}: ${data.title}`,
      heading,
      color: data.corrected || recalled ? 'Attention' : 'Accent',
      title: data.title,
      pictures:
        data.picture === undefined || recalled
          ? []
          : [{ url: data.picture.url, alt: local(context, data.picture.alt) }],
      paragraphs: paragraphs.map((text) => ({ text })),
      hasFacts: facts.length > 0,
      facts,
      hasState: state !== '',
      state,
      why: whyOf(data, context),
      hasActions: buttons.length + links.length > 0,
      buttons,
      links,
    },
  };
}

function headingOf(data: Notice, context: ViewContext): string {
  const { t } = context.translator;
  const from = personText(context, data.from);
  if (data.preview) return t('notice.preview', { from });
  if (data.recalled) return t('notice.recalled', { from });
  return t(data.corrected ? 'notice.corrected' : 'notice.from', { from });
}

function factsOf({ gathering }: Notice, context: ViewContext) {
  if (gathering === undefined) return [];
  const { t, dateRange, time } = context.translator;
  const days = dateRange(gathering.starts, gathering.ends ?? gathering.starts);
  const times = [gathering.startTime, gathering.endTime].filter((each) => each !== undefined).map(time);
  const when = times.length === 0 ? days : t('nudge.at-time', { date: days, time: times.join('–') });
  return [
    { title: t('nudge.kind-gathering'), value: local(context, gathering.title) },
    { title: t('nudge.when'), value: when },
    ...(gathering.place === undefined
      ? []
      : [{ title: t('nudge.where'), value: local(context, gathering.place) }]),
  ];
}

function stateOf(data: Notice, { translator: { t } }: ViewContext): string {
  if (data.ask === 'rsvp' && data.answer !== undefined) return t(`notice.answer-${data.answer}`);
  return data.ask === 'read' && data.read ? t('notice.is-read') : '';
}

function whyOf(data: Notice, context: ViewContext): string {
  const { t } = context.translator;
  const { role, network } = data.why;
  if (role === undefined) return t('notice.why-all', { programme: local(context, context.programme.name) });
  return network === undefined
    ? t('notice.why-role', { role: local(context, role) })
    : t('notice.why-network', { role: local(context, role), network: local(context, network) });
}

function buttonsOf(data: Notice, { translator: { t } }: ViewContext): Button[] {
  const { gathering, answer } = data;
  if (data.ask === 'rsvp' && gathering !== undefined) {
    const offered = (['yes', 'maybe', 'no'] as const).filter(
      (each) => each !== answer && !(each === 'yes' && answer === 'waiting'),
    );
    return offered.map((each) => ({
      title: t(`gathering.${each}`),
      verb: 'rsvp',
      style: each === 'yes' ? 'positive' : 'default',
      data: { event: gathering.id, answer: each },
    }));
  }
  if (data.ask !== 'read' || data.read) return [];
  return [
    { title: t('notice.read'), verb: 'notice-read', style: 'positive', data: { sending: data.sending } },
  ];
}

function linksOf(data: Notice, context: ViewContext) {
  const { t } = context.translator;
  const { link, gathering } = data;
  return [
    ...(link === undefined
      ? []
      : [
          {
            title: link.title === undefined ? t('nudge.open-link') : local(context, link.title),
            url: link.url,
          },
        ]),
    ...(gathering?.calendarUrl === undefined
      ? []
      : [{ title: t('nudge.calendar'), url: gathering.calendarUrl }]),
  ];
}
