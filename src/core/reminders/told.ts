import type { Member } from '../members/types.js';
import type { OutboxEntry } from '../ports/outbox.js';
import type { Programme } from '../programme/schema.js';
import { dateFor } from './speaking-time.js';

type Sent = Pick<OutboxEntry, 'id' | 'kind' | 'items' | 'notBeforeMs' | 'state'>;

/** Deliveries that may say on one day what another has said: both write what is true when they are sent. */
const KINDS: readonly string[] = ['nudges', 'digest'];

/** `<occurrence, with how often it was moved>/<member>` of each nudge, and of each escalation to a leader. */
function subjectsOf({ items }: Pick<OutboxEntry, 'items'>): readonly string[] {
  return items.flatMap((item) => {
    const [kind, version, , member] = item.split('/');
    return kind === 'nudge' || kind === 'escalation' ? [`${version ?? ''}/${member ?? ''}`] : [];
  });
}

/**
 * What a delivery would say that its reader has been told today already, as `<event>/<member>`: one that was held up
 * for days would come on the day of the next one and say the same. One that is before it and on its way, of which
 * nobody can say yet whether it arrived, counts as told: it is looked for, or sent, whatever comes after it. One that was
 * tried more often, and may be there, is before others.
 *
 * @param recent entries of the reader, the newest first
 */
export function toldToday(
  programme: Programme,
  reader: Member,
  delivery: Sent,
  recent: readonly OutboxEntry[],
  nowMs: number,
): ReadonlySet<string> {
  if (!KINDS.includes(delivery.kind)) return new Set();
  const today = dateFor(programme, reader, nowMs);
  const told = new Set(
    recent
      .filter((entry) => {
        if (entry.kind !== delivery.kind || entry.id === delivery.id) return false;
        const { state } = entry;
        if (state.kind === 'leased' || triesOf(entry) > 0) return isBefore(entry, delivery);
        return state.kind === 'sent' && dateFor(programme, reader, state.atMs) === today;
      })
      .flatMap(subjectsOf),
  );
  const again = subjectsOf(delivery).filter((each) => told.has(each));
  return new Set(again.map((each) => each.replace(/@\d+\//, '/')));
}

/** How many earlier attempts may have arrived. */
function triesOf({ state }: Pick<OutboxEntry, 'state'>): number {
  if (state.kind === 'waiting') return state.attempt;
  return state.kind === 'leased' ? state.attempt - 1 : 0;
}

/** Of two that are on their way only one may leave out what both say. */
function isBefore(one: Sent, other: Sent): boolean {
  if (triesOf(one) !== triesOf(other)) return triesOf(one) > triesOf(other);
  if (one.notBeforeMs !== other.notBeforeMs) return one.notBeforeMs < other.notBeforeMs;
  return one.id < other.id;
}
