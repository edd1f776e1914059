import { zoneOf } from '../members/member-view.js';
import type { Member } from '../members/types.js';
import { sayOnly, statement } from '../conversation/context.js';
import type { AnswerValue, BallotBox } from '../ports/ballots.js';
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

export interface AnsweringDeps {
  /** Reads the round, the member's seat in it and the member, all at one moment. */
  readonly read: (programme: string, round: string, member: string) => Promise<Seated>;
  readonly ballots: BallotBox;
  readonly programmes: Programmes;
}

/** Reads in a transaction, which others may share. */
export function seatedIn(transact: Store['transact']): AnsweringDeps['read'] {
  return (programme, round, member) =>
    transact(async (tables) => ({
      round: await tables.rounds.get(programme, round),
      seat: await tables.seats.get(programme, `${round}/${member}`),
      row: await tables.members.get(programme, member),
    }));
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
  const { round, seat, row } = await deps.read(programme, parsed.data.round, member);
  if (round === undefined) return { answer: sayOnly('action-not-understood') };
  if (round.state !== 'open' || nowMs >= round.closesMs) return closed();
  if (seat === undefined) return { answer: sayOnly('pulse-not-asked') };
  const { token, again, question: place } = parsed.data;
  if (!round.questions.includes(place)) return { answer: sayOnly('action-not-understood') };
  const zone = zoneFor(deps, programme, row);
  const ballot = ballotOf(deps, { round, token, again, zone }, seat);
  if (seat.answered || token === '') {
    if (!(await isOwn(ballot))) return { answer: sayOnly('pulse-other-card') };
  }
  if (verb === 'pulse-show') return { answer: { replace: await cardAt(ballot, place), say: [] } };
  return take(ballot, place, enteredIn(parsed.data));
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
  return {
    find: (place) => Promise.resolve(seat.answers?.[String(place)]),
    put: (place, value) =>
      Promise.resolve({ ...seat, answered: true, answers: { ...seat.answers, [String(place)]: value } }),
    withdraw(now, place) {
      const { [String(place)]: _, ...answers } = now.answers ?? {};
      return Promise.resolve({ ...now, answers });
    },
  };
}

/** One member, one ballot: who has answered goes on with the card that has the answers. */
async function isOwn({ round, seat, find, token }: Ballot): Promise<boolean> {
  if (round.definition.named) return true;
  if (token === '') return false;
  if (!seat.answered) return true;
  for (const place of round.questions) if ((await find(place)) !== undefined) return true;
  return false;
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

/** Whether the round takes answers now. */
export function takesAnswers(round: Round, nowMs: number): boolean {
  return round.state === 'open' && nowMs < round.closesMs;
}
