import type { Programme } from '../core/programme/schema.js';

/** A capability's own part in planning, after the reminders'. */
export interface Planning {
  /** The next instant after `afterMs` at which it may find something. */
  nextDueMs(programme: Programme, afterMs: number): Promise<number | undefined>;
  /** Does what is due by now, safely twice; answers how many deliveries were added. */
  plan(programme: Programme, nowMs: number): Promise<number>;
}
