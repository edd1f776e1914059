import type { Member } from '../core/members/types.js';
import type { OutboxEntry } from '../core/ports/outbox.js';
import type { Tables } from '../core/ports/store.js';
import type { Programme } from '../core/programme/schema.js';
import type { CountOn } from '../core/reminders/day-places.js';
import { dateFor } from '../core/reminders/speaking-time.js';

/** How many of a member's latest messages can fall on one day, answers to all that they press and ask among them. */
export const MOST_IN_A_DAY = 1_000;

/** How many messages of Samling's own accord each receiver has on a date, of whatever kind: nudges, digests, pulses. */
export async function countsOf(
  tables: Tables,
  { programme, members }: { readonly programme: Programme; readonly members: readonly Member[] },
  receivers: ReadonlySet<string>,
): Promise<CountOn> {
  const counts = new Map<string, number>();
  for (const member of members.filter((each) => receivers.has(each.id))) {
    const entries = await tables.outbox.ofMember(programme.id, member.id, MOST_IN_A_DAY);
    for (const entry of entries.filter(countsAgainstCap)) {
      const key = `${member.id}/${dateFor(programme, member, entry.notBeforeMs)}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return (member, date) => counts.get(`${member}/${date}`) ?? 0;
}

function countsAgainstCap(entry: OutboxEntry): boolean {
  return !entry.urgent && entry.state.kind !== 'dropped';
}
