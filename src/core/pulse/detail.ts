import { message, type Talk } from '../conversation/context.js';
import { matchesAudience, zoneOf } from '../members/member-view.js';
import { closingDay } from './ballot-card.js';
import { turnsOf } from './schedule.js';
import type { PulseRow, Round } from './types.js';
import { isOwn } from './settings.js';

/** The card of one pulse: how it goes, and what can be done. */
export async function detail(talk: Talk, row: PulseRow) {
  const { tables, state, member } = talk;
  const rounds = (await tables.rounds.list(member.programme)).filter((each) => each.pulse === row.id);
  const open = rounds.find((each) => each.state === 'open' && talk.nowMs < each.closesMs);
  const last = rounds.filter((each) => each.state === 'closed').sort((a, b) => b.number - a.number)[0];
  const seats = open === undefined ? [] : await tables.seats.list(member.programme);
  const seated = seats.filter((seat) => seat.round === open?.id);
  const next = turnsOf(state.programme, row.pulse.schedule).find((turn) => turn.date >= talk.today)?.date;
  const audience = state.members.filter(
    (each) => each.active && matchesAudience(state.programme, each, row.pulse.audience),
  );
  return message('pulse-detail', {
    id: row.id,
    title: row.pulse.title,
    state: row.state,
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

function progressOf(round: Round, seats: readonly { readonly answered: boolean }[], zone: string) {
  const answered = seats.filter((seat) => seat.answered).length;
  return { round: round.id, asked: seats.length, answered, closes: closingDay(round, zone) };
}
