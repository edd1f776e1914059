import type { Message } from '../core/ports/interaction.js';
import type { OutboxEntry } from '../core/ports/outbox.js';
import type { ProgrammeState } from '../core/reminders/member-state.js';
import type { Programme } from '../core/programme/schema.js';

/** A capability's own part in planning, after the reminders'. */
export interface Planning {
  /** The next instant after `afterMs` at which it may find something. */
  nextDueMs(programme: Programme, afterMs: number): Promise<number | undefined>;
  /** Does what is due by now, safely twice; answers how many deliveries were added. */
  plan(programme: Programme, nowMs: number): Promise<number>;
}

/** A message that was sent before, to be changed in place or taken back; taken back, the new one stands in where need be. */
export interface Amends {
  readonly delivery: string;
  readonly how: 'replace' | 'remove';
}

/** What a delivery says, or the reason why there is nothing to say any more. */
export type Composed = { readonly message: Message; readonly amends?: Amends } | { readonly drop: string };

/** A capability that sends of its own accord: plans deliveries and writes them when they are sent. */
export interface Capability extends Planning {
  /** Writes a delivery from the present state; undefined for another capability's. */
  compose(entry: OutboxEntry, state: ProgrammeState, nowMs: number): Promise<Composed | undefined>;
}
