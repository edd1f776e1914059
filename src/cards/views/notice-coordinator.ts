import { isOwnReason } from '../../core/notices/report.js';
import type { MessageData } from '../../core/messages/schemas.js';
import { withoutFormat } from '../as-typed.js';
import type { AudienceCounts } from '../../core/notices/messages.js';
import { listView } from './lists.js';
import { local, personFirst, personText, type Button, type View, type ViewContext } from './view.js';

type Detail = MessageData<'notice-detail'>;
type Progress = NonNullable<Detail['progress']>;

const say = (text: string) => ({ text, color: 'Default' as const });
const warn = (text: string) => ({ text, color: 'Attention' as const });

/** More notices than this on one card are too many to press. */
const MOST_LISTED = 8;

/** All notices. */
export function noticeListView(data: MessageData<'notice-list'>, context: ViewContext): View {
  const { t } = context.translator;
  const shown = data.notices.slice(0, MOST_LISTED);
  return listView(context, {
    title: t('notice.list'),
    ...(shown.length === 0 ? { paragraphs: [say(t('notice.list-empty'))] } : {}),
    rows: shown.map((each) => ({
      title: local(context, each.title),
      lines: [each.isTemplate ? t('notice.is-template') : t(`notice.state-${each.state}`)],
    })),
    buttons: [
      { title: t('notice.new'), verb: 'notice-new', style: 'positive', data: {} },
      ...shown.map((each): Button => {
        const title = t('notice.open', { title: local(context, each.title) });
        return { title, verb: 'notice-open', style: 'default', data: { notice: each.id } };
      }),
    ],
  });
}

/** One notice: to whom, how far, and what can be done. */
export function noticeDetailView(data: Detail, context: ViewContext): View {
  const { t, longDate, time } = context.translator;
  const { when, progress } = data;
  const paragraphs = [
    ...(progress === undefined || data.isTemplate
      ? [say(data.isTemplate ? t('notice.is-template') : t(`notice.state-${data.state}`))]
      : []),
    ...(data.by === undefined ? [] : [say(t('notice.by', { person: personText(context, data.by) }))]),
    ...(when === undefined
      ? []
      : [
          say(
            t(when.repeats ? 'notice.goes-from' : 'notice.goes', {
              date: longDate(when.date),
              time: time(when.time),
            }),
          ),
        ]),
    ...(data.urgent ? [warn(t('notice.is-urgent'))] : []),
    ...(progress === undefined ? audienceLines(data, context) : progressLines(progress, context)),
  ];
  return listView(context, {
    title: local(context, data.title),
    paragraphs,
    buttons: [...mainButtons(data, context), ...previewButtons(data, context)],
  });
}

function audienceLines(data: Detail, context: ViewContext) {
  const needsYes = data.needsYes && data.state === 'draft';
  return [...countLines(data, context), ...(needsYes ? [say(context.translator.t('notice.needs-yes'))] : [])];
}

/** An audience in numbers: how many, by language and platform, and who is not reached. */
export function countLines(data: AudienceCounts, context: ViewContext) {
  const { t } = context.translator;
  const listed = (parts: readonly string[]) => parts.join(', ');
  const languages = data.languages.map(({ language, count }) =>
    t('notice.count-of', { name: t(`language.in-${language}`), count }),
  );
  const platforms = data.platforms.map(({ platform, count }) =>
    t('notice.count-of', { name: t(`notice.platform-${platform}`), count }),
  );
  return [
    say(t('notice.receivers', { count: data.count })),
    ...(languages.length === 0 ? [] : [say(t('notice.by-language', { list: listed(languages) }))]),
    ...(platforms.length === 0 ? [] : [say(t('notice.by-platform', { list: listed(platforms) }))]),
    ...data.unreached.map(({ reason, count }) =>
      warn(t('notice.unreached', { count, reason: reasonText(reason, context) })),
    ),
  ];
}

/** A reason in words; one that only the platform understands as it stands. */
function reasonText(reason: string, { translator: { t } }: ViewContext): string {
  return isOwnReason(reason) ? t(`notice.reason-${reason}`) : t('notice.reason-other', { reason });
}

function progressLines(progress: Progress, { translator: { t } }: ViewContext) {
  const { total, sent, waiting, failed, stopped, acknowledged, minutesLeft } = progress;
  return [
    say(t(`notice.sending-${progress.state}`)),
    say(t('notice.progress', { sent, total })),
    ...(waiting > 0 ? [say(t('notice.waiting', { count: waiting }))] : []),
    ...(minutesLeft === undefined ? [] : [say(t('notice.minutes-left', { count: minutesLeft }))]),
    ...(failed > 0 ? [warn(t('notice.failed', { count: failed }))] : []),
    ...(stopped > 0 ? [say(t('notice.stopped', { count: stopped }))] : []),
    ...(acknowledged > 0 ? [say(t('notice.acknowledged', { count: acknowledged }))] : []),
  ];
}

function mainButtons(data: Detail, { translator: { t } }: ViewContext): Button[] {
  const notice = { notice: data.id };
  const button = (
    name: string,
    what: Button['data'] = notice,
    style: Button['style'] = 'default',
  ): Button => ({ title: t(`notice.do-${name}`), verb: `notice-${name}`, style, data: what });
  const { progress, state } = data;
  const sending = { sending: progress?.sending ?? '' };
  const isLive = state === 'sent' || state === 'scheduled';
  return [
    ...(state === 'draft' && !data.isTemplate
      ? [
          {
            ...button('send', notice, 'positive'),
            title: t(data.needsYes ? 'notice.ask-yes' : 'notice.do-send'),
          },
        ]
      : []),
    ...(progress?.state === 'sending' ? [button('pause', sending)] : []),
    ...(progress?.state === 'paused' ? [button('resume', sending, 'positive')] : []),
    ...(progress !== undefined && progress.failed > 0 && isLive ? [button('retry', sending)] : []),
    ...(progress === undefined ? [button('people')] : [button('report', sending), button('file', sending)]),
    ...(state === 'draft' ? [button('edit')] : []),
    ...(isLive ? [{ ...button('edit'), title: t('notice.do-correct') }] : []),
    ...(isLive && progress !== undefined ? [button('recall')] : []),
    ...(state === 'scheduled' ||
    state === 'asked' ||
    progress?.state === 'sending' ||
    progress?.state === 'paused'
      ? [button('cancel')]
      : []),
    { title: t('notice.do-copy'), verb: 'notice-new', style: 'default', data: { from: data.id } },
    ...(state === 'draft'
      ? [{ ...button('template'), title: t(data.isTemplate ? 'notice.no-template' : 'notice.do-template') }]
      : []),
  ];
}

function previewButtons(data: Pick<Detail, 'id' | 'previews'>, { translator: { t } }: ViewContext): Button[] {
  return data.previews.map((language) => {
    const title = t('notice.preview-in', { language: t(`language.in-${language}`) });
    return { title, verb: 'notice-preview', style: 'default', data: { notice: data.id, language } };
  });
}

/** May this go to so many. */
export function noticeApprovalView(data: MessageData<'notice-approval'>, context: ViewContext): View {
  const { t } = context.translator;
  const by = personFirst(context, data.by);
  return listView(context, {
    title: t('notice.approval', { person: by, count: data.count }),
    rows: [
      { title: local(context, data.title), lines: withoutFormat(local(context, data.body)).split(/\n{2,}/) },
    ],
    buttons: [
      { title: t('notice.do-approve'), verb: 'notice-approve', style: 'positive', data: { notice: data.id } },
      { title: t('notice.do-refuse'), verb: 'notice-refuse', style: 'default', data: { notice: data.id } },
      ...previewButtons(data, context),
    ],
  });
}

/** Who gets it, or who got it. */
export function noticePeopleView(data: MessageData<'notice-people'>, context: ViewContext): View {
  const { t } = context.translator;
  return listView(context, {
    title: t('notice.people', { title: local(context, data.title) }),
    ...(data.people.length === 0 ? { paragraphs: [say(t('notice.nobody'))] } : {}),
    rows: [
      ...data.people.map((each) => ({
        title: personFirst(context, each.person),
        lines: [
          each.read ? t('notice.person-read') : t(`notice.person-${each.state}`),
          ...(each.answer === undefined ? [] : [t(`gathering.answer-${each.answer}`)]),
          ...(each.reason === undefined ? [] : [reasonText(each.reason, context)]),
        ],
      })),
      ...(data.more > 0 ? [{ title: t('agenda.more', { count: data.more }), lines: [] }] : []),
    ],
  });
}
