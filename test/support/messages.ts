import { asset } from '../../src/cli/assets.js';
import { createRenderer } from '../../src/cards/index.js';
import type { EventItem, MessageData, MessageName } from '../../src/core/messages/schemas.js';
import type { ChatMessage } from '../../src/core/ports/chat.js';
import type { Json } from '../../src/core/ports/outbox.js';
import type { Language } from '../../src/core/programme/language.js';
import { createTranslators } from '../../src/i18n/index.js';
import { programmeWith } from './programmes.js';
import { pulseSamples, type Sample } from './pulse-messages.js';

export const translators = createTranslators(asset('locales'));
export const renderer = createRenderer({ cardsDir: asset('cards'), translators, isChecked: true });
export const saman = programmeWith('saman');

export function render<N extends MessageName>(
  template: N,
  data: MessageData<N>,
  language: Language,
): ChatMessage {
  return renderer.render({ template, data: data as Json }, { language, programme: saman });
}

export const texts = (word: string) => ({
  sv: `${word} sv`,
  nb: `${word} nb`,
  nn: `${word} nn`,
  da: `${word} da`,
  en: `${word} en`,
});
const person = { role: texts('role'), organisation: 'Voss' };

export const item: EventItem = {
  event: 'arsrapport-2014',
  kind: 'deadline',
  title: texts('title'),
  starts: '2014-02-01',
  whatToDo: texts('what'),
  daysLeft: 30,
  organisation: 'Voss',
  why: { role: texts('role') },
  status: 'open',
  canHandIn: true,
  snoozeChoices: ['tomorrow', 'in-3-days', 'next-week'],
};

export const gathering: EventItem = {
  ...item,
  event: 'samling-3',
  kind: 'gathering',
  starts: '2018-08-30',
  ends: '2018-09-01',
  startTime: '10:00',
  endTime: '15:30',
  place: 'Gardermoen',
  signUpBy: '2018-08-01',
  link: 'https://example.org/samling-3',
  calendarUrl: 'https://example.org/samling-3.ics',
  why: { role: texts('role'), network: texts('network') },
  canHandIn: false,
};

/** One message a state that a card can be in. */
export const samples: readonly Sample[] = [
  ['an open deadline', 'nudge', { items: [item] }],
  ['an overdue deadline', 'nudge', { items: [{ ...item, daysLeft: -7 }] }],
  ['a deadline that is handed in', 'nudge', { items: [{ ...item, status: 'handed-in' }] }],
  ['a snoozed deadline', 'nudge', { items: [{ ...item, status: 'snoozed', snoozedUntil: '2014-01-10' }] }],
  ['a deadline that is not mine', 'nudge', { items: [{ ...item, status: 'not-mine' }] }],
  ['a gathering', 'nudge', { items: [gathering] }],
  ['a deputy', 'nudge', { items: [{ ...item, onBehalfOf: { ...person, name: 'Kari' } }] }],
  ['no role', 'nudge', { items: [{ ...item, why: {} }] }],
  ['two events', 'nudge', { items: [item, gathering] }],
  [
    'twenty events',
    'nudge',
    { items: Array.from({ length: 20 }, (_, n) => ({ ...gathering, event: `e${n}` })) },
  ],
  [
    'a digest',
    'digest',
    {
      date: '2014-02-08',
      overdue: [
        {
          event: item.event,
          title: item.title,
          due: '2014-02-01',
          daysOverdue: 7,
          organisations: ['Voss', 'Vinje'],
        },
      ],
    },
  ],
  [
    'a long digest',
    'digest',
    {
      date: '2014-02-08',
      overdue: Array.from({ length: 40 }, (_, n) => ({
        event: `e${n}`,
        title: item.title,
        due: '2014-02-01',
        daysOverdue: 7,
        organisations: Array.from({ length: 300 }, (_, m) => `Organisation ${m}`),
      })),
    },
  ],
  ['an agenda', 'agenda', { scope: 'coming', paused: false, items: [item, gathering] }],
  ['an empty agenda', 'agenda', { scope: 'gatherings', paused: true, items: [] }],
  [
    'a long agenda in a pause',
    'agenda',
    {
      scope: 'deadlines',
      paused: true,
      pausedUntil: '2014-03-01',
      items: Array.from({ length: 60 }, () => item),
    },
  ],
  ...pulseSamples,
  [
    'calendars',
    'calendars',
    {
      calendars: [
        { what: 'own' },
        { what: 'network', network: 'n', title: texts('network'), since: '2014-01-02' },
      ],
    },
  ],
  ['an address', 'calendar-address', { urls: ['https://samling.example.org/feed/saman/0a.ics'] }],
  [
    'an address of a list',
    'calendar-address',
    {
      urls: ['https://samling.example.org/feed/saman/0a.csv'],
      gathering: { id: 'g', title: texts('gathering'), starts: '2014-03-01' },
    },
  ],
  [
    'somebody who is reached no more',
    'unreachable-notice',
    { member: { name: 'A', role: texts('role'), organisation: texts('organisation') } },
  ],
  [
    'many who are reached no more',
    'unreachable-notice',
    { member: { role: texts('role'), organisation: texts('organisation') }, many: 6 },
  ],
  ['help', 'help', { understood: true, programme: texts('programme'), doors: [] }],
  [
    'help for a coordinator',
    'help',
    {
      understood: true,
      programme: texts('programme'),
      doors: ['notices', 'gatherings', 'deadlines', 'pulses', 'audit'],
    },
  ],
  ['help after nonsense', 'help', { understood: false, programme: 'Saman', doors: [] }],
  ['languages', 'language', { current: 'nb', choices: ['sv', 'nb', 'nn', 'da', 'en'] }],
  ['a pause', 'pause', { today: '2014-01-02', colleagues: [{ ...person, id: 'a' }], paused: false }],
  ['a pause under way', 'pause', { today: '2014-01-02', colleagues: [], paused: true }],
  [
    'a pause until a day',
    'pause',
    { today: '2014-01-02', colleagues: [], paused: true, until: '2014-02-01' },
  ],
  [
    'not mine',
    'not-mine',
    { event: 'e', title: item.title, colleagues: [{ ...person, id: 'a', name: 'Kari' }] },
  ],
  ['not mine, nobody else', 'not-mine', { event: 'e', title: item.title, colleagues: [] }],
  [
    'a handover',
    'handover-notice',
    { title: item.title, date: '2014-02-01', member: person, to: person, note: 'Hei' },
  ],
  [
    'a handover to nobody',
    'handover-notice',
    { title: item.title, date: '2014-02-01', member: person, note: ' ' },
  ],
  [
    'a statement',
    'statement',
    { key: 'away-until', args: { deputy: 'Kari', date: { date: '2014-02-01' } }, tone: 'done' },
  ],
  [
    'a statement with a text',
    'statement',
    { key: 'deputy-wrong', args: { organisation: { text: texts('o') } }, tone: 'problem' },
  ],
  [
    'an article',
    'faq-answer',
    {
      article: 'temadag',
      question: 'q',
      title: texts('title'),
      parts: [
        { text: texts('says') },
        {
          sentence: 'next-gathering',
          args: { title: { text: texts('title') }, date: { date: '2014-02-01' } },
        },
        { sentence: 'themes', args: { networks: { texts: [texts('one'), texts('two')] } } },
        { sentence: 'network-leader', args: { people: { people: [person, { ...person, name: 'Kari' }] } } },
        { sentence: 'themes-none', args: {} },
      ],
    },
  ],
  [
    'an article in one language',
    'faq-answer',
    { article: 'a', question: 'q', title: 'title', parts: [{ text: 'says' }], only: ['nn'] },
  ],
  [
    'three articles to choose from',
    'faq-suggest',
    { question: 'q', choices: ['a', 'b', 'c'].map((id) => ({ id, title: texts(id) })) },
  ],
  ['no article', 'faq-suggest', { question: 'q', choices: [] }],
  ['a known unknown', 'faq-unknown', { question: 'q', answer: texts('not known') }],
  [
    'an enquiry',
    'enquiry',
    { enquiry: 'e', question: 'q', asker: person, asks: 'nn', articles: [{ id: 'a', title: texts('a') }] },
  ],
  [
    'an answer in another language',
    'enquiry-check',
    { enquiry: 'e', question: 'q', answer: 'Yes.', asks: 'nn', written: 'en', saves: true },
  ],
  ['an answered enquiry', 'enquiry-answered', { question: 'q', answer: 'Yes.' }],
  [
    'a digest of questions',
    'faq-digest',
    {
      questions: Array.from({ length: 20 }, (_, n) => ({
        question: `question ${String(n)} ${'long '.repeat(30)}`,
        times: n + 1,
        ...(n % 2 === 0 ? { title: texts('title') } : {}),
      })),
      waiting: Array.from({ length: 5 }, (_, n) => ({ enquiry: String(n), question: 'why '.repeat(20) })),
      declined: ['q'],
      reviews: [{ article: 'a', title: texts('title'), review: '2014-01-01' }],
      translations: [{ article: 'a', title: texts('title'), missing: ['da', 'en'] }],
    },
  ],
  [
    'a digest of one question',
    'faq-digest',
    { questions: [{ question: 'q', times: 1 }], waiting: [], declined: [], reviews: [], translations: [] },
  ],
  [
    'an article asked for in a channel',
    'faq-answer',
    {
      ...{ article: 'a', question: 'q', title: texts('title'), parts: [{ text: texts('says') }] },
      place: { channel: 'C1', thread: '1.2' },
    },
  ],
  [
    'an answer for all',
    'faq-shared',
    { question: 'q', title: texts('title'), parts: [{ text: texts('says') }] },
  ],
  ['a question to write', 'faq-ask', {}],
  ['a translation to write', 'faq-translation', { article: 'a', title: 'q', answer: 'says', into: 'da' }],
];

export { elementsOf, type Element } from './elements.js';
