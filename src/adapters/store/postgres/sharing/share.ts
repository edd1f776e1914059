import { z } from 'zod';
import { errorPart } from '../../../../runtime/dispatcher.js';
import type { Shared, ShareOptions } from '../../../../runtime/sharing.js';
import type { Database } from '../database.js';
import { HOLD_BACK, OPEN_LANES } from '../outbox-sql.js';
import { workOnJobs } from './jobs.js';
import { Keeper } from './keeper.js';
import type { LaneBook } from './lane-book.js';
import { slotOf } from './slots.js';

export interface SharePartOptions extends ShareOptions {
  readonly url: string;
  readonly database: Database;
  readonly book: LaneBook;
  /** Names this process in what is told of changes. */
  readonly process: string;
}

/** What one process does for all belongs to whoever has the slot of this. */
const LEADER = 'leader';

/** Joins the processes that work on the database. */
export async function shareDatabase(options: SharePartOptions): Promise<Shared> {
  const { url, database, book, log, due, process } = options;
  book.share();
  const keeper = new Keeper({
    url,
    book,
    taking: (slots) => holdBack(database, slots),
    taken: due,
    changed: (payload) => told(options, process, payload),
    failed: (error) => log.warn(errorPart(error), 'lanes lost'),
  });
  await keeper.start();
  const jobs = workOnJobs({
    pool: database.pool,
    book,
    due,
    failed: (error) => log.warn(errorPart(error), 'jobs interrupted'),
  });
  return {
    leads: () => book.may(LEADER),
    async stop() {
      await jobs.stop();
      await keeper.stop();
    },
  };
}

/** By whom, which kind, of which programme. */
const changeSchema = z.tuple([z.string(), z.string(), z.string()]);

function told({ changed }: ShareOptions, process: string, payload: string | undefined): void {
  const parsed = payload === undefined ? undefined : changeSchema.safeParse(jsonOf(payload));
  // Whoever may use the database may send notices: one that is not ours says no more than that something changed.
  if (parsed?.success !== true) {
    changed(undefined);
    return;
  }
  const [by, kind, programme] = parsed.data;
  if (by !== process) changed({ kind, programme });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * What another process was sending when it was lost comes again when its lease has run out; what is behind it in the
 * same conversation waits for it.
 */
async function holdBack({ direct }: Database, slots: ReadonlySet<number>): Promise<void> {
  const lanes = (await direct.query<{ lane: string }>(OPEN_LANES)).map(({ lane }) => lane);
  const taken = lanes.filter((lane) => slots.has(slotOf(lane)));
  if (taken.length > 0) await direct.query(HOLD_BACK, [taken, Date.now()]);
}
