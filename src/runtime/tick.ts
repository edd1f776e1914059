import cron from 'node-cron';
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
}

/** Plans what is due by now in every programme and sends it. What is not due costs next to nothing. */
export function createTick({ programmes, planner, dispatcher, clock }: TickOptions): () => Promise<void> {
  return async () => {
    const nowMs = clock.nowMs();
    for (const programme of programmes.all()) {
      const next = await planner.nextDueMs(programme);
      if (next !== undefined && next <= nowMs) await planner.plan(programme, nowMs);
    }
    await dispatcher.flush();
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
    { noOverlap: true, name: 'tick' },
  );
  return async () => {
    await task.stop();
    await running;
  };
}
