import type { BallotBox, BoxKey } from '../../../../core/ports/ballots.js';
import { boxName, eventHashOf, hashOf, markOf, shuffled } from '../../../../runtime/ballots/hashes.js';
import { openDatabase, type Database } from '../database.js';
import { KeyFolder } from './key-folder.js';
import { RoundBox, type RoundBoxParts } from './round-box.js';

export interface PostgresBallotBoxOptions {
  /** Where keys of open rounds lie: one folder for all processes that use the database; never in a backup. */
  readonly keysFolder: string;
  /** Connections at once; default 3: presses on one round go one after another anyway. */
  readonly connections?: number;
  /** After so long a box is sealed with a new key; default 5 minutes. */
  readonly keyMs?: number;
  /**
   * So long a key that was replaced is kept; default 15 minutes. A database that falls back to a moment before (a
   * standby that takes over) has boxes that no later key opens.
   */
  readonly keptMs?: number;
  /** Told when keys could not be changed or destroyed; it is tried again after `keyMs`. */
  readonly onTidyFailed?: (error: unknown) => void;
}

const MINUTE_MS = 60_000;
/** What a short answer takes, with its hash. */
const ANSWER_BYTES = 32;

/**
 * Opens the ballot boxes in a PostgreSQL database: one sealed row for each round, whose keys lie in a folder, are
 * changed every few minutes and burned with the round. Any number of processes may use them at once.
 * @throws SamlingError as `openPostgresStore` does.
 */
export async function openPostgresBallotBox(
  url: string,
  options: PostgresBallotBoxOptions,
): Promise<BallotBox> {
  const { keyMs = 5 * MINUTE_MS, keptMs = 15 * MINUTE_MS, connections = 3 } = options;
  const database = await openDatabase(url, { connections, guard: false });
  const all = openBoxes({ database, keys: new KeyFolder(options.keysFolder), keyMs, keptMs });
  const tidying = everyNowAndThen(keyMs, () => all.tidy(), options.onTidyFailed);
  const { of } = all;
  return {
    mark: (key, token) => Promise.resolve(markOf(boxName(key), token)),
    async cast(key, token, answer, event) {
      let isIn = true;
      await of(key).change({
        hash: hashOf(boxName(key), token, answer.question),
        answer,
        event: event === undefined ? undefined : eventHashOf(boxName(key), token, event),
        isPutIn: (is) => void (isIn = is),
      });
      return isIn;
    },
    knows: (key, token, question, event) =>
      of(key).knows(hashOf(boxName(key), token, question), eventHashOf(boxName(key), token, event)),
    withdraw: (key, token, question) => of(key).change({ hash: hashOf(boxName(key), token, question) }),
    find: async (key, token, question) => (await of(key).find(hashOf(boxName(key), token, question)))?.value,
    count: async (key) => shuffled([...(await of(key).answers())]),
    prepare: (key, expected) => of(key).reserve(expected * ANSWER_BYTES),
    async burn(key) {
      await of(key).burn();
      all.forget(key);
    },
    async close() {
      await tidying.stop();
      await database.close();
    },
  };
}

/** The boxes that this process has opened. */
function openBoxes(parts: RoundBoxParts) {
  const boxes = new Map<string, RoundBox>();
  const of = (key: BoxKey): RoundBox => {
    const name = boxName(key);
    let box = boxes.get(name);
    if (box === undefined) boxes.set(name, (box = new RoundBox(parts, key)));
    return box;
  };
  return {
    of,
    forget: (key: BoxKey) => void boxes.delete(boxName(key)),
    async tidy() {
      const keys = await roundsIn(parts.database);
      const names = new Set(keys.map(boxName));
      // What another process has burned must not stay in the memory of this one.
      for (const name of boxes.keys()) if (!names.has(name)) boxes.delete(name);
      for (const key of keys) await of(key).tidy();
    },
  };
}

function roundsIn(database: Database): Promise<readonly BoxKey[]> {
  return database.read((session) =>
    session.query<{ programme: string; round: string }>(
      'SELECT programme, round FROM samling.ballots ORDER BY programme, round',
    ),
  );
}

/** Runs work now and every so often, one run at a time. */
function everyNowAndThen(
  everyMs: number,
  work: () => Promise<void>,
  onFailed: (error: unknown) => void = () => undefined,
) {
  let running: Promise<void> = Promise.resolve();
  const run = () => void (running = running.then(work).catch(onFailed));
  run();
  const timer = setInterval(run, everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
