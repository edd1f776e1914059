import type { AnswerValue, Ballots } from '../ports/ballots.js';
import type { Find } from './answers.js';
import type { BallotCard } from './ballot-card.js';
import type { Seat } from './types.js';

/** One member's ballot in one round. */
export interface Ballot extends BallotCard {
  readonly seat: Seat;
  readonly find: Find;
  put(
    seat: Seat,
    place: number,
    value: AnswerValue,
  ): Promise<{ readonly seat: Seat; readonly isNew: boolean }>;
  withdraw(seat: Seat, place: number): Promise<Seat>;
}

/** A ballot whose answers lie in the box, or in a named round with the seat; `event` is the press that puts one in. */
export function ballotOf(
  { ballots }: { readonly ballots: Ballots },
  card: BallotCard,
  seat: Seat,
  event: string,
): Ballot {
  const { round, token } = card;
  if (round.definition.named) return { ...card, seat, ...namedAnswers(seat) };
  const key = { programme: round.programme, round: round.id };
  return {
    ...card,
    seat,
    find: (place) => ballots.find(key, token, place),
    async put(now, place, value) {
      const isNew = await ballots.cast(key, token, { question: place, group: seat.group, value }, event);
      return { seat: { ...now, answered: true }, isNew };
    },
    async withdraw(now, place) {
      await ballots.withdraw(key, token, place);
      return now;
    },
  };
}

/** A named round keeps its answers with the seat. */
function namedAnswers(seat: Seat): Pick<Ballot, 'find' | 'put' | 'withdraw'> {
  const { answers: before = {} } = seat;
  return {
    find: (place) => Promise.resolve(before[String(place)]),
    put(now, place, value) {
      const answers = { ...now.answers, [String(place)]: value };
      return Promise.resolve({ seat: { ...now, answered: true, answers }, isNew: true });
    },
    withdraw(now, place) {
      const { [String(place)]: _, ...answers } = { ...now.answers };
      return Promise.resolve({ ...now, answers });
    },
  };
}
