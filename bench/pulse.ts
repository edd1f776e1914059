import { createHash } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JSONFilePreset } from 'lowdb/node';
import { openBallotBox } from '../src/adapters/store/lowdb/ballots/ballot-box.js';
import { openLowdbStore } from '../src/adapters/store/lowdb/persistence.js';
import { enterIn } from '../src/core/pulse/answering.js';
import { pulseSchema } from '../src/core/pulse/definition.js';
import { freeze } from '../src/core/pulse/results.js';
import type { Round, Seat } from '../src/core/pulse/types.js';
import { checkProgramme } from '../src/core/programme/check.js';
import { createGate } from '../src/runtime/gate.js';
import { createGroupCommit } from '../src/runtime/group-commit.js';
import { readFileSync } from 'node:fs';
import { median, report } from './support.js';

/**
 * Answers to one round as fast as they come: 256 members press at once, each waits until the answer is durable, and
 * the seat that says who has answered as well. Peers in the same run, on the same disk, which keep the same two things,
 * seat and answer: a plain lowdb `update()` for each answer at that size (which does not even sync), and a bare
 * append-only file with grouped fdatasync. The table has lowdb with answers alone beside them. Each is warm when it is
 * measured, and they take turns.
 */
const ANSWERS = 10_000;
const AT_ONCE = 256;
const RUNS = 5;
const WARMING = 2;

const raw = JSON.parse(
  readFileSync(new URL('../data/programmes/saman.json', import.meta.url), 'utf8'),
) as unknown;
const { programme } = checkProgramme('saman.json', raw);
if (programme === undefined) throw new TypeError('The programme of the bench is wrong.');
const places = programme.organisations.map((each) => each.id);
const nowMs = Date.parse('2014-03-04T09:00:00Z');

function roundOf(): Round {
  const definition = pulseSchema.parse({
    id: 'p',
    title: 'x',
    intro: 'x',
    questions: [{ id: 'q', kind: 'scale', text: 'x', words: 'agree' }],
    schedule: { starts: '2014-03-04' },
  });
  const base = { programme: programme!.id, id: 'p-1', pulse: 'p', number: 1, definition };
  return {
    ...base,
    questions: [0],
    groups: places,
    opened: '2014-03-04',
    closesMs: nowMs + 86_400_000,
    state: 'open',
  };
}

function seatsOf(count: number): Seat[] {
  return Array.from({ length: count }, (_, index) => ({
    programme: programme!.id,
    id: `p-1/m${String(index)}`,
    round: 'p-1',
    member: `m${String(index)}`,
    group: index % places.length,
    answered: false,
  }));
}

/** Runs work for each number below `count`, so many at once; gives the time of all and of each, in ms. */
async function crowd(count: number, work: (index: number) => Promise<unknown>) {
  const each: number[] = [];
  let next = 0;
  const start = performance.now();
  const one = async () => {
    for (let index = next++; index < count; index = next++) {
      const began = performance.now();
      await work(index);
      each.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  each.sort((a, b) => a - b);
  return { totalMs: performance.now() - start, p99Ms: each[Math.floor(each.length * 0.99)] ?? 0 };
}

async function inFolder<R>(work: (folder: string) => Promise<R>): Promise<R> {
  const folder = await mkdtemp(join(tmpdir(), 'samling-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Samling's own way: the seat's claim, the ballot box with the press, the seat, each durable, before the member is told. */
async function samling(folder: string, count: number) {
  const store = await openLowdbStore(join(folder, 'store'), {
    // As `samling start` opens it.
    guard: false,
  });
  const ballots = openBallotBox({ folder: join(folder, 'ballots'), keysFolder: join(folder, 'keys') });
  const round = roundOf();
  const seats = seatsOf(count);
  await store.rounds.put(round);
  await store.seats.put(...seats);
  const key = { programme: round.programme, round: round.id };
  await ballots.prepare(key, count);
  const gate = createGate();
  const transact = createGroupCommit(store);
  const enter = enterIn(transact);
  const timed = await crowd(count, (index) => {
    const member = `m${String(index)}`;
    return gate.enter(round.id, member, async () => {
      const token = `token-of-${member}-00000000`;
      const ballot = await ballots.mark(key, token);
      const { seat } = await enter(round.programme, round.id, member, (found) =>
        found.seat === undefined || found.seat.answered ? undefined : { ...found.seat, ballot },
      );
      if (seat?.ballot !== ballot) throw new TypeError('The seat of the bench is wrong.');
      // A seat that has not answered has no press to be known again.
      const event = `event-of-${member}`;
      await ballots.cast(key, token, { question: 0, group: seat.group, value: (index % 5) + 1 }, event);
      await transact((tables) => tables.seats.put({ ...seat, answered: true }));
    });
  });
  const counted = await ballots.count(key);
  if (counted.length !== count)
    throw new TypeError(`${String(counted.length)} of ${String(count)} were counted.`);
  const all = await store.seats.list(round.programme);
  const began = performance.now();
  freeze(programme!, round, all, await ballots.count(key));
  const resultsMs = performance.now() - began;
  await ballots.close();
  await store.close();
  return { ...timed, resultsMs };
}

/** What the peers keep of an answer beside its seat. */
const answerOf = (index: number, { group }: Seat) => ({
  ...{
    ballot: createHash('sha256')
      .update(`token-of-m${String(index)}`)
      .digest('hex')
      .slice(0, 32),
  },
  ...{ question: 0, group, value: (index % 5) + 1 },
});

/** Answers a second that plain lowdb takes when the file has so many: it writes all of it for each. */
async function plainLowdb(folder: string, hasSeats: boolean): Promise<number> {
  const all = seatsOf(ANSWERS).map((seat) => ({ ...seat, answered: true }));
  const answers = all.map((seat, index) => answerOf(index, seat));
  const database = await JSONFilePreset(join(folder, 'answers.json'), {
    seats: hasSeats ? all : [],
    answers,
  });
  await database.write();
  const times: number[] = [];
  for (let index = 0; index < 15; index += 1) {
    const seat = all[index]!;
    const began = performance.now();
    await database.update(({ seats, answers: list }) => {
      if (hasSeats) seats[index] = { ...seat, answered: true };
      list[index] = answerOf(index, seat);
    });
    times.push(performance.now() - began);
  }
  return 1000 / median(times);
}

/** The least that durable can cost: a line each, all that wait in one fdatasync. */
async function bareJournal(folder: string): Promise<number> {
  const handle = await open(join(folder, 'journal'), 'a');
  let waiting: { line: string; done: () => void }[] = [];
  let running = false;
  const flush = async () => {
    running = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      await handle.write(batch.map((each) => each.line).join(''));
      await handle.datasync();
      for (const each of batch) each.done();
    }
    running = false;
  };
  const append = (line: string) =>
    new Promise<void>((done) => {
      waiting.push({ line, done });
      if (!running) void flush();
    });
  const all = seatsOf(ANSWERS).map((seat, index) => ({
    ...{ seat: { ...seat, answered: true }, answer: answerOf(index, seat) },
  }));
  const { totalMs } = await crowd(ANSWERS, (index) => append(`${JSON.stringify(all[index])}\n`));
  await handle.close();
  return (1000 * ANSWERS) / totalMs;
}

const ours: { totalMs: number; p99Ms: number; resultsMs: number }[] = [];
const lowdb: number[] = [];
const answersAlone: number[] = [];
const journal: number[] = [];
for (let run = -WARMING; run < RUNS; run += 1) {
  const isMeasured = run >= 0;
  const one = await inFolder((folder) => samling(folder, ANSWERS));
  const [whole, alone] = [
    await inFolder((folder) => plainLowdb(folder, true)),
    await inFolder((folder) => plainLowdb(folder, false)),
  ];
  const bare = await inFolder(bareJournal);
  if (!isMeasured) continue;
  ours.push(one);
  lowdb.push(whole);
  answersAlone.push(alone);
  journal.push(bare);
}
const small: number[] = [];
for (let run = 0; run < RUNS; run += 1)
  small.push((await inFolder((folder) => samling(folder, 1_000))).totalMs / 1_000);
const large = (await inFolder((folder) => samling(folder, 100_000))).totalMs / 100_000;

const rate = (1000 * ANSWERS) / median(ours.map((each) => each.totalMs));
const p99Ms = median(ours.map((each) => each.p99Ms));
const resultsMs = median(ours.map((each) => each.resultsMs));
const rows = [
  { what: 'Samling, sealed and durable', 'answers/s': Math.round(rate) },
  { what: 'plain lowdb update(), not synced', 'answers/s': Math.round(median(lowdb)) },
  { what: 'the same, answers without seats', 'answers/s': Math.round(median(answersAlone)) },
  { what: 'bare journal, grouped fdatasync', 'answers/s': Math.round(median(journal)) },
];
report('pulse', rows, {
  'times a plain lowdb update': { value: rate / median(lowdb), goal: '>= 100' },
  'of a bare journal': { value: rate / median(journal), goal: '>= 0.1' },
  'p99 at 256 at once, ms': { value: p99Ms, goal: '<= 50' },
  'results of 10,000, ms': { value: resultsMs, goal: '<= 100' },
  'cost each at 100,000 over 1,000': { value: large / median(small), goal: '<= 2' },
});
