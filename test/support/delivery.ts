import type { Delivery } from '../../src/core/ports/outbox.js';

/** A delivery that is due from the beginning of time, with one item named after its id. */
export function delivery(id: string, changes: Partial<Delivery> = {}): Delivery {
  return {
    programme: 'saman',
    id,
    items: [`item/${id}`],
    kind: 'nudges',
    member: 'member',
    lane: 'lane',
    notBeforeMs: 0,
    urgent: false,
    data: {},
    ...changes,
  };
}
