import { SamlingError } from '../../../../core/errors.js';
import type { CountedAnswer } from '../../../../core/ports/ballots.js';
import {
  allChangesFor,
  isAnswer,
  knows,
  MOST_BYTES,
  type Wanted,
} from '../../../../runtime/ballots/events.js';
import { eventHashOf, hashOf, shuffled } from '../../../../runtime/ballots/hashes.js';
import type { KeptAnswer } from '../../../../runtime/ballots/packed.js';
import { OVERHEAD_BYTES } from './slot-codec.js';
import { openSlotFile, type SlotFile } from './slot-file.js';

/** Steps and choices; a sector of every disk holds whole slots, so that a power cut tears none. */
export const SMALL_BYTES = OVERHEAD_BYTES + MOST_BYTES.choice;
export const LARGE_BYTES = OVERHEAD_BYTES + MOST_BYTES.text;
const LEAST_TEXTS = 16;

interface Waiting {
  readonly wanted: Wanted;
  readonly isLarge: boolean;
  readonly settle: (isPutIn: boolean, failure?: unknown) => void;
}

/** The answers of one round: small ones in one file, texts in another. All that wait share a sync. */
export interface RoundBox {
  change(token: string, question: number, answer?: CountedAnswer, event?: string): Promise<boolean>;
  knows(token: string, question: number, event: string): boolean;
  find(token: string, question: number): CountedAnswer | undefined;
  count(): readonly CountedAnswer[];
  reserve(expected: number): Promise<void>;
  close(): Promise<void>;
}

/** Opens, or makes, the two files of a round. */
export async function openRoundFiles(
  file: string,
  key: Buffer,
): Promise<{ readonly small: SlotFile; readonly large: SlotFile }> {
  const small = await openSlotFile(`${file}.choices`, key, SMALL_BYTES);
  return { small, large: await openSlotFile(`${file}.texts`, key, LARGE_BYTES, LEAST_TEXTS) };
}

/** Opens the box of a round. */
export async function openRoundBox(file: string, round: string, key: Buffer): Promise<RoundBox> {
  const { small, large } = await openRoundFiles(file, key);
  const alone = oneByOne();
  const queue = queueFor(small, large, alone);
  return {
    change(token, question, answer, event) {
      const hash = hashOf(round, token, question);
      // By kind, not by length: an answer that changes stays in its file.
      const isLarge =
        answer === undefined ? large.find(hash) !== undefined : typeof answer.value === 'string';
      const by = event === undefined ? undefined : eventHashOf(round, token, event);
      return queue({ wanted: { hash, ...(answer && { answer }), event: by }, isLarge });
    },
    knows(token, question, event) {
      const [hash, by] = [hashOf(round, token, question), eventHashOf(round, token, event)];
      return [small, large].some((file) => knows(file.find, hash, by));
    },
    find(token, question) {
      const hash = hashOf(round, token, question);
      return small.find(hash) ?? large.find(hash);
    },
    count: () => shuffled([...small.values(), ...large.values()].filter(isAnswer).map(withoutEvents)),
    reserve: (expected) => alone(() => small.reserve(expected)),
    close: () =>
      alone(async () => {
        await small.close();
        await large.close();
      }),
  };
}

const withoutEvents = ({ question, group, value }: KeptAnswer): CountedAnswer => ({ question, group, value });

/** Runs what it is given one after another. */
function oneByOne(): (work: () => Promise<void>) => Promise<void> {
  let turn: Promise<void> = Promise.resolve();
  return (work) => {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  };
}

/** Writes all changes that wait in one sync for each file. */
function queueFor(small: SlotFile, large: SlotFile, alone: ReturnType<typeof oneByOne>) {
  const waiting: Waiting[] = [];
  const flush = async () => {
    const batch = waiting.splice(0);
    const part = (isLarge: boolean) => batch.filter((each) => each.isLarge === isLarge);
    await Promise.all([writeTo(small, part(false)), writeTo(large, part(true))]);
    // Else the two files would say whether the last who answered wrote a text, and many are asked for one by their answer.
    const time = new Date();
    for (const file of [small, large]) file.stamp(time);
  };
  return (what: Omit<Waiting, 'settle'>) =>
    new Promise<boolean>((resolve, reject) => {
      const settle: Waiting['settle'] = (isPutIn, failure) =>
        failure === undefined ? resolve(isPutIn) : reject(failed(failure));
      if (waiting.push({ ...what, settle }) === 1) void alone(flush);
    });
}

function failed(cause: unknown): SamlingError {
  const message =
    'The ballot box could not be written; nothing has changed. Look at the disk of the data folder.';
  return new SamlingError('STORE_WRITE_FAILED', message, { cause, retryable: true });
}

async function writeTo(file: SlotFile, batch: readonly Waiting[]): Promise<void> {
  if (batch.length === 0) return;
  const wanted = batch.map((each) => each.wanted);
  const changes = allChangesFor(wanted, file.find);
  try {
    await file.apply(changes.flat());
  } catch (error) {
    for (const each of batch) each.settle(false, error);
    return;
  }
  for (const [index, each] of batch.entries()) each.settle((changes[index] ?? []).length > 0);
}
