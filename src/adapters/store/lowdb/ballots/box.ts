import { SamlingError } from '../../../../core/errors.js';
import type { CountedAnswer } from '../../../../core/ports/ballots.js';
import { hashOf, shuffled } from '../../../../runtime/ballots/hashes.js';
import { openSlotFile, type Change, type SlotFile } from './slot-file.js';

/** Steps and choices; a sector of every disk holds whole slots, so that a power cut tears none. */
export const SMALL_BYTES = 128;
/** Texts of a thousand signs, whatever they are. */
export const LARGE_BYTES = 4096;
const LEAST_TEXTS = 16;

interface Waiting {
  readonly change: Change;
  readonly isLarge: boolean;
  readonly settle: (failure?: unknown) => void;
}

/** The answers of one round: small ones in one file, texts in another. All that wait share a sync. */
export interface RoundBox {
  change(token: string, question: number, answer?: CountedAnswer): Promise<void>;
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
    change(token, question, answer) {
      const hash = hashOf(round, token, question);
      // By kind, not by length: an answer that changes stays in its file.
      const isLarge =
        answer === undefined ? large.find(hash) !== undefined : typeof answer.value === 'string';
      return queue(answer === undefined ? { hash } : { hash, answer }, isLarge);
    },
    find(token, question) {
      const hash = hashOf(round, token, question);
      return small.find(hash) ?? large.find(hash);
    },
    count: () => shuffled([...small.values(), ...large.values()]),
    reserve: (expected) => alone(() => small.reserve(expected)),
    close: () =>
      alone(async () => {
        await small.close();
        await large.close();
      }),
  };
}

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
  };
  return (change: Change, isLarge: boolean) =>
    new Promise<void>((resolve, reject) => {
      const settle = (failure?: unknown) => (failure === undefined ? resolve() : reject(failed(failure)));
      if (waiting.push({ change, isLarge, settle }) === 1) void alone(flush);
    });
}

function failed(cause: unknown): SamlingError {
  const message =
    'The ballot box could not be written; nothing has changed. Look at the disk of the data folder.';
  return new SamlingError('STORE_WRITE_FAILED', message, { cause, retryable: true });
}

async function writeTo(file: SlotFile, batch: readonly Waiting[]): Promise<void> {
  if (batch.length === 0) return;
  try {
    await file.apply(batch.map((each) => each.change));
  } catch (error) {
    for (const each of batch) each.settle(error);
    return;
  }
  for (const each of batch) each.settle();
}
