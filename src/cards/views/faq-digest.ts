import type { MessageData } from '../../core/messages/schemas.js';
import { listView } from './lists.js';
import { local, type Button, type View, type ViewContext } from './view.js';

const say = (text: string) => ({ text, color: 'Default' as const });

type Digest = MessageData<'faq-digest'>;

/** Most entries of each kind in a digest, and letters of a question on a button. */
const MOST_IN_DIGEST = 8;
const MOST_BUTTONS = 3;
const ON_BUTTON = 30;

/** What questions and articles wait for, once a week. */
export function faqDigestView(data: Digest, context: ViewContext): View {
  const { t } = context.translator;
  return listView(context, {
    title: t('faq.digest-title'),
    paragraphs: [say(t('faq.digest-intro'))],
    rows: digestRows(data, context),
    buttons: digestButtons(data, context),
  });
}

function digestRows(data: Digest, context: ViewContext) {
  const { t, longDate, list } = context.translator;
  const questions = data.questions.map(({ question, title, times }) => {
    const why =
      title === undefined
        ? t('faq.digest-nothing')
        : t('faq.digest-not-helped', { title: local(context, title) });
    return t('faq.digest-question', { question, why, times });
  });
  const reviews = data.reviews.map(({ title, review }) =>
    t('faq.digest-review', { title: local(context, title), date: longDate(review) }),
  );
  const translations = data.translations.map(({ title, missing }) =>
    t('faq.digest-translation', {
      title: local(context, title),
      languages: list(missing.map((language) => t(`language.in-${language}`))),
    }),
  );
  const waiting = data.waiting.map((each) => each.question);
  return [
    ...digestRow(t('faq.digest-questions'), questions, context),
    ...digestRow(t('faq.digest-waiting'), waiting, context),
    ...digestRow(t('faq.digest-declined'), data.declined, context),
    ...digestRow(t('faq.digest-reviews'), reviews, context),
    ...digestRow(t('faq.digest-translations'), translations, context),
  ];
}

function digestButtons(data: Digest, context: ViewContext): Button[] {
  const { t } = context.translator;
  return [
    ...data.waiting.slice(0, MOST_BUTTONS).map(({ enquiry, question }): Button => ({
      title: t('faq.digest-answer', { question: short(question) }),
      verb: 'enquiry-show',
      style: 'default',
      data: { enquiry },
    })),
    ...data.reviews.slice(0, MOST_BUTTONS).map(({ article, title }): Button => ({
      title: t('faq.digest-keep', { title: short(local(context, title)) }),
      verb: 'faq-keep',
      style: 'default',
      data: { article },
    })),
    ...data.translations.slice(0, MOST_BUTTONS).map(({ article, title }): Button => ({
      title: t('faq.digest-translate', { title: short(local(context, title)) }),
      verb: 'faq-translate',
      style: 'default',
      data: { article },
    })),
  ];
}

function digestRow(title: string, lines: readonly string[], { translator }: ViewContext) {
  if (lines.length === 0) return [];
  const rest = lines.length - MOST_IN_DIGEST;
  const more = rest > 0 ? [translator.t('agenda.more', { count: rest })] : [];
  return [{ title, lines: [...lines.slice(0, MOST_IN_DIGEST), ...more] }];
}

function short(text: string): string {
  return text.length <= ON_BUTTON ? text : `${Array.from(text).slice(0, ON_BUTTON).join('').trimEnd()}…`;
}
