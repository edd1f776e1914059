import { describeFault, SamlingError } from '../../core/errors.js';
import type { SendOutcome } from '../../core/ports/chat.js';
import type { OutboxEntry, Settlement } from '../../core/ports/outbox.js';
import type { Clock } from '../../core/ports/environment.js';

/** Writes one line of structured log; never a name, an address or a text. */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>, what: string): void;
  warn(fields: Readonly<Record<string, unknown>>, what: string): void;
  error(fields: Readonly<Record<string, unknown>>, what: string): void;
}

/** What is told of an attempt, for metrics: nothing of the person or the message. */
export interface AttemptSeen {
  readonly lane: string;
  readonly outcome: Settlement['kind'];
  readonly reason?: string;
  readonly tookMs: number;
  readonly mayBeDoubled: boolean;
}

/** Who is told of attempts. */
interface Watchers {
  readonly clock: Clock;
  readonly log: Log;
  readonly onAttempt?: (seen: AttemptSeen) => void;
}

/** Tells metrics and the log of an attempt. */
export function seen(
  { onAttempt, log, clock }: Watchers,
  entry: OutboxEntry,
  settlement: Settlement,
  nowMs: number,
  outcome: SendOutcome | undefined,
): void {
  const reason = outcome !== undefined && 'reason' in outcome ? outcome.reason : undefined;
  const mayBeDoubled = settlement.kind === 'sent' && settlement.mayBeDoubled === true;
  const about = { outcome: settlement.kind, ...(reason === undefined ? {} : { reason }) };
  onAttempt?.({ lane: entry.lane, ...about, mayBeDoubled, tookMs: clock.nowMs() - nowMs });
  // What goes well is counted; a line for each would cost more than some of the work.
  if (settlement.kind !== 'sent' || mayBeDoubled)
    log.info({ ...publicPart(entry), ...about, ...(mayBeDoubled && { mayBeDoubled }) }, 'delivery settled');
}

/** What may be logged of a delivery. */
export function publicPart(entry: OutboxEntry) {
  return { programme: entry.programme, kind: entry.kind, lane: entry.lane };
}

/** What may be logged of an error: its code and faults, or its kind; never its message, which may quote data. */
export function errorPart(error: unknown): Readonly<Record<string, unknown>> {
  if (error instanceof SamlingError) return { code: error.code, faults: error.faults.map(describeFault) };
  return { error: error instanceof Error ? error.name : typeof error };
}
