import type { Member, Preferences } from '../members/types.js';
import type { Programme } from '../programme/schema.js';
import { planOf } from './plan-input.js';
import { dateFor, nextMorning, speakingTime } from './speaking-time.js';
import { localTime } from '../calendar/quiet-hours.js';

/** How many messages of Samling's own accord a member gets on a date (an ISO date in the member's zone). */
export type CountOn = (member: string, date: string) => number;

/** Finds the first instant from `fromMs` on at which a member may be told, on a day that is not full. */
export type Places = (member: Member, fromMs: number) => number;

/**
 * Gives out places under the programme's cap on messages to one person a day. What it has given out counts, so make one
 * for each planning.
 */
export function createPlaces({ programme, preferences }: PlacesInput, countOn: CountOn): Places {
  const given = new Map<string, number>();
  return (member, fromMs) => {
    const wishes = preferences.get(member.id);
    let atMs = speakingTime(programme, member, wishes, fromMs);
    for (;;) {
      const date = dateFor(programme, member, atMs);
      const key = `${member.id}/${date}`;
      const planned = given.get(key) ?? 0;
      if (countOn(member.id, date) + planned < programme.policy.maxMessagesPerDay) {
        given.set(key, planned + 1);
        return atMs;
      }
      atMs = nextMorning(programme, member, wishes, localTime(atMs, planOf(programme, member).zone).date);
    }
  };
}

interface PlacesInput {
  readonly programme: Programme;
  /** By member id. */
  readonly preferences: ReadonlyMap<string, Preferences>;
}
