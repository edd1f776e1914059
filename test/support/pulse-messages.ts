import type { MessageData, MessageName } from '../../src/core/messages/schemas.js';
import { LANGUAGES } from '../../src/core/programme/language.js';
import { OWN_FIELDS } from '../../src/core/pulse/own-question.js';

const title = { sv: 'Närvaro', nb: 'Nærvær', nn: 'Nærvær', da: 'Nærvær', en: 'Presence' };
const intro = {
  sv: 'Vi frågar för att göra vardagen lättare.',
  nb: 'Vi spør for å gjøre hverdagen lettere.',
  nn: 'Vi spør for å gjere kvardagen lettare.',
  da: 'Vi spørger for at gøre hverdagen lettere.',
  en: 'We ask so as to make everyday work easier.',
};
const question = {
  place: 0,
  kind: 'scale' as const,
  text: {
    sv: 'Jag går hem med krafter kvar.',
    nb: 'Jeg går hjem med krefter igjen.',
    nn: 'Eg går heim med krefter att.',
    da: 'Jeg går hjem med kræfter i behold.',
    en: 'I go home with energy left.',
  },
  words: 'often' as const,
};
const ballot = {
  ...{ round: 'naervaer-1', token: 'a-token-of-22-letters-', again: false, title },
  ...{ named: false, closes: '2014-03-11' },
};
const asked = { ...ballot, threshold: 5, number: 1, of: 3, question, answered: false, next: 1 };
const item = {
  ...{ question, verdict: 'shown' as const, n: 41, counts: [2, 5, 9, 17, 8] },
  ...{ share: { value: 0.61, low: 0.5, high: 0.71 }, mean: { value: 3.6, low: 3.3, high: 3.9 } },
  ...{ change: { points: 8, since: '2013-11-05', sure: true }, slope: 4 },
};
const few = { question, verdict: 'few' as const, n: 0, counts: [] };
const everybody = { asked: 66, answered: 41, items: [item, few], full: false };
const organisation = {
  ...{ name: 'Voss', asked: 12, answered: 9, full: true },
  items: [
    { ...item, n: 9, counts: [1, 2, 1, 3, 2], share: { ...item.share, value: 0.56 }, against: -5 },
    few,
  ],
};
const brief = { ...organisation, full: false };
const result = {
  ...{ title, number: 2, opened: '2014-03-04', named: false, threshold: 5 },
  ...{ parts: [everybody], withheld: [] },
};

/** What a message is about, its name and its data. */
export type Sample = { readonly [N in MessageName]: readonly [string, N, MessageData<N>] }[MessageName];

/** Messages of pulses as people get them. */
export const pulseSamples: readonly Sample[] = [
  ['a question of a pulse', 'pulse-question', { ...asked, intro }],
  ['a question that was answered', 'pulse-question', { ...asked, number: 2, answered: true, back: 0 }],
  ['thanks for answering', 'pulse-thanks', { ...ballot, first: 0 }],
  ['the result for everybody', 'pulse-result', result],
  ['the result for a leader', 'pulse-result', { ...result, parts: [organisation, everybody] }],
  [
    'the result for a coordinator',
    'pulse-result',
    {
      ...result,
      ...{ parts: [{ ...everybody, full: true }, brief, { ...brief, name: 'Stord' }], withheld: ['Vinje'] },
      ...{ todo: 'Kortare møte.', round: 'naervaer-2' },
    },
  ],
  [
    'a question to write',
    'pulse-write',
    {
      ...{ languages: [...LANGUAGES], fields: [...OWN_FIELDS], about: { starts: '2014-03-04' } },
      typed: { kind: 'single', text_nb: 'Hva tar tid?' },
      missing: [
        { field: 'text', language: 'nn', problem: 'empty' },
        { field: 'choices', language: 'nb', problem: 'few' },
      ],
    },
  ],
];
