import { Temporal } from 'temporal-polyfill';
import type { Message } from '../ports/interaction.js';
import type { Json } from '../ports/outbox.js';
import type { Asked } from './answers.js';
import type { Question } from './definition.js';
import type { AskedQuestion } from './messages.js';
import type { Round } from './types.js';

/** Which ballot a card belongs to. */
export interface BallotCard {
  readonly round: Round;
  readonly token: string;
  readonly again: boolean;
  /** IANA zone in which the closing day is told. */
  readonly zone: string;
  readonly preview?: boolean;
}

/** Where in the ballot a card stands. */
export interface Position {
  readonly asked: Asked;
  /** The questions that this ballot is asked, in order. */
  readonly path: readonly Asked[];
  readonly answered: boolean;
  /** What was entered was no answer. */
  readonly wrong?: boolean;
}

/** Kept by instant and zone: few pairs, and every press asks. */
const days = new Map<string, string>();

/** The day on which a round closes, an ISO date in a zone. */
export function closingDay({ closesMs }: Pick<Round, 'closesMs'>, zone: string): string {
  const key = `${String(closesMs)}/${zone}`;
  let day = days.get(key);
  if (day === undefined) {
    const local = Temporal.Instant.fromEpochMilliseconds(closesMs).toZonedDateTimeISO(zone);
    if (days.size >= MOST_DAYS) days.clear();
    days.set(key, (day = local.toPlainDate().toString()));
  }
  return day;
}

/** More open rounds than any Samling has, in every zone of its members. */
const MOST_DAYS = 1000;

function common({ round, token, again, zone }: BallotCard) {
  const { definition } = round;
  const closes = closingDay(round, zone);
  return { round: round.id, token, again, title: definition.title, named: definition.named, closes };
}

/** The card of one question. */
export function questionCard(card: BallotCard, position: Position): Message {
  const { definition } = card.round;
  const { asked, path } = position;
  const index = path.findIndex((each) => each.place === asked.place);
  const [back, next] = [path[index - 1]?.place, path[index + 1]?.place];
  const data = {
    ...common(card),
    ...(index === 0 ? { intro: definition.intro } : {}),
    threshold: definition.threshold,
    number: index + 1,
    of: path.length,
    question: askedOf(asked.question, asked.place),
    answered: position.answered,
    ...(position.wrong === true ? { wrong: true } : {}),
    ...(back === undefined ? {} : { back }),
    ...(next === undefined ? {} : { next }),
    ...(card.preview === true ? { preview: true } : {}),
  };
  return { template: 'pulse-question', data: data as unknown as Json };
}

/** The card after the last question. */
export function thanksCard(card: BallotCard): Message {
  const preview = card.preview === true ? { preview: true } : {};
  const data = { ...common(card), first: card.round.questions[0] ?? 0, ...preview };
  return { template: 'pulse-thanks', data };
}

/** A question as its card shows it. */
export function askedOf(question: Question, place: number): AskedQuestion {
  return {
    place,
    kind: question.kind,
    text: question.text,
    ...(question.kind === 'scale' ? { words: question.words } : {}),
    ...('choices' in question ? { choices: question.choices.map((each) => each.text) } : {}),
    ...(question.kind === 'multiple' ? { max: question.max } : {}),
  };
}
