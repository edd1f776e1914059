import { setTimeout as pause } from 'node:timers/promises';
import { Logger, run, runMigrations, type Runner } from 'graphile-worker';
import type { Pool } from 'pg';
import type { Wake } from '../wake.js';
import { flagOf, type LaneBook } from './lane-book.js';
import { slotOf } from './slots.js';

/** Where the queue keeps its jobs. */
const SCHEMA = 'samling_jobs';
const TASK = 'lane';
/** A job that was missed, such as during a restart of the database, waits no longer than this. */
const POLL_MS = 1_000;

/** Each job says that a lane has something due: one for now, and one for each second in which there will be something. */
const ADD = `SELECT count(*) FROM ${SCHEMA}.add_jobs(ARRAY(
    SELECT ('${TASK}', json_build_object('lane', lane), NULL, to_timestamp(at_ms / 1000), 3, key, 0, ARRAY[flag])::${SCHEMA}.job_spec
      FROM unnest($1::text[], $2::double precision[], $3::text[], $4::text[]) AS given (lane, at_ms, key, flag)))`;

const silent = new Logger(() => () => undefined);

/** Brings the queue's own tables up to its version. */
export async function prepareJobs(pool: Pool): Promise<void> {
  await runMigrations({ pgPool: pool, schema: SCHEMA, logger: silent, parsedCronItems: [] });
}

/** Writes jobs in the transaction of the deliveries that they are for. */
export const wakeLanes: Wake = async (session, deliveries) => {
  const nowMs = Date.now();
  const jobs = new Map<string, { readonly lane: string; readonly atMs: number }>();
  for (const { lane, notBeforeMs } of deliveries) {
    const second = Math.ceil(notBeforeMs / 1000);
    const isNow = notBeforeMs <= nowMs;
    jobs.set(isNow ? lane : `${lane}@${String(second)}`, { lane, atMs: isNow ? nowMs : second * 1000 });
  }
  if (jobs.size === 0) return;
  // In one order in all processes, so that none waits for another in a circle.
  const sorted = [...jobs].sort(([a], [b]) => (a < b ? -1 : 1));
  await session.query(ADD, [
    sorted.map(([, { lane }]) => lane),
    sorted.map(([, { atMs }]) => atMs),
    sorted.map(([key]) => key),
    sorted.map(([, { lane }]) => flagOf(slotOf(lane))),
  ]);
};

export interface JobsOptions {
  readonly pool: Pool;
  readonly book: LaneBook;
  readonly due: () => void;
  readonly failed: (error: unknown) => void;
}

/** How long to wait before the queue is begun anew after it gave up. */
const AGAIN_MS = 1_000;

/** Works on the jobs of this process's lanes, until it is stopped. */
export function workOnJobs({ pool, book, due, failed }: JobsOptions): { stop(): Promise<void> } {
  const stopped = new AbortController();
  const isStopped = () => stopped.signal.aborted;
  let runner: Runner | undefined;
  const begin = () =>
    run({
      pgPool: pool,
      schema: SCHEMA,
      concurrency: 1,
      pollInterval: POLL_MS,
      noHandleSignals: true,
      logger: silent,
      parsedCronItems: [],
      forbiddenFlags: () => [...book.othersFlags],
      taskList: { [TASK]: due },
    });
  const keepOn = async () => {
    while (!isStopped()) {
      try {
        runner = await begin();
        if (isStopped()) await runner.stop();
        else await runner.promise;
      } catch (error) {
        failed(error);
      }
      await pause(AGAIN_MS, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  };
  const ended = keepOn();
  return {
    async stop() {
      stopped.abort();
      // What ended by itself meanwhile cannot be stopped any more.
      await runner?.stop().catch(() => undefined);
      await ended;
    },
  };
}
