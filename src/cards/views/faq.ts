import type { MessageData } from '../../core/messages/schemas.js';
import { formView } from './forms.js';
import { listView } from './lists.js';
import { local, personFirst, personText, type Button, type View, type ViewContext } from './view.js';

type Part = MessageData<'faq-answer'>['parts'][number];
type Arg = Extract<Part, { args: unknown }>['args'][string];

const say = (text: string) => ({ text, color: 'Default' as const });

/** An article: its title, the answer with its live sentences, and whether it helped. */
export function faqAnswerView(data: MessageData<'faq-answer'>, context: ViewContext): View {
  const { t, list } = context.translator;
  const { article, question, place } = data;
  const button = (verb: string): Button => ({
    title: t(`faq.${verb}`),
    verb,
    style: 'default',
    data: { article, question },
  });
  const languages = (data.only ?? []).map((language) => t(`language.in-${language}`));
  return listView(context, {
    title: local(context, data.title),
    paragraphs: [
      say(data.parts.map((part) => partText(part, context)).join(' ')),
      ...(languages.length === 0 ? [] : [say(t('faq.only', { languages: list(languages) }))]),
    ],
    buttons: [
      button('faq-helped'),
      button('faq-not-helped'),
      ...(place === undefined ? [] : [{ ...button('faq-share'), data: { article, question, place } }]),
    ],
  });
}

/** An answer that its asker shows to all: the question, the answer, and nothing to press. */
export function faqSharedView(data: MessageData<'faq-shared'>, context: ViewContext): View {
  return listView(context, {
    title: local(context, data.title),
    paragraphs: [
      say(context.translator.t('faq.shared', { question: data.question })),
      say(data.parts.map((part) => partText(part, context)).join(' ')),
    ],
  });
}

/** Form: ask something. */
export function faqAskView(_data: MessageData<'faq-ask'>, context: ViewContext): View {
  const { t } = context.translator;
  return formView(context, {
    title: t('faq.ask-title'),
    intro: t('faq.ask-intro'),
    inputs: [{ id: 'question', label: t('faq.ask-label'), longest: 1000, isLong: true }],
    send: { title: t('faq.ask-send'), verb: 'faq-ask', style: 'positive', data: {} },
  });
}

/** Form: a saved article in one more language. */
export function faqTranslationView(data: MessageData<'faq-translation'>, context: ViewContext): View {
  const { t } = context.translator;
  const { article, into } = data;
  const language = t(`language.in-${into}`);
  return formView(context, {
    title: t('faq.translation-title', { language }),
    intro: `${data.title}: ${data.answer}`,
    inputs: [
      { id: 'title', label: t('faq.translation-question'), longest: 300, isLong: false },
      { id: 'answer', label: t('faq.translation-answer'), longest: 2000, isLong: true },
    ],
    send: {
      title: t('faq.translation-send'),
      verb: 'faq-translate-send',
      style: 'positive',
      data: { article, into },
    },
  });
}

function partText(part: Part, context: ViewContext): string {
  if ('text' in part) return local(context, part.text);
  const args = Object.entries(part.args).map(([key, value]) => [key, argText(value, context)]);
  return context.translator.t(`faq.${part.sentence}`, Object.fromEntries(args) as Record<string, string>);
}

function argText(arg: Arg, context: ViewContext): string {
  const { longDate, list } = context.translator;
  if (typeof arg === 'string') return arg;
  if ('date' in arg) return longDate(arg.date);
  if ('text' in arg) return local(context, arg.text);
  if ('texts' in arg) return list(arg.texts.map((text) => local(context, text)));
  return list(arg.people.map((person) => personText(context, person)));
}

/** What may be meant, and the way to a person. */
export function faqSuggestView(data: MessageData<'faq-suggest'>, context: ViewContext): View {
  const { t } = context.translator;
  const { question, choices, place } = data;
  const some = choices.length > 0;
  return listView(context, {
    title: t(some ? 'faq.suggest-title' : 'faq.unsure-title'),
    paragraphs: [say(t(some ? 'faq.suggest-intro' : 'faq.unsure-intro'))],
    buttons: [
      ...choices.map(({ id, title }): Button => ({
        title: local(context, title),
        verb: 'faq-show',
        style: 'default',
        data: { article: id, question, ...(place === undefined ? {} : { place }) },
      })),
      passOnButton(question, context),
    ],
  });
}

/** What Samling knows that it does not know. */
export function faqUnknownView(data: MessageData<'faq-unknown'>, context: ViewContext): View {
  return listView(context, {
    paragraphs: [say(local(context, data.answer))],
    buttons: [passOnButton(data.question, context)],
  });
}

function passOnButton(question: string, context: ViewContext): Button {
  return {
    title: context.translator.t('faq.pass-on'),
    verb: 'faq-pass-on',
    style: 'default',
    data: { question },
  };
}

/** Shall Samling go on in the language of the question. */
export function faqLanguageView({ language }: MessageData<'faq-language'>, context: ViewContext): View {
  const { t } = context.translator;
  return listView(context, {
    paragraphs: [say(t('faq.language', { language: t(`language.in-${language}`) }))],
    buttons: [
      { title: t(`language.name-${language}`), verb: 'set-language', style: 'default', data: { language } },
    ],
  });
}

/** Form: a question that was passed on. */
export function enquiryView(data: MessageData<'enquiry'>, context: ViewContext): View {
  const { t } = context.translator;
  const title = t('faq.enquiry-title');
  return {
    template: 'enquiry',
    data: {
      lang: context.translator.language,
      summary: `${title}: ${data.question}`,
      title,
      intro: t('faq.enquiry-intro', { person: personFirst(context, data.asker) }),
      question: data.question,
      answerLabel: t('faq.enquiry-answer-label', { language: t(`language.in-${data.asks}`) }),
      articleLabel: t('faq.enquiry-article-label'),
      articles: data.articles.map((each) => ({ title: local(context, each.title), value: each.id })),
      send: t('faq.enquiry-answer'),
      save: t('faq.enquiry-save'),
      add: t('faq.enquiry-add'),
      notOurs: t('faq.enquiry-not-ours'),
      data: { enquiry: data.enquiry },
    },
  };
}

/** What a person answered. */
export function enquiryAnsweredView(data: MessageData<'enquiry-answered'>, context: ViewContext): View {
  return listView(context, {
    title: context.translator.t('faq.answered-title'),
    paragraphs: [say(data.question)],
    rows: [{ title: context.translator.t('faq.answered-answer'), lines: [data.answer] }],
  });
}

/** What the asker would see, when it is in another language than the asker reads. */
export function enquiryCheckView(data: MessageData<'enquiry-check'>, context: ViewContext): View {
  const { t } = context.translator;
  const name = (language: string) => t(`language.in-${language}`);
  const { enquiry } = data;
  const verb = data.saves ? 'enquiry-save' : 'enquiry-answer';
  return listView(context, {
    title: t('faq.check-title'),
    paragraphs: [say(t('faq.check-intro', { written: name(data.written), asks: name(data.asks) }))],
    rows: [{ title: data.question, lines: [data.answer] }],
    buttons: [
      { title: t('faq.check-again'), verb: 'enquiry-show', style: 'positive', data: { enquiry } },
      { title: t('faq.check-as-is'), verb, style: 'default', data: { enquiry, asIs: true } },
    ],
  });
}
