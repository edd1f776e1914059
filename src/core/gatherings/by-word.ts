import { Temporal } from 'temporal-polyfill';
import { message, sayOnly, statement, type Talk } from '../conversation/context.js';
import type { Answer } from '../ports/interaction.js';
import { occurrencesOf } from '../programme/occurrences.js';
import { isAddressed } from '../reminders/due-nudges.js';
import { eventItemFor } from '../reminders/event-item.js';
import { answerRsvp } from './rsvp.js';

/** What somebody who says "I am coming" can mean lies at most so many days ahead. */
const NEAR_DAYS = 60;
/** More cards than this to choose from are a heap. */
const MOST_CHOICES = 3;

/** "I am coming", said in words: taken when only one gathering can be meant, else those to choose from. */
export async function rsvpByWord(talk: Talk, answer: 'yes' | 'maybe' | 'no'): Promise<Answer> {
  const { state, member, today, calendarUrl } = talk;
  const until = Temporal.PlainDate.from(today).add({ days: NEAR_DAYS }).toString();
  const near = occurrencesOf(state.programme).filter(
    (each) =>
      each.kind === 'gathering' &&
      each.ends >= today &&
      each.starts <= until &&
      isAddressed(state, each, member),
  );
  const [first, ...others] = near;
  if (first === undefined) return sayOnly('rsvp-none');
  if (others.length === 0) {
    const { replace, say, ...rest } = await answerRsvp(talk, { event: first.id, answer });
    return { ...rest, say: replace === undefined ? say : [replace, ...say] };
  }
  const items = near
    .slice(0, MOST_CHOICES)
    .map((each) => eventItemFor(state, member, each, { today, ...(calendarUrl && { calendarUrl }) }));
  return { say: [statement('rsvp-which', 'info'), message('nudge', { items })] };
}
