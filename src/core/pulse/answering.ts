import { zoneOf } from '../members/member-view.js';
import type { Member } from '../members/types.js';
import { sayOnly, statement } from '../conversation/context.js';
import type { AnswerValue, Ballots } from '../ports/ballots.js';
import type { Answer, Interaction } from '../ports/interaction.js';
import type { Programmes } from '../ports/programmes.js';
import type { Store } from '../ports/store.js';
import { answerIn, followersOf, pathOf, type Entered, type Find } from './answers.js';
import { questionCard, thanksCard, type BallotCard } from './ballot-card.js';
import { pulseActionSchemas } from './messages.js';
import type { Round, Seat } from './types.js';

/** What an answer depends on. */
export interface Seated {
  readonly round: Round | undefined;
  readonly seat: Seat | undefined;
  readonly row: Member | undefined;
}

/**
 * Reads the round, the member's seat in it and the member, all at one moment, and keeps the seat that `claim` makes of
 * them, if any. Gives what is there from now on, durable.
 */
export type Enter = (
  programme: string,
  round: string,
  member: string,
  claim: (found: Seated) => Seat | undefined,
) => Promise<Seated>;

export interface AnsweringDeps {
  readonly enter: Enter;
  readonly ballots: Ballots;
  readonly programmes: Programmes;
}

/** Reads and claims in a transaction, which others may share. */
export function enterIn(transact: Store['transact']): Enter {
  return (programme, round, member, claim) =>
    transact(async (tables) => {
      const found: Seated = {
        round: await tables.rounds.get(programme, round),
        seat: await tables.seats.get(programme, `${round}/${member}`),
        row: await tables.members.get(programme, member),
      };
      const seat = claim(found);
      if (seat === undefined) return found;
      await tables.seats.put(seat);
      return { ...found, seat };
    });
}

/** What came of a press on a ballot's card, before anything but the ballot box has changed. */
export interface Cast {
  readonly answer: Answer;
  /** The seat as it is from now on; written in the transaction that confirms the answer. */
  readonly seat?: Seat;
}

/** Whether an interaction is a press on a ballot's card, and of which round. */
export function ballotRoundOf({ event }: Interaction): string | undefined {
  if (event.kind !== 'action' || !Object.hasOwn(pulseActionSchemas, event.verb)) return undefined;
  const { round } = event.data;
  return typeof round === 'string' ? round : undefined;
}

/** Whether the round takes answers now. */
export function takesAnswers(round: Round, nowMs: number): boolean {
  return round.state === 'open' && nowMs < round.closesMs;
}

function closed(): Cast {
  return { answer: { replace: statement('pulse-closed', 'info'), say: [] } };
}

/**
 * Takes a press on a ballot's card: an answer is in the ballot box, durable, when this resolves. Pressed again it
 * changes nothing. The caller sees to it that one member's presses in one round come one after another.
 */
export async function castAnswer(
  deps: AnsweringDeps,
  interaction: Interaction,
  nowMs: number,
): Promise<Cast> {
  const { event, programme, member } = interaction;
  if (event.kind !== 'action') return { answer: sayOnly('action-not-understood') };
  const verb = event.verb === 'pulse-show' ? 'pulse-show' : 'pulse-answer';
  const parsed = pulseActionSchemas[verb].safeParse(event.data);
  if (!parsed.success) return { answer: sayOnly('action-not-understood') };
  const { token, again, question: place, round: id } = parsed.data;
  const entered = enteredIn(parsed.data);
  const mark = await deps.ballots.mark({ programme, round: id }, token);
  const press = {
    place,
    mark: token === '' ? undefined : mark,
    nowMs,
    ...(verb === 'pulse-answer' && { entered }),
  };
  const { round, seat, row } = await deps.enter(programme, id, member, (found) => claimedBy(press, found));
  if (round?.questions.includes(place) !== true) return { answer: sayOnly('action-not-understood') };
  if (!takesAnswers(round, nowMs)) return closed();
  if (seat === undefined) return { answer: sayOnly('pulse-not-asked') };
  if (!isOwn(round, seat, press.mark)) return { answer: sayOnly('pulse-other-card') };
  const ballot = ballotOf(deps, { round, token, again, zone: zoneFor(deps, programme, row) }, seat);
  if (verb === 'pulse-show') return { answer: { replace: await cardAt(ballot, place), say: [] } };
  return take(ballot, place, entered);
}

/** A press on a ballot's card; without `entered` it only looks. */
interface Press {
  readonly place: number;
  /** None for a card without a token. */
  readonly mark: string | undefined;
  readonly entered?: Entered;
  readonly nowMs: number;
}

/** One member, one ballot: whether a card has the seat's ballot, or could have it. */
function isOwn({ definition }: Round, { ballot }: Seat, mark: string | undefined): boolean {
  if (definition.named) return true;
  return mark !== undefined && (ballot === undefined || ballot === mark);
}

/** The seat, its ballot given to the card of its first answer. */
function claimedBy({ place, mark, entered, nowMs }: Press, { round, seat }: Seated): Seat | undefined {
  if (round === undefined || seat === undefined || mark === undefined || entered === undefined)
    return undefined;
  if (round.definition.named || seat.ballot !== undefined || !takesAnswers(round, nowMs)) return undefined;
  const question = round.questions.includes(place) ? round.definition.questions[place] : undefined;
  const isAnswer = question !== undefined && answerIn(question, entered) !== undefined;
  return isAnswer ? { ...seat, ballot: mark } : undefined;
}

function zoneFor({ programmes }: AnsweringDeps, id: string, member: Member | undefined): string {
  const programme = programmes.get(id);
  if (programme === undefined || member === undefined) return programme?.zone ?? 'UTC';
  return zoneOf(programme, member);
}

function enteredIn(data: Readonly<Record<string, unknown>>): Entered {
  const ranks = [1, 2, 3, 4, 5, 6, 7].map((each) => data[`rank${String(each)}`] as string | undefined);
  const { value, picked, text } = data as Entered;
  return { value, picked, text, ranks };
}

/** One member's ballot in one round. */
interface Ballot extends BallotCard {
  readonly seat: Seat;
  readonly find: Find;
  put(place: number, value: AnswerValue): Promise<Seat>;
  withdraw(seat: Seat, place: number): Promise<Seat>;
}

function ballotOf({ ballots }: AnsweringDeps, card: BallotCard, seat: Seat): Ballot {
  const { round, token } = card;
  if (round.definition.named) return { ...card, seat, ...namedAnswers(seat) };
  const key = { programme: round.programme, round: round.id };
  return {
    ...card,
    seat,
    find: (place) => ballots.find(key, token, place),
    async put(place, value) {
      await ballots.cast(key, token, { question: place, group: seat.group, value });
      return { ...seat, answered: true };
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
    put: (place, value) =>
      Promise.resolve({ ...seat, answered: true, answers: { ...before, [String(place)]: value } }),
    withdraw(now, place) {
      const { [String(place)]: _, ...answers } = { ...now.answers };
      return Promise.resolve({ ...now, answers });
    },
  };
}

async function cardAt(ballot: Ballot, place: number, wrong = false) {
  const path = await pathOf(ballot.round, ballot.find);
  const answered = (await ballot.find(place)) !== undefined;
  return questionCard(ballot, { place, path: path.includes(place) ? path : [place], answered, wrong });
}

async function take(ballot: Ballot, place: number, entered: Entered): Promise<Cast> {
  const question = ballot.round.definition.questions[place];
  const value = question === undefined ? undefined : answerIn(question, entered);
  if (value === undefined) return { answer: { replace: await cardAt(ballot, place, true), say: [] } };
  let seat = await ballot.put(place, value);
  const found = new Map<number, AnswerValue>([[place, value]]);
  const find: Find = (each) => Promise.resolve(found.get(each) ?? ballot.find(each));
  const path = await pathOf(ballot.round, find);
  for (const each of followersOf(ballot.round, place)) {
    if (!path.includes(each)) seat = await ballot.withdraw(seat, each);
  }
  const next = path[path.indexOf(place) + 1];
  const replace =
    next === undefined
      ? thanksCard(ballot)
      : questionCard(ballot, { place: next, path, answered: (await ballot.find(next)) !== undefined });
  const changed = !ballot.seat.answered || ballot.round.definition.named;
  return { answer: { replace, say: [] }, ...(changed ? { seat } : {}) };
}

/** The first card of a ballot, as it is sent. */
export function firstCard(card: BallotCard, answered = false) {
  const path = card.round.questions.filter(
    (place) => card.round.definition.questions[place]?.after === undefined,
  );
  return questionCard(card, { place: path[0] ?? 0, path, answered });
}
