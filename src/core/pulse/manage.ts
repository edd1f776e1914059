import { Temporal } from 'temporal-polyfill';
import { quietDaysOf, workingDay } from '../calendar/working-days.js';
import { describeFault, type Fault } from '../errors.js';
import { instantMs } from '../calendar/quiet-hours.js';
import type { Tables } from '../ports/store.js';
import type { Programme } from '../programme/schema.js';
import type { ProgrammeState } from '../reminders/member-state.js';
import { checkPulse } from './check.js';
import type { PulseResult, PulseRow, Round } from './types.js';

/** What cards and the command line do to pulses; either the new row, or what stands in the way. */
export type Outcome<T> =
  | { readonly row: T; readonly faults: readonly [] }
  | { readonly row?: undefined; readonly faults: readonly Fault[] };

/** A definition checked against the members of now, as a draft. A pulse that has begun is not written over. */
export async function draftPulse(
  tables: Tables,
  state: ProgrammeState,
  json: unknown,
  by: string,
): Promise<Outcome<PulseRow>> {
  const checked = checkPulse('pulse', json, state);
  if (checked.pulse === undefined) return { faults: checked.faults };
  const programme = state.programme.id;
  const known = await tables.pulses.get(programme, checked.pulse.id);
  if (known !== undefined && known.state !== 'draft') {
    return refuse('id', checked.pulse.id, 'an id that no started pulse has');
  }
  const row: PulseRow = { programme, id: checked.pulse.id, pulse: checked.pulse, state: 'draft', by };
  await tables.pulses.put(row);
  return { row, faults: [] };
}

function refuse(path: string, found: string, expected: string): { readonly faults: readonly Fault[] } {
  return { faults: [{ source: 'pulse', path, found, expected }] };
}

/** Lets a draft's rounds be sent; checked again, since members and their languages may have changed. */
export async function startPulse(
  tables: Tables,
  state: ProgrammeState,
  row: PulseRow,
): Promise<Outcome<PulseRow>> {
  const { faults } = checkPulse('pulse', row.pulse, state);
  if (faults.length > 0) return { faults };
  const started: PulseRow = { ...row, state: 'active' };
  await tables.pulses.put(started);
  return { row: started, faults: [] };
}

/** Opens no more rounds; one that is open goes on to its end. */
export async function stopPulse(tables: Tables, row: PulseRow): Promise<PulseRow> {
  const stopped: PulseRow = { ...row, state: 'stopped' };
  await tables.pulses.put(stopped);
  return stopped;
}

/** Asks the same once more, from the next working day on. */
export async function repeatPulse(
  tables: Tables,
  state: ProgrammeState,
  row: PulseRow,
  today: string,
): Promise<Outcome<PulseRow>> {
  const next = Temporal.PlainDate.from(today).add({ days: 1 });
  const starts = workingDay(next, 'after', quietDaysOf(state.programme)).toString();
  const { closes, ...schedule } = row.pulse.schedule;
  return startPulse(tables, state, { ...row, pulse: { ...row.pulse, schedule: { ...schedule, starts } } });
}

/** Keeps an open round open so many days longer, to its hour on a working day. A closed one stays closed. */
export async function extendRound(
  tables: Tables,
  programme: Programme,
  round: Round,
  days: number,
): Promise<Round | undefined> {
  if (round.state !== 'open') return undefined;
  const closes = Temporal.Instant.fromEpochMilliseconds(round.closesMs).toZonedDateTimeISO(programme.zone);
  const day = workingDay(closes.toPlainDate().add({ days }), 'after', quietDaysOf(programme));
  const closesMs = instantMs(day, round.definition.schedule.closesAt, programme.zone);
  const extended: Round = { ...round, closesMs: Math.max(closesMs, round.closesMs) };
  await tables.rounds.put(extended);
  return extended;
}

/** Takes no more answers from now on; planning counts it next. */
export async function closeRound(tables: Tables, round: Round, nowMs: number): Promise<Round | undefined> {
  if (round.state !== 'open') return undefined;
  const closed: Round = { ...round, closesMs: Math.min(round.closesMs, nowMs) };
  await tables.rounds.put(closed);
  return closed;
}

/** Puts down what the coordinators do about a result. */
export async function sayTodo(tables: Tables, result: PulseResult, todo: string): Promise<PulseResult> {
  const said: PulseResult = { ...result, todo };
  await tables.pulseResults.put(said);
  return said;
}

/** Faults as coordinators read them. */
export function faultLines(faults: readonly Fault[]): string[] {
  return faults.map(describeFault);
}
