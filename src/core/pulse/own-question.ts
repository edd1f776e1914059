import { LANGUAGES, type Language, type Text } from '../programme/language.js';
import { MOST_CHOICES, MOST_RANKED, SCALE_WORDS, type Question } from './definition.js';

/** How a question written in chat is answered. */
export const OWN_KINDS = [
  'scale-agree',
  'scale-often',
  'scale-satisfied',
  'scale-easy',
  'scale-degree',
  'recommend',
  'yes-no',
  'single',
  'multiple',
  'multiple-3',
  'ranking',
  'text',
] as const;
export type OwnKind = (typeof OWN_KINDS)[number];

/** What is written in each language, in the order of the form. */
export const OWN_FIELDS = ['title', 'intro', 'text', 'choices'] as const;
export type OwnField = (typeof OWN_FIELDS)[number];

/** The id of the input for a field in a language. */
export const inputOf = (field: OwnField, language: Language): string => `${field}_${language}`;

/** Everything that was typed, by the input's id; the kind under `kind`. */
export type Typed = Readonly<Record<string, string | undefined>>;

/** What stands in the way of a question, for the one who writes it. */
export interface Missing {
  readonly field: OwnField;
  readonly language: Language;
  readonly problem: 'empty' | 'few' | 'many' | 'uneven';
  /** How many lines there may be, or must be. */
  readonly lines?: number;
}

/** The kind that was chosen; the first for one that is none. */
export function ownKind(typed: Typed): OwnKind {
  return OWN_KINDS.find((each) => each === typed['kind']) ?? 'scale-agree';
}

/** How many choices a kind takes at most; 0 for a kind without choices. */
export function mostChoices(kind: OwnKind): number {
  if (kind === 'ranking') return MOST_RANKED;
  return kind === 'single' || kind === 'multiple' || kind === 'multiple-3' ? MOST_CHOICES : 0;
}

const valueIn = (typed: Typed, field: OwnField, language: Language): string =>
  (typed[inputOf(field, language)] ?? '').trim();

function linesIn(typed: Typed, language: Language): readonly string[] {
  const lines = valueIn(typed, 'choices', language).split('\n');
  return lines.map((line) => line.trim()).filter((line) => line !== '');
}

/** All that is missing, in every language that is needed, at once. */
export function missingIn(
  typed: Typed,
  languages: readonly Language[],
  fields: readonly OwnField[],
): readonly Missing[] {
  const most = mostChoices(ownKind(typed));
  const empty = fields
    .filter((field) => field !== 'choices')
    .flatMap((field) =>
      languages
        .filter((language) => valueIn(typed, field, language) === '')
        .map((language): Missing => ({ field, language, problem: 'empty' })),
    );
  return most === 0 ? empty : [...empty, ...missingChoices(typed, languages, most)];
}

function missingChoices(typed: Typed, languages: readonly Language[], most: number): readonly Missing[] {
  const counts = languages.map((language) => ({ language, count: linesIn(typed, language).length }));
  const wanted = Math.max(...counts.map((each) => each.count));
  return counts.flatMap(({ language, count }): readonly Missing[] => {
    const about = { field: 'choices', language } as const;
    if (wanted < 2) return [{ ...about, problem: 'few' }];
    if (count > most) return [{ ...about, problem: 'many', lines: most }];
    return count === wanted ? [] : [{ ...about, problem: 'uneven', lines: wanted }];
  });
}

/** A field's text in the languages that are needed. */
export function textFrom(typed: Typed, field: OwnField, languages: readonly Language[]): Text {
  return Object.fromEntries(languages.map((language) => [language, valueIn(typed, field, language)]));
}

/** The question that was written; nothing may be missing in it. */
export function questionFrom(typed: Typed, languages: readonly Language[], id: string): Question {
  const kind = ownKind(typed);
  const common = { id, text: textFrom(typed, 'text', languages) };
  const choices = choicesFrom(typed, languages);
  const words = SCALE_WORDS.find((each) => kind === `scale-${each}`);
  if (words !== undefined) return { ...common, kind: 'scale', words };
  if (kind === 'multiple') return { ...common, kind, choices, max: choices.length };
  if (kind === 'multiple-3')
    return { ...common, kind: 'multiple', choices, max: Math.min(3, choices.length) };
  if (kind === 'single' || kind === 'ranking') return { ...common, kind, choices };
  return { ...common, kind: kind === 'recommend' || kind === 'yes-no' ? kind : 'text' };
}

function choicesFrom(typed: Typed, languages: readonly Language[]) {
  const lines = languages.map((language) => ({ language, list: linesIn(typed, language) }));
  const count = Math.max(...lines.map(({ list }) => list.length));
  return Array.from({ length: count }, (_, index) => ({
    id: `c${String(index + 1)}`,
    text: Object.fromEntries(
      lines.flatMap(({ language, list }) => list.slice(index, index + 1).map((text) => [language, text])),
    ),
  }));
}

/** A question as it would have been typed, to be changed. */
export function typedOf(question: Question): Typed {
  const choices = 'choices' in question ? question.choices.map((each) => each.text) : [];
  return {
    kind: kindOf(question),
    ...typedTexts('text', question.text),
    ...Object.fromEntries(
      LANGUAGES.map((language) => [
        inputOf('choices', language),
        choices.map((each) => inLanguage(each, language)).join('\n'),
      ]),
    ),
  };
}

/** A text as it would have been typed. */
export function typedTexts(field: OwnField, text: Text): Typed {
  return Object.fromEntries(
    LANGUAGES.map((language) => [inputOf(field, language), inLanguage(text, language)]),
  );
}

const inLanguage = (text: Text, language: Language): string =>
  typeof text === 'string' ? text : (text[language] ?? '');

function kindOf(question: Question): OwnKind {
  if (question.kind === 'scale')
    return typeof question.words === 'string' ? `scale-${question.words}` : 'scale-agree';
  if (question.kind !== 'multiple') return question.kind;
  return question.max < question.choices.length ? 'multiple-3' : 'multiple';
}
