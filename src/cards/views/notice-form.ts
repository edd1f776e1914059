import type { MessageData } from '../../core/messages/schemas.js';
import { ANY } from '../../core/notices/form.js';
import { ASKS } from '../../core/notices/definition.js';
import { REPEAT_NAMES } from '../../core/pulse/coordinator-messages.js';
import { LANGUAGES } from '../../core/programme/language.js';
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
      issues: data.issues.map((issue) => ({ text: issueText(issue, context) })),
      texts: data.languages.map((each) => {
        const name = { language: t(`language.in-${each}`) };
        return {
          ...{ titleId: `title-${each}`, titleLabel: t('notice.title-in', name) },
          title: values[`title-${each}`] ?? '',
          ...{ bodyId: `body-${each}`, bodyLabel: t('notice.body-in', name) },
          body: values[`body-${each}`] ?? '',
        };
      }),
      isNew: !data.correction,
      ...listsOf(data, context),
      counts: data.counts === undefined ? [] : countLines(data.counts, context),
      count: t('notice.count'),
      ...{ linkLabel: t('notice.link'), link: values['link'] ?? '' },
      ...{ pictureLabel: t('notice.picture'), picture: values['picture'] ?? '' },
      ...{ altLabel: t('notice.alt'), alt: values['alt'] ?? '' },
      ...{ dateLabel: t('notice.date'), date: values['date'] ?? '' },
      ...{ timeLabel: t('notice.time'), time: values['time'] ?? '09:00' },
      ...{ mayBeUrgent: data.mayBeUrgent, urgentLabel: t('notice.urgent') },
      urgent: values['urgent'] ?? 'false',
      send: t(data.correction ? 'notice.correct' : 'notice.keep'),
      data: given({ notice: data.notice, from: data.from }),
    },
  };
}

/** Lists to choose from, and what is chosen in each. */
function listsOf(data: Form, context: ViewContext) {
  const { t } = context.translator;
  const { values } = data;
  const choices = (list: Form['roles'], first: string) => [
    { title: t(first), value: ANY },
    ...list.map((each) => ({ title: local(context, each.title), value: each.id })),
  ];
  const fixed = (list: readonly { title: string; value: string }[]) => [
    { title: t('notice.everybody'), value: ANY },
    ...list,
  ];
  const parties = PARTIES.map((each) => ({ title: t(`gathering.party-${each}`), value: each }));
  const languages = data.languages.map((each) => ({ title: t(`language.in-${each}`), value: each }));
  return {
    ...{ roleLabel: t('notice.role'), roles: choices(data.roles, 'notice.everybody') },
    role: values['role'] ?? ANY,
    ...{ cohortLabel: t('notice.cohort'), cohorts: choices(data.cohorts, 'notice.everybody') },
    cohort: values['cohort'] ?? ANY,
    ...{ networkLabel: t('notice.network'), networks: choices(data.networks, 'notice.everybody') },
    network: values['network'] ?? ANY,
    ...{ themeLabel: t('notice.theme'), themes: choices(data.themes, 'notice.everybody') },
    theme: values['theme'] ?? ANY,
    organisationLabel: t('notice.organisation'),
    organisations: choices(data.organisations, 'notice.everybody'),
    organisation: values['organisation'] ?? ANY,
    ...{ partyLabel: t('notice.party'), parties: fixed(parties) },
    party: values['party'] ?? ANY,
    ...{ readersLabel: t('notice.readers'), readers: fixed(languages) },
    language: values['language'] ?? ANY,
    ...{ gatheringLabel: t('notice.gathering'), gatherings: choices(data.gatherings, 'notice.no-gathering') },
    gathering: values['gathering'] ?? ANY,
    insteadLabel: t('notice.instead'),
    insteads: [{ title: t('notice.no-instead'), value: ANY }, ...languages],
    instead: values['instead'] ?? ANY,
    ...{ askLabel: t('notice.ask'), ask: values['ask'] ?? 'none' },
    asks: ASKS.map((each) => ({ title: t(`notice.ask-${each}`), value: each })),
    ...{ repeatLabel: t('notice.repeats'), repeat: values['repeat'] ?? 'once' },
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
