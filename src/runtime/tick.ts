import cron, { type Logger } from 'node-cron';
import type { Clock } from '../core/ports/environment.js';
import type { Programmes } from '../core/ports/programmes.js';
import { errorPart, type Dispatcher, type Log } from './dispatcher.js';
import type { Planner } from './planner.js';

export interface TickOptions {
  readonly programmes: Programmes;
  readonly planner: Planner;
  readonly dispatcher: Dispatcher;
  readonly clock: Clock;
  readonly log: Log;
  /** Told how long a plan took, in ms. */
  readonly onPlanned?: (tookMs: number) => void;
  /**
   * Whether a tick ends only when all that is due has been sent; default true. Where ticks follow a schedule: false,
   * so that a slow lane does not hold up the next tick.
   */
  readonly waits?: boolean;
}

/**
 * Plans what is due by now in every programme and sends it. What is not due costs next to nothing.
 * A programme that cannot be planned is logged and tried at the next tick; it holds up no other.
 */
export function createTick({
  programmes,
  planner,
  dispatcher,
  clock,
  log,
  onPlanned,
  waits = true,
}: TickOptions): () => Promise<void> {
  return async () => {
    const nowMs = clock.nowMs();
    for (const programme of programmes.all()) {
      try {
        const next = await planner.nextDueMs(programme);
        if (next === undefined || next > nowMs) continue;
        await planner.plan(programme, nowMs);
        onPlanned?.(clock.nowMs() - nowMs);
      } catch (error) {
        log.error({ programme: programme.id, ...errorPart(error) }, 'planning failed');
      }
    }
    await (waits ? dispatcher.flush() : dispatcher.start());
  };
}

/** What the scheduler would write to the console goes where everything goes. */
function loggerOf(log: Log): Logger {
  const nothing = () => undefined;
  return {
    info: nothing,
    debug: nothing,
    warn: (what) => log.warn({}, what),
    error: (what) => log.error(errorPart(what), 'tick failed'),
  };
}

/**
 * Runs the tick by a cron expression, never two at once.
 * @returns what stops it; resolves when the tick under way has ended.
 */
export function scheduleTick(expression: string, tick: () => Promise<void>, log: Log): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  const task = cron.schedule(
    expression,
    () => {
      running = tick().catch((error: unknown) => log.error(errorPart(error), 'tick failed'));
      return running;
    },
    { noOverlap: true, name: 'tick', logger: loggerOf(log) },
  );
  return async () => {
    await task.stop();
    await running;
  };
}
