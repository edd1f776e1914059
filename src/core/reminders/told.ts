import type { Member } from '../members/types.js';
import type { OutboxEntry } from '../ports/outbox.js';
import type { Programme } from '../programme/schema.js';
import { dateFor } from './speaking-time.js';

/** `<occurrence, with how often it was moved>/<member>` of each nudge on a delivery. */
function subjectsOf({ items }: Pick<OutboxEntry, 'items'>): readonly string[] {
  return items.flatMap((item) => {
    const [kind, version, , member] = item.split('/');
    return kind === 'nudge' ? [`${version ?? ''}/${member ?? ''}`] : [];
  });
}

/**
 * What a delivery would say that its reader has been told today already, as `<event>/<member>`: a nudge that was held up
 * for days would come on the day of the next one and say the same.
 *
 * @param recent entries of the reader, the newest first
 */
export function toldToday(
  programme: Programme,
  reader: Member,
  delivery: Pick<OutboxEntry, 'id' | 'items'>,
  recent: readonly OutboxEntry[],
  nowMs: number,
): ReadonlySet<string> {
  const today = dateFor(programme, reader, nowMs);
  const told = new Set(
    recent
      .filter(({ id, kind, state }) => {
        if (kind !== 'nudges' || id === delivery.id || state.kind !== 'sent') return false;
        return dateFor(programme, reader, state.atMs) === today;
      })
      .flatMap(subjectsOf),
  );
  const again = subjectsOf(delivery).filter((each) => told.has(each));
  return new Set(again.map((each) => each.replace(/@\d+\//, '/')));
}
