import { Temporal } from 'temporal-polyfill';
import { matchesAudience } from '../members/member-view.js';
import type { Answer, Message } from '../ports/interaction.js';
import { occurrenceOf, occurrencesOf, type Occurrence } from '../programme/occurrences.js';
import { composeNudges } from '../reminders/compose.js';
import { isAddressed } from '../reminders/due-nudges.js';
import { canHandIn, eventItemFor } from '../reminders/event-item.js';
import { planOf } from '../reminders/plan-input.js';
import { memberById } from '../reminders/member-state.js';
import { snoozeUntil, type SnoozeChoice } from '../reminders/snooze.js';
import { message, refreshed, sayOnly, statement, type Talk } from './context.js';

/** An event that concerns the member: in its audience, handed over to them, or told to them as a deputy. */
export function ownEvent(talk: Talk, id: string): Occurrence | undefined {
  const occurrence = occurrenceOf(talk.state.programme, id);
  if (occurrence === undefined) return undefined;
  const { state, member } = talk;
  const { programme } = state;
  const concerns =
    matchesAudience(programme, member, occurrence.audience) ||
    canHandIn(programme, member, occurrence) ||
    isHandedOverTo(talk, id) ||
    isDeputyFor(talk, occurrence);
  return concerns ? occurrence : undefined;
}

function isHandedOverTo({ state, member }: Talk, event: string): boolean {
  for (const each of state.handovers.values()) if (each.event === event && each.to === member.id) return true;
  return false;
}

/** Looked for among those who have set something: they are fewer than all, and this is asked at every press. */
function isDeputyFor({ state, member }: Talk, { audience }: Occurrence): boolean {
  for (const { id, absence } of state.preferences.values()) {
    if (absence?.deputy !== member.id) continue;
    const other = memberById(state, id);
    if (other?.organisation !== member.organisation) continue;
    if (matchesAudience(state.programme, other, audience)) return true;
  }
  return false;
}

/** The pressed card as it is now; without a known delivery, a card of the one event. */
export async function cardNow(before: Talk, occurrence: Occurrence): Promise<Message> {
  const talk = await refreshed(before);
  const { interaction, state, member, today, nowMs } = talk;
  const { calendarUrl } = talk;
  const delivery =
    interaction.delivery === undefined
      ? undefined
      : (await talk.tables.outbox.list(interaction.programme, [interaction.delivery]))[0];
  if (delivery?.kind === 'nudges' && delivery.member === member.id) {
    const composed = composeNudges(state, delivery, { nowMs, keepAnswered: true, calendarUrl });
    if ('message' in composed) return message('nudge', composed.message.data);
  }
  return message('nudge', { items: [eventItemFor(state, member, occurrence, { today, calendarUrl })] });
}

/** The pressed card as it is now; nothing where it does not change by itself. */
export async function refresh({ interaction, tables, member, state, ...talk }: Talk): Promise<Answer> {
  const { programme, delivery: id } = interaction;
  const delivery = id === undefined ? undefined : (await tables.outbox.list(programme, [id]))[0];
  if (delivery?.kind !== 'nudges' || delivery.member !== member.id) return { say: [] };
  const calendar = talk.calendarUrl && { calendarUrl: talk.calendarUrl };
  const composed = composeNudges(state, delivery, { nowMs: talk.nowMs, keepAnswered: true, ...calendar });
  return 'drop' in composed ? { say: [] } : { replace: message('nudge', composed.message.data), say: [] };
}

/** The organisation has handed in; nobody there is reminded of it any more. */
export async function handIn(talk: Talk, event: string): Promise<Answer> {
  const occurrence = ownEvent(talk, event);
  if (occurrence === undefined) return sayOnly('unknown-event');
  if (occurrence.kind !== 'deadline') return sayOnly('cannot-hand-in');
  const { member, tables, at } = talk;
  const id = `${event}/${member.organisation}`;
  if ((await tables.submissions.get(member.programme, id)) === undefined) {
    const { programme, organisation } = member;
    await tables.submissions.put({ programme, id, event, organisation, by: member.id, at });
    await tables.works.remove(programme, [id]);
  }
  return { replace: await cardNow(talk, occurrence), say: [] };
}

/** It was pressed by mistake. */
export async function undoHandIn(talk: Talk, event: string): Promise<Answer> {
  const occurrence = ownEvent(talk, event);
  if (occurrence?.kind !== 'deadline') return sayOnly('unknown-event');
  await talk.tables.submissions.remove(talk.member.programme, [`${event}/${talk.member.organisation}`]);
  return { replace: await cardNow(talk, occurrence), say: [], replan: true };
}

/** Told again later, in time. */
export async function snooze(talk: Talk, event: string, choice: SnoozeChoice): Promise<Answer> {
  const occurrence = ownEvent(talk, event);
  if (occurrence === undefined) return sayOnly('unknown-event');
  const { member, today, at, tables, state } = talk;
  const until = snoozeUntil(choice, today, occurrence, planOf(state.programme, member).isQuiet);
  if (until === undefined) return sayOnly('too-late-to-snooze', { date: { date: occurrence.starts } });
  const id = `${event}/${member.id}`;
  await tables.snoozes.put({ programme: member.programme, id, event, member: member.id, until, at });
  return { replace: await cardNow(talk, occurrence), say: [] };
}

/** What is ahead of the member, nearest first; of what comes each year, the next time. */
export function upcoming(talk: Talk, scope: 'coming' | 'deadlines' | 'gatherings'): Answer {
  const { state, member, today } = talk;
  const preferences = state.preferences.get(member.id);
  const until = preferences?.pause?.until ?? preferences?.absence?.until;
  const paused = preferences?.pause !== undefined || preferences?.absence !== undefined;
  const items = occurrencesOf(state.programme)
    .filter((each) => scope === 'coming' || (scope === 'deadlines') === (each.kind === 'deadline'))
    .filter((each) => each.ends >= today && isAddressed(state, each, member))
    .filter(
      ({ yearly }, at, all) => yearly === undefined || all.findIndex((each) => each.yearly === yearly) === at,
    )
    .map((each) => eventItemFor(state, member, each, { today }));
  const ended = until !== undefined && until < today;
  return {
    say: [
      message('agenda', {
        scope,
        items,
        paused: paused && !ended,
        ...(until === undefined || ended ? {} : { pausedUntil: until }),
      }),
    ],
  };
}

/** "Handed in", said in words: done when only one deadline can be meant, else the deadlines to choose from. */
export async function handInByWord(talk: Talk): Promise<Answer> {
  const { state, member, today } = talk;
  const open = occurrencesOf(state.programme).filter(
    (each) => each.kind === 'deadline' && isAddressed(state, each, member) && isNear(each.starts, today),
  );
  const only = open[0];
  if (open.length !== 1 || only === undefined) return upcoming(talk, 'deadlines');
  const { replace } = await handIn(talk, only.id);
  return { say: replace === undefined ? [statement('unknown-event', 'problem')] : [replace] };
}

/** Within two months before or after: what somebody who says "handed in" can mean. */
function isNear(date: string, today: string): boolean {
  const days = Temporal.PlainDate.from(today).until(date, { largestUnit: 'days' }).days;
  return Math.abs(days) <= 60;
}
