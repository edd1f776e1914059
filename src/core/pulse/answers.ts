import type { AnswerValue } from '../ports/ballots.js';
import type { Question } from './definition.js';
import type { Round } from './types.js';

/** What a press or a form carries, as cards send it. */
export interface Entered {
  readonly value?: string | number | undefined;
  /** Places of picked choices, separated by commas, as a choice set sends them. */
  readonly picked?: string | undefined;
  readonly text?: string | undefined;
  /** Places of choices, the first in rank first. */
  readonly ranks?: readonly (string | undefined)[];
}

/** Longer texts are cut here; nobody reads more, and a slot of the ballot box holds no more. */
export const LONGEST_TEXT = 1000;

/** How many steps a question has, from which value on; undefined where answers are no steps. */
export function stepsOf(question: Question): { readonly first: number; readonly count: number } | undefined {
  switch (question.kind) {
    case 'scale':
      return { first: 1, count: typeof question.words === 'string' ? 5 : question.words.length };
    case 'recommend':
      return { first: 0, count: 11 };
    case 'yes-no':
      return { first: 0, count: 2 };
    case 'single':
      return { first: 0, count: question.choices.length };
    default:
      return undefined;
  }
}

/** What was answered, or undefined when it is no answer to this question. */
export function answerIn(question: Question, entered: Entered): AnswerValue | undefined {
  const steps = stepsOf(question);
  if (steps !== undefined) {
    const value = whole(entered.value ?? entered.picked);
    const fits = value !== undefined && value >= steps.first && value < steps.first + steps.count;
    return fits ? value : undefined;
  }
  if (question.kind === 'text') return textIn(entered.text);
  if (question.kind === 'multiple') return pickedIn(entered.picked, question.choices.length, question.max);
  return question.kind === 'ranking' ? orderIn(entered.ranks ?? [], question.choices.length) : undefined;
}

function whole(value: string | number | undefined): number | undefined {
  if (value === undefined || !/^\d{1,2}$/.test(String(value))) return undefined;
  return Number(value);
}

function textIn(entered: string | undefined): string | undefined {
  const text = (entered ?? '')
    .normalize('NFC')
    // Control characters say nothing to a reader and swell when stored.
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, LONGEST_TEXT)
    // Halves of signs, as a cut can leave them.
    .replace(/\p{Cs}/gu, '');
  return text === '' ? undefined : text;
}

function pickedIn(entered: string | undefined, count: number, max: number): readonly number[] | undefined {
  const places = (entered ?? '').split(',').filter((part) => part !== '');
  const values = [...new Set(places.map(whole))];
  if (values.length === 0 || values.length > max) return undefined;
  const known = values.filter((value): value is number => value !== undefined && value < count);
  return known.length === values.length ? known.sort((a, b) => a - b) : undefined;
}

function orderIn(entered: readonly (string | undefined)[], count: number): readonly number[] | undefined {
  const order = entered.slice(0, count).map(whole);
  if (order.length !== count || new Set(order).size !== count) return undefined;
  const known = order.filter((value): value is number => value !== undefined && value < count);
  return known.length === count ? known : undefined;
}

/** Whether an answer is at the low end, the high end, or neither. */
export function endOf(question: Question, value: AnswerValue): 'low' | 'high' | 'middle' {
  if (typeof value !== 'number') return 'middle';
  if (question.kind === 'yes-no') return value === 0 ? 'low' : 'high';
  // Reichheld (2003): 9–10 promoters, 0–6 detractors.
  if (question.kind === 'recommend') return value <= 6 ? 'low' : value >= 9 ? 'high' : 'middle';
  const steps = stepsOf(question);
  if (question.kind !== 'scale' || steps === undefined) return 'middle';
  const end = Math.max(1, Math.floor((steps.count * 2) / 5));
  return value <= end ? 'low' : value > steps.count - end ? 'high' : 'middle';
}

/** A question of a round, and its place in the definition. */
export interface Asked {
  readonly place: number;
  readonly question: Question;
}

/** The questions that a round asks, in order. */
export function askedIn({
  definition,
  questions,
}: Pick<Round, 'definition' | 'questions'>): readonly Asked[] {
  return definition.questions.flatMap((question, place) =>
    questions.includes(place) ? [{ place, question }] : [],
  );
}

/** Reads the ballot's own answer to a question. */
export type Find = (place: number) => Promise<AnswerValue | undefined>;

/** The questions that this ballot is asked now, in order: all that follow none, and those that follow an answer. */
export async function pathOf(round: Round, find: Find): Promise<readonly Asked[]> {
  const path: Asked[] = [];
  for (const asked of askedIn(round)) {
    const { after } = asked.question;
    const parent = path.find(({ question }) => question.id === after?.question);
    const value = parent === undefined ? undefined : await find(parent.place);
    const follows =
      parent !== undefined && value !== undefined && endOf(parent.question, value) === after?.when;
    if (after === undefined || follows) path.push(asked);
  }
  return path;
}
