import { message, type Talk } from '../conversation/context.js';
import { matchesAudience, zoneOf } from '../members/member-view.js';
import { closingDay } from './ballot-card.js';
import type { PulseRow, Round } from './types.js';
import { isOwn } from './settings.js';
import { turnsAhead } from './timing.js';

/** The card of one pulse: how it goes, and what can be done. */
export async function detail(talk: Talk, row: PulseRow) {
  const { tables, state, member } = talk;
  const rounds = await roundsOf(talk, row);
  const open = rounds.find((each) => each.state === 'open' && talk.nowMs < each.closesMs);
  // One that was closed just now is over, though its answers are still to be counted.
  const last = rounds.find((each) => each.state === 'closed' || each.closesMs <= talk.nowMs);
  const seats = open === undefined ? [] : await tables.seats.list(member.programme);
  const seated = seats.filter((seat) => seat.round === open?.id);
  const next = nextTurn(talk, row, rounds);
  const audience = state.members.filter(
    (each) => each.active && matchesAudience(state.programme, each, row.pulse.audience),
  );
  return message('pulse-detail', {
    id: row.id,
    title: row.pulse.title,
    state: shownState(talk, row, rounds),
    named: row.pulse.named,
    threshold: row.pulse.threshold,
    questions: row.pulse.questions.length,
    audience: audience.length,
    ...(next === undefined || open !== undefined ? {} : { next }),
    languages: [...state.programme.languages],
    ...(open === undefined ? {} : { open: progressOf(open, seated, zoneOf(state.programme, member)) }),
    ...(last === undefined ? {} : { last: { round: last.id, opened: last.opened } }),
    ...(row.state === 'draft' && isOwn(row) ? { own: true } : {}),
  });
}

/** The rounds of a pulse, the latest first. */
async function roundsOf({ tables, member }: Talk, row: PulseRow): Promise<readonly Round[]> {
  const rounds = (await tables.rounds.list(member.programme)).filter((each) => each.pulse === row.id);
  return rounds.sort((a, b) => b.number - a.number);
}

function nextTurn({ state, today }: Talk, row: PulseRow, rounds: readonly Round[]): string | undefined {
  return turnsAhead({ programme: state.programme, rounds }, row).find(({ date }) => date >= today)?.date;
}

/** What is said of a pulse: one that has had its rounds is over, though nobody has stopped it. */
export function shownState(talk: Talk, row: PulseRow, rounds: readonly Round[]): PulseRow['state'] | 'over' {
  const hasBegun = rounds.some((each) => each.pulse === row.id);
  return row.state === 'active' && hasBegun && nextTurn(talk, row, rounds) === undefined ? 'over' : row.state;
}

function progressOf(round: Round, seats: readonly { readonly answered: boolean }[], zone: string) {
  const answered = seats.filter((seat) => seat.answered).length;
  return { round: round.id, asked: seats.length, answered, closes: closingDay(round, zone) };
}
