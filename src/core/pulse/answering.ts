import { zoneOf } from '../members/member-view.js';
import type { Member } from '../members/types.js';
import { sayOnly, statement } from '../conversation/context.js';
import type { Ballots } from '../ports/ballots.js';
import type { Answer, Interaction, Message } from '../ports/interaction.js';
import type { Programmes } from '../ports/programmes.js';
import type { Store, Tables } from '../ports/store.js';
import { answerIn, askedIn, pathOf, type Asked, type Entered, type Find } from './answers.js';
import { ballotOf, type Ballot } from './ballot.js';
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
  /**
   * How it is known again when it comes twice: `claim` it in the store; `kept` in the round's own box, or no matter;
   * `known` there already, but perhaps not confirmed; or `done` before, and nothing was done now.
   */
  readonly press: 'claim' | 'kept' | 'known' | 'done';
}

/** Whether another process that had the same event has confirmed it meanwhile; else a process died before it could. */
export async function isConfirmed(
  tables: Pick<Tables, 'seats'>,
  { press, seat }: Pick<Cast, 'press' | 'seat'>,
): Promise<boolean> {
  if (press !== 'known' || seat === undefined) return false;
  return (await tables.seats.get(seat.programme, seat.id))?.answered === true;
}

/**
 * Confirms what was cast: the seat says that its member has answered. A round whose counting has begun meanwhile, in
 * whatever process, may have been counted without it, and what may not count is not confirmed.
 */
export async function confirmIn(
  tables: Pick<Tables, 'rounds' | 'seats'>,
  { answer, seat }: Pick<Cast, 'answer' | 'seat'>,
): Promise<Answer> {
  if (seat === undefined) return answer;
  const round = await tables.rounds.get(seat.programme, seat.round);
  if (round?.state !== 'open') return closed().answer;
  await tables.seats.put(seat);
  return answer;
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
  return { answer: { replace: statement('pulse-closed', 'info'), say: [] }, press: 'claim' };
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
  const { event } = interaction;
  const parsed = event.kind === 'action' ? readPress(event.verb, event.data) : undefined;
  if (parsed === undefined) return refused(sayOnly('action-not-understood'));
  const cast = await castPress(deps, interaction, parsed, nowMs);
  // A card that renews itself shows what is, and nobody is told anything for having looked at it.
  return parsed.verb === 'pulse-refresh' ? { answer: { ...cast.answer, say: [] }, press: 'kept' } : cast;
}

const VERBS = Object.keys(pulseActionSchemas) as (keyof typeof pulseActionSchemas)[];

/** What a press carries, by its verb; undefined when it carries something else. */
function readPress(verb: string, data: unknown) {
  const known = VERBS.find((each) => each === verb);
  const parsed = known && pulseActionSchemas[known].safeParse(data);
  return known && parsed?.success === true ? { verb: known, done: false, ...parsed.data } : undefined;
}

async function castPress(
  deps: AnsweringDeps,
  { id: event, programme, member }: Interaction,
  press: NonNullable<ReturnType<typeof readPress>>,
  nowMs: number,
): Promise<Cast> {
  const { verb, token, again, question: place, round: id, done } = press;
  const entered = enteredIn(press);
  const mark = token === '' ? undefined : await deps.ballots.mark({ programme, round: id }, token);
  const claim = { place, mark, nowMs, ...(verb === 'pulse-answer' && { entered }) };
  const { round, seat, row } = await deps.enter(programme, id, member, (found) => claimedBy(claim, found));
  const asked = round && questionAt(round, place);
  if (round === undefined || asked === undefined) return refused(sayOnly('action-not-understood'));
  if (!takesAnswers(round, nowMs)) return closed();
  if (seat === undefined) return refused(sayOnly('pulse-not-asked'));
  if (!isOwn(round, seat, mark)) return refused(sayOnly('pulse-other-card'));
  const ballot = ballotOf(deps, { round, token, again, zone: zoneFor(deps, programme, row) }, seat, event);
  if (verb === 'pulse-answer') {
    // One of a named round is all in the store, and claimed there.
    const { named } = round.definition;
    const isDone =
      !named && seat.answered && (await deps.ballots.knows({ programme, round: id }, token, place, event));
    if (isDone) return { answer: { say: [] }, press: 'done' };
    const { isNew, ...taken } = await take(ballot, asked, entered);
    return { ...taken, press: named ? 'claim' : isNew ? 'kept' : seat.answered ? 'done' : 'known' };
  }
  const replace = done ? thanksCard(ballot) : await cardAt(ballot, asked);
  return { answer: { replace, say: [] }, press: 'kept' };
}

const refused = (answer: Answer): Cast => ({ answer, press: 'claim' });

/** What a press would have the seat's ballot for; without `entered` it only looks. */
interface Claim {
  readonly place: number;
  /** None for a card without a token. */
  readonly mark: string | undefined;
  readonly entered?: Entered;
  readonly nowMs: number;
}

function questionAt(round: Round, place: number): Asked | undefined {
  return askedIn(round).find((each) => each.place === place);
}

/** One member, one ballot: whether a card has the seat's ballot, or could have it. */
function isOwn({ definition }: Round, { ballot }: Seat, mark: string | undefined): boolean {
  if (definition.named) return true;
  return mark !== undefined && (ballot === undefined || ballot === mark);
}

/** The seat, its ballot given to the card of its first answer. */
function claimedBy({ place, mark, entered, nowMs }: Claim, { round, seat }: Seated): Seat | undefined {
  if (round === undefined || seat === undefined || mark === undefined || entered === undefined)
    return undefined;
  if (round.definition.named || seat.ballot !== undefined || !takesAnswers(round, nowMs)) return undefined;
  const asked = questionAt(round, place);
  const isAnswer = asked !== undefined && answerIn(asked.question, entered) !== undefined;
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

async function cardAt(ballot: Ballot, asked: Asked, wrong = false) {
  const path = await pathOf(ballot.round, ballot.find);
  const answered = (await ballot.find(asked.place)) !== undefined;
  const isOnPath = path.some((each) => each.place === asked.place);
  return questionCard(ballot, { asked, path: isOnPath ? path : [asked], answered, wrong });
}

async function take(
  ballot: Ballot,
  asked: Asked,
  entered: Entered,
): Promise<Omit<Cast, 'press'> & { readonly isNew: boolean }> {
  const { place } = asked;
  const value = answerIn(asked.question, entered);
  if (value === undefined) {
    return { answer: { replace: await cardAt(ballot, asked, true), say: [] }, isNew: true };
  }
  let { seat } = ballot;
  const find: Find = (each) => (each === place ? Promise.resolve(value) : ballot.find(each));
  const path = (await pathOf(ballot.round, find)).map((each) => each.place);
  for (const each of askedIn(ballot.round)) {
    const isLeft = each.question.after !== undefined && !path.includes(each.place);
    if (isLeft) seat = await ballot.withdraw(seat, each.place);
  }
  // Last: once the answer is there, the press is known, and would not be taken up again.
  const put = await ballot.put(seat, place, value);
  const changed = !ballot.seat.answered || ballot.round.definition.named;
  const replace = await cardAfter(ballot, place, find);
  return { answer: { replace, say: [] }, ...(changed ? { seat: put.seat } : {}), isNew: put.isNew };
}

/** The next question that the ballot is asked, or thanks after the last. */
async function cardAfter(ballot: Ballot, place: number, find: Find) {
  const path = await pathOf(ballot.round, find);
  const next = path.find((each) => each.place > place);
  if (next === undefined) return thanksCard(ballot);
  const answered = (await ballot.find(next.place)) !== undefined;
  return questionCard(ballot, { asked: next, path, answered });
}

/** The first card of a ballot, as it is sent; checked rounds ask at least one question that follows no other. */
export function firstCard(card: BallotCard): Message | undefined {
  const path = askedIn(card.round).filter(({ question }) => question.after === undefined);
  const [asked] = path;
  return asked && questionCard(card, { asked, path, answered: false });
}
