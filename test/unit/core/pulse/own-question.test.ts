import assert from 'node:assert/strict';
import type { Question } from '../../../../src/core/pulse/definition.js';
import {
  missingIn,
  mostChoices,
  OWN_FIELDS,
  OWN_KINDS,
  ownKind,
  questionFrom,
  typedOf,
  typedTexts,
  type Typed,
} from '../../../../src/core/pulse/own-question.js';
import { QUESTIONS } from '../../../support/pulse-cases.js';

const two = ['nb', 'nn'] as const;
const full: Typed = {
  kind: 'single',
  ...{ title_nb: 'Tid', title_nn: 'Tid', intro_nb: 'Vi spør.', intro_nn: 'Vi spør.' },
  ...{ text_nb: 'Hva tar tid?', text_nn: 'Kva tek tid?' },
  ...{ choices_nb: 'Møter\n\n Skjema \n', choices_nn: 'Møte\nSkjema' },
};
const missing = (change: Typed, fields: readonly (typeof OWN_FIELDS)[number][] = OWN_FIELDS) =>
  missingIn({ ...full, ...change }, two, fields).map(({ field, language, problem, lines }) =>
    `${field} ${language} ${problem} ${String(lines ?? '')}`.trim(),
  );

describe('what is missing in a question written in chat', () => {
  it('is nothing when every language has it', () => assert.deepEqual(missing({}), []));

  it('is each empty text in each language, at once', () => {
    assert.deepEqual(missing({ title_nn: ' ', text_nb: undefined, text_nn: '' }), [
      'title nn empty',
      'text nb empty',
      'text nn empty',
    ]);
    assert.deepEqual(missing({ title_nn: '' }, ['text', 'choices']), [], 'not asked for here');
  });

  it('are choices: two at least, as many as fit, the same number in each language', () => {
    assert.deepEqual(missing({ choices_nb: 'Ein', choices_nn: undefined }), [
      'choices nb few',
      'choices nn few',
    ]);
    assert.deepEqual(missing({ choices_nb: 'a\nb\nc' }), ['choices nn uneven 3']);
    const lines = (count: number) =>
      Array.from({ length: count }, (_, index) => `c${String(index)}`).join('\n');
    assert.deepEqual(missing({ choices_nb: lines(21), choices_nn: lines(21) }), [
      'choices nb many 20',
      'choices nn many 20',
    ]);
    assert.deepEqual(missing({ kind: 'ranking', choices_nb: lines(8), choices_nn: lines(8) }), [
      'choices nb many 7',
      'choices nn many 7',
    ]);
  });

  it('are no choices where the kind has none', () => {
    for (const kind of OWN_KINDS.filter((each) => mostChoices(each) === 0))
      assert.deepEqual(missing({ kind, choices_nb: '', choices_nn: 'x' }), [], kind);
  });
});

describe('a question written in chat', () => {
  const made = (kind: string) => questionFrom({ ...full, kind }, two, 'q1');

  it('has its text in every language, and choices in the order typed', () => {
    assert.deepEqual(made('single'), {
      id: 'q1',
      kind: 'single',
      text: { nb: 'Hva tar tid?', nn: 'Kva tek tid?' },
      choices: [
        { id: 'c1', text: { nb: 'Møter', nn: 'Møte' } },
        { id: 'c2', text: { nb: 'Skjema', nn: 'Skjema' } },
      ],
    });
  });

  it('is of the kind chosen', () => {
    const kinds = OWN_KINDS.map((kind) => {
      const question = made(kind);
      if (question.kind === 'scale' && typeof question.words === 'string') return `scale ${question.words}`;
      return question.kind === 'multiple' ? `multiple ${String(question.max)}` : question.kind;
    });
    assert.deepEqual(kinds, [
      ...[
        'scale agree',
        'scale often',
        'scale satisfied',
        'scale easy',
        'scale degree',
        'recommend',
        'yes-no',
      ],
      ...['single', 'multiple 2', 'multiple 2', 'ranking', 'text'],
    ]);
    assert.equal(ownKind({ kind: 'nonsense' }), 'scale-agree');
    assert.equal(ownKind({}), 'scale-agree');
  });

  it('can be typed again from what it became', () => {
    const four = { choices_nb: 'a\nb\nc\nd', choices_nn: 'a\nb\nc\nd' };
    for (const kind of OWN_KINDS) {
      const typed = { ...full, ...four, kind };
      const again = typedOf(questionFrom(typed, two, 'q1'));
      assert.equal(again['kind'], kind);
      assert.equal(again['text_nn'], 'Kva tek tid?');
      assert.equal(again['choices_nb'], mostChoices(kind) === 0 ? '' : 'a\nb\nc\nd');
      assert.equal(again['text_sv'], '');
    }
  });

  it('from a file, with words of its own and one text for all languages, can be typed again as far as can be', () => {
    assert.equal(typedOf(QUESTIONS.own as Question)['kind'], 'scale-agree');
    assert.equal(typedTexts('title', 'Puls')['title_da'], 'Puls');
  });
});
