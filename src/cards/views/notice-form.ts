import type { MessageData } from '../../core/messages/schemas.js';
import { ANY } from '../../core/notices/form.js';
import { ASKS } from '../../core/notices/definition.js';
import { REPEAT_NAMES } from '../../core/pulse/coordinator-messages.js';
import { LANGUAGES, type Language } from '../../core/programme/language.js';
import { PARTIES } from '../../core/programme/schema.js';
import { given } from '../../core/programme/occurrences.js';
import { countLines } from './notice-coordinator.js';
import { local, type View, type ViewContext } from './view.js';

type Form = MessageData<'notice-form'>;

/** A notice to be written, with what was typed and what is wrong with it. */
export function noticeFormView(data: Form, context: ViewContext): View {
  const { t, language } = context.translator;
  const { values } = data;
  const title = t(data.correction ? 'notice.correct-title' : 'notice.new');
  return {
    template: 'notice-form',
    data: {
      lang: language,
      summary: title,
      title,
      intro: t(data.correction ? 'notice.correct-intro' : 'notice.intro'),
      // Two faults of one field can be one sentence.
      issues: [...new Set(data.issues.map((issue) => issueText(issue, context)))].map((text) => ({ text })),
      texts: data.languages.map((each) => writtenIn(each, data, context)),
      isNew: !data.correction,
      ...audienceLists(data, context),
      ...askLists(data, context),
      counts: data.counts === undefined ? [] : countLines(data.counts, context),
      count: t('notice.count'),
      linkLabel: t('notice.link'),
      link: values['link'] ?? '',
      pictureLabel: t('notice.picture'),
      picture: values['picture'] ?? '',
      altLabel: t('notice.alt'),
      alt: values['alt'] ?? '',
      dateLabel: t('notice.date'),
      date: values['date'] ?? '',
      timeLabel: t('notice.time'),
      time: values['time'] ?? '09:00',
      mayBeUrgent: data.mayBeUrgent,
      urgentLabel: t('notice.urgent'),
      urgent: values['urgent'] ?? 'false',
      send: t(data.correction ? 'notice.correct' : 'notice.keep'),
      data: given({ notice: data.notice, from: data.from }),
    },
  };
}

/** Title and body in one language, as far as they are written. */
function writtenIn(language: Language, { values }: Form, { translator: { t } }: ViewContext) {
  const name = { language: t(`language.in-${language}`) };
  return {
    titleId: `title-${language}`,
    titleLabel: t('notice.title-in', name),
    title: values[`title-${language}`] ?? '',
    bodyId: `body-${language}`,
    bodyLabel: t('notice.body-in', name),
    body: values[`body-${language}`] ?? '',
  };
}

/** What has a name of the programme's own, under a first choice. */
function choices(list: Form['roles'], first: string, context: ViewContext) {
  const { t } = context.translator;
  return [
    { title: t(first), value: ANY },
    ...list.map((each) => ({ title: local(context, each.title), value: each.id })),
  ];
}

const inLanguages = ({ languages }: Form, { translator: { t } }: ViewContext) =>
  languages.map((each) => ({ title: t(`language.in-${each}`), value: each }));

/** Lists of whom a notice may be for, and what is chosen in each. */
function audienceLists(data: Form, context: ViewContext) {
  const { t } = context.translator;
  const { values } = data;
  const everybody = { title: t('notice.everybody'), value: ANY };
  const among = (list: Form['roles']) => choices(list, 'notice.everybody', context);
  const parties = PARTIES.map((each) => ({ title: t(`gathering.party-${each}`), value: each }));
  return {
    roleLabel: t('notice.role'),
    roles: among(data.roles),
    role: values['role'] ?? ANY,
    cohortLabel: t('notice.cohort'),
    cohorts: among(data.cohorts),
    cohort: values['cohort'] ?? ANY,
    networkLabel: t('notice.network'),
    networks: among(data.networks),
    network: values['network'] ?? ANY,
    themeLabel: t('notice.theme'),
    themes: among(data.themes),
    theme: values['theme'] ?? ANY,
    organisationLabel: t('notice.organisation'),
    organisations: among(data.organisations),
    organisation: values['organisation'] ?? ANY,
    partyLabel: t('notice.party'),
    parties: [everybody, ...parties],
    party: values['party'] ?? ANY,
    readersLabel: t('notice.readers'),
    readers: [everybody, ...inLanguages(data, context)],
    language: values['language'] ?? ANY,
  };
}

/** Gatherings are often called alike; their dates tell them apart. */
function gatheringChoices({ gatherings }: Form, context: ViewContext) {
  const { t, dateRange } = context.translator;
  const titleOf = ({ title, starts, ends }: Form['gatherings'][number]) =>
    `${local(context, title)}, ${dateRange(starts, ends)}`;
  const none = { title: t('notice.no-gathering'), value: ANY };
  return [none, ...gatherings.map((each) => ({ title: titleOf(each), value: each.id }))];
}

/** Lists of what a notice may ask, say instead and repeat, and what is chosen in each. */
function askLists(data: Form, context: ViewContext) {
  const { t } = context.translator;
  const { values } = data;
  return {
    gatheringLabel: t('notice.gathering'),
    gatherings: gatheringChoices(data, context),
    gathering: values['gathering'] ?? ANY,
    insteadLabel: t('notice.instead'),
    insteads: [{ title: t('notice.no-instead'), value: ANY }, ...inLanguages(data, context)],
    instead: values['instead'] ?? ANY,
    askLabel: t('notice.ask'),
    ask: values['ask'] ?? 'none',
    asks: ASKS.map((each) => ({ title: t(`notice.ask-${each}`), value: each })),
    repeatLabel: t('notice.repeats'),
    repeat: values['repeat'] ?? 'once',
    repeats: REPEAT_NAMES.map((name) => ({ title: t(`pulse.repeat-${name}`), value: name })),
  };
}

/** What is wrong, in words; languages by their names. */
function issueText({ code, args }: Form['issues'][number], context: ViewContext): string {
  const { t, longDate } = context.translator;
  const { date } = args;
  const day = code === 'past' && typeof date === 'string' ? { date: longDate(date) } : {};
  const spoken = LANGUAGES.find((each) => each === args['language']);
  const language = spoken === undefined ? '' : t(`language.in-${spoken}`);
  return t(`notice.issue-${code}`, {
    ...args,
    ...day,
    language,
    hasLanguage: spoken === undefined ? 'no' : 'yes',
  });
}
