import { statement } from '../core/conversation/context.js';
import type { BallotBox } from '../core/ports/ballots.js';
import type { Directory } from '../core/ports/directory.js';
import type { Random } from '../core/ports/environment.js';
import type { Answer, Interaction, Message } from '../core/ports/interaction.js';
import type { OutboxEntry } from '../core/ports/outbox.js';
import type { Programmes } from '../core/ports/programmes.js';
import type { Store, Tables } from '../core/ports/store.js';
import type { Programme } from '../core/programme/schema.js';
import {
  ballotRoundOf,
  castAnswer,
  confirmIn,
  enterIn,
  firstCard,
  takesAnswers,
  type Cast,
} from '../core/pulse/answering.js';
import { planPulses, type PulsePlan } from '../core/pulse/plan.js';
import { resultDeliveries, resultMessageFor, resultReaders } from '../core/pulse/report.js';
import { freeze } from '../core/pulse/results.js';
import { nextPulseMs } from '../core/pulse/timing.js';
import type { Round } from '../core/pulse/types.js';
import { zoneOf } from '../core/members/member-view.js';
import { createPlaces } from '../core/reminders/day-places.js';
import { activeMember, loadState, type ProgrammeState } from '../core/reminders/member-state.js';
import { createGate } from './gate.js';
import { countsOf } from './message-counts.js';
import type { Capability } from './planning.js';

export interface PulsesOptions {
  readonly store: Store;
  readonly ballots: BallotBox;
  readonly directory: Directory;
  readonly programmes: Programmes;
  readonly random: Random;
  /** Runs the small transactions of presses; default: each by itself. */
  readonly transact?: Store['transact'];
}

/** What takes a press before the transaction that confirms it, and finishes inside it. */
export type Finish = (tables: Tables) => Promise<Answer>;

/** What opens, reminds of, takes answers to and closes rounds, and writes their cards. */
export interface Pulses extends Capability {
  /** Whether something is a press on a ballot's card. */
  takes(interaction: Interaction): boolean;
  /** Runs the handling of a press on a ballot's card. */
  receive<R>(
    interaction: Interaction,
    nowMs: number,
    handle: (cast: Cast, finish: Finish) => Promise<R>,
  ): Promise<R>;
}

const WAVE = 'pulse-wave/';

/** The round whose ballot was pressed; a preview's is none. */
function roundOf(interaction: Interaction): string | undefined {
  const round = ballotRoundOf(interaction);
  return round?.startsWith('preview/') === true ? undefined : round;
}

/** Creates what opens, reminds of, takes answers to and closes rounds. */
export function createPulses(options: PulsesOptions): Pulses {
  const { store, ballots, programmes, random } = options;
  const gate = createGate();
  const enter = enterIn(options.transact ?? ((work) => store.transact(work)));
  return {
    async nextDueMs(programme, afterMs) {
      const [pulses, rounds] = [await store.pulses.list(programme.id), await store.rounds.list(programme.id)];
      if (pulses.length === 0 && rounds.length === 0) return undefined;
      const members = await store.members.list(programme.id);
      return nextPulseMs({ programme, members, pulses, rounds, nowMs: afterMs });
    },
    async plan(programme, nowMs) {
      const [planned, added] = await store.transact((tables) => planInto(options, tables, programme, nowMs));
      for (const round of planned.rounds) await makeRoom(ballots, round, planned);
      let told = added;
      const rounds = await store.rounds.list(programme.id);
      for (const round of rounds.filter((each) => each.state === 'closing')) {
        await gate.drained(round.id);
        told += await finishRound(options, programme, round, nowMs);
      }
      return told;
    },
    compose: (entry, state, nowMs) => composeFor(store, random, entry, state, nowMs),
    takes: (interaction) => roundOf(interaction) !== undefined,
    async receive(interaction, nowMs, handle) {
      const round = roundOf(interaction) ?? '';
      const seat = `${interaction.programme}/${round}/${interaction.member}`;
      return gate.enter(round, seat, async () => {
        const cast = await castAnswer({ enter, ballots, programmes }, interaction, nowMs);
        return handle(cast, (tables) => confirmIn(tables, cast));
      });
    },
  };
}

async function planInto(
  { directory }: PulsesOptions,
  tables: Tables,
  programme: Programme,
  nowMs: number,
): Promise<readonly [PulsePlan, number]> {
  const { id } = programme;
  const [state, pulses, rounds, seats, settings] = await Promise.all([
    loadState(tables, programme),
    tables.pulses.list(id),
    tables.rounds.list(id),
    tables.seats.list(id),
    tables.settings.list(id),
  ]);
  const waves = settings.flatMap((each) => (each.id.startsWith(WAVE) ? [each.id.slice(WAVE.length)] : []));
  const input = {
    ...state,
    pulses,
    rounds,
    seats,
    waves: new Set(waves),
    nowMs,
    laneOf: (member: { readonly id: string }) => directory.laneOf(id, member.id),
  };
  // Whom there may be something to tell is known only then; most plannings find nobody.
  const first = planPulses(input);
  const told = new Set(first.deliveries.map((each) => each.member));
  const plan =
    told.size === 0 ? first : planPulses({ ...input, countOn: await countsOf(tables, state, told) });
  await tables.rounds.put(
    ...plan.rounds,
    ...plan.closing.map((each) => ({ ...each, state: 'closing' as const })),
  );
  await tables.seats.put(...plan.seats);
  await tables.settings.put(
    ...plan.waves.map((wave) => ({ programme: id, id: `${WAVE}${wave}`, value: 'planned' })),
  );
  return [plan, (await tables.outbox.add(plan.deliveries)).length];
}

async function makeRoom(ballots: BallotBox, round: Round, plan: PulsePlan): Promise<void> {
  if (round.definition.named) return;
  const asked = plan.seats.filter((seat) => seat.round === round.id).length;
  await ballots.prepare({ programme: round.programme, round: round.id }, asked * round.questions.length);
}

/** Counts a round, keeps what may be shown, tells it, and burns the rest. Done again after a crash, from the start. */
async function finishRound(
  { store, ballots, directory }: PulsesOptions,
  programme: Programme,
  round: Round,
  nowMs: number,
): Promise<number> {
  const key = { programme: programme.id, round: round.id };
  const all = await store.seats.list(programme.id);
  const seats = all.filter((seat) => seat.round === round.id);
  const known = await store.pulseResults.get(programme.id, round.id);
  const answers = round.definition.named
    ? namedAnswers(seats)
    : known === undefined
      ? await ballots.count(key)
      : [];
  const results = known?.results ?? freeze(programme, round, seats, answers);
  await store.transact(async (tables) => {
    // Frozen once: what was kept first stays, whatever else is under way.
    const kept = await tables.pulseResults.get(programme.id, round.id);
    if (kept === undefined) await tables.pulseResults.put({ programme: programme.id, id: round.id, results });
  });
  // Before the round is closed: a crash in between burns again, and leaves no box behind.
  if (!round.definition.named) await ballots.burn(key);
  const told = await store.transact(async (tables) => {
    await tables.rounds.put({ ...round, state: 'closed' });
    const state = await loadState(tables, programme);
    const readers = resultReaders(state, round, seats);
    const counts = await countsOf(tables, state, new Set(readers.map((each) => each.id)));
    const places = createPlaces(state, counts);
    const laneOf = (id: string) => directory.laneOf(programme.id, id);
    return tables.outbox.add(resultDeliveries(round, readers, laneOf, (member) => places(member, nowMs)));
  });
  return told.length;
}

function namedAnswers(seats: readonly { group: number; answers?: Readonly<Record<string, unknown>> }[]) {
  return seats.flatMap(({ group, answers = {} }) =>
    Object.entries(answers).map(([place, value]) => ({
      question: Number(place),
      group,
      value: value as number | readonly number[] | string,
    })),
  );
}

function begun({ definition }: Round): Message {
  return statement('pulse-begun', 'info', { title: { text: definition.title } });
}

async function composeFor(
  store: Store,
  random: Random,
  entry: OutboxEntry,
  state: ProgrammeState,
  nowMs: number,
): ReturnType<Pulses['compose']> {
  if (entry.kind !== 'pulse' && entry.kind !== 'pulse-result') return undefined;
  const id = (entry.data as { readonly round?: unknown }).round;
  const round = await store.rounds.get(entry.programme, String(id));
  if (round === undefined) return { drop: 'round-gone' };
  if (entry.kind === 'pulse-result') {
    const results = await store.pulseResults.list(entry.programme);
    return resultMessageFor(state, round, results, entry.member);
  }
  if (!takesAnswers(round, nowMs)) return { drop: 'round-closed' };
  const seat = await store.seats.get(entry.programme, `${round.id}/${entry.member}`);
  const member = activeMember(state, entry.member);
  if (seat === undefined || member === undefined) return { drop: 'not-asked' };
  if (seat.answered) return { drop: 'answered' };
  // A crash has kept an answer from being confirmed: its card goes on, and a new one would be a second ballot.
  if (seat.ballot !== undefined) return { message: begun(round) };
  // Made here and given to the chat alone: no row, file or line of log ever has it.
  const token = round.definition.named ? '' : random.token();
  const again = entry.id.startsWith(`pulse/${round.id}/remind-`);
  const message = firstCard({ round, token, again, zone: zoneOf(state.programme, member) });
  return message === undefined ? { drop: 'nothing-asked' } : { message };
}
