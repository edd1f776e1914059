import { Temporal } from 'temporal-polyfill';
import { readFileSync } from 'node:fs';
import { createMemoryStore } from '../src/adapters/store/lowdb/memory.js';
import type { Member } from '../src/core/members/types.js';
import type { Directory } from '../src/core/ports/directory.js';
import { checkProgramme } from '../src/core/programme/check.js';
import { occurrencesOf } from '../src/core/programme/occurrences.js';
import type { Programme } from '../src/core/programme/schema.js';
import { toDeliveries, whatIsDue } from '../src/core/reminders/plan.js';
import type { PlanInput } from '../src/core/reminders/plan-input.js';
import { createPlanner } from '../src/runtime/planner.js';
import { createTick } from '../src/runtime/tick.js';
import { heapMb, median, report, timeMs } from './support.js';

/**
 * Planning 40 events for 1,000, 10,000 and 100,000 members: the morning on which the most is due, and a tick on which
 * nothing is. The peer is the least that any planning must do: look at each member once.
 */
const SIZES = [1_000, 10_000, 100_000] as const;
const RUNS = 5;
const EVENTS = 40;
/** Ticks in each of the batches whose middle one counts. */
const IDLE_TICKS = 200;

const raw = JSON.parse(
  readFileSync(new URL('../data/programmes/saman.json', import.meta.url), 'utf8'),
) as Record<string, unknown>;
const checked = checkProgramme('saman.json', withEvents(raw)).programme;
if (checked === undefined) throw new TypeError('The programme of the bench is wrong.');
const programme: Programme = checked;

/** The programme of the file with so many events that each concern every project leader, a week apart. */
function withEvents(file: Record<string, unknown>): Record<string, unknown> {
  const names = Object.fromEntries(['sv', 'nb', 'nn', 'da', 'en'].map((language) => [language, 'Report']));
  const deadlines = Array.from({ length: EVENTS }, (_, index) => ({
    id: `report-${String(index)}`,
    title: names,
    due: Temporal.PlainDate.from('2014-02-05').add({ weeks: index }).toString(),
    audience: { roles: ['project-leader'] },
  }));
  return { ...file, gatherings: [], deadlines };
}

function membersOf(count: number): Member[] {
  const places = programme.organisations.map((each) => each.id);
  return Array.from({ length: count }, (_, index) => ({
    programme: programme.id,
    id: `member-${String(index)}`,
    organisation: places[index % places.length] ?? '',
    roles: ['project-leader'],
    networks: [],
    active: true,
  }));
}

// One week before one event, two weeks before the next, four before a third: a morning as full as any.
const morning = Temporal.ZonedDateTime.from('2014-03-05T09:00[Europe/Oslo]').epochMilliseconds;
const quietMoment = morning + 3 * 60 * 60 * 1000;

function inputOf(members: readonly Member[]): PlanInput {
  return {
    programme,
    members,
    preferences: new Map(),
    submissions: new Set(),
    snoozes: new Map(),
    rsvps: new Map(),
    handovers: new Map(),
    laneOf: () => 'lane',
    fromMs: morning - 24 * 60 * 60 * 1000,
    nowMs: morning,
  };
}

function planAll(members: readonly Member[]) {
  const input = inputOf(members);
  const due = whatIsDue(input);
  return toDeliveries(input, due, { taken: new Set(), countOn: () => 0 });
}

const directory: Directory = {
  laneOf: () => 'lane',
  recipientOf: () => Promise.resolve(undefined),
  chatOf: () => {
    throw new TypeError('Nothing is sent in this bench.');
  },
};

/** Ticks with nothing due, over a store with so many members. */
async function idleTicks(members: readonly Member[]): Promise<() => Promise<void>> {
  const store = createMemoryStore();
  await store.members.put(...members);
  let nowMs = morning;
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const tick = createTick({
    programmes: { get: () => programme, all: () => [programme] },
    planner: createPlanner(store, directory),
    dispatcher: {
      flush: () => Promise.resolve(),
      start: () => Promise.resolve(),
      stop: () => Promise.resolve(),
      ahead() {
        throw new TypeError('Nothing is sent in this bench.');
      },
    },
    clock: { nowMs: () => nowMs },
    log: silent,
  });
  await tick();
  nowMs = quietMoment;
  await tick();
  return async () => {
    for (let round = 0; round < IDLE_TICKS; round += 1) await tick();
  };
}

/** Microseconds of an idle tick for each size, measured in turns, so that all run on equally warm code. */
async function idleTickUs(): Promise<readonly number[]> {
  const stores = [];
  for (const size of SIZES) stores.push({ ticks: await idleTicks(membersOf(size)), took: [] as number[] });
  for (let batch = 0; batch < 60; batch += 1)
    for (const { ticks, took } of stores) took.push(((await timeMs(ticks)) * 1000) / IDLE_TICKS);
  return stores.map(({ took }) => median(took.slice(10)));
}

async function measure(count: number) {
  const members = membersOf(count);
  planAll(members);
  const times: number[] = [];
  const peers: number[] = [];
  let deliveries = 0;
  for (let run = 0; run < RUNS; run += 1) {
    times.push(await timeMs(() => void (deliveries = planAll(members).length)));
    peers.push(await timeMs(() => members.map((member) => ({ ...member })).length));
  }
  return {
    members: count,
    planMs: median(times),
    usPerMember: (median(times) * 1000) / count,
    lookMs: median(peers),
    deliveries,
    memoryMb: memoryMbOf(members),
  };
}

/** Megabytes of what one planning makes; of the mean of several where one is little beside what a heap varies by itself. */
function memoryMbOf(members: readonly Member[]): number {
  const times = Math.max(...SIZES) / members.length;
  const kept: unknown[] = [];
  const before = heapMb();
  for (let nth = 0; nth < times; nth += 1) kept.push(planAll(members));
  const usedMb = heapMb() - before;
  return usedMb / kept.length;
}

const idle = await idleTickUs();
const rows = [];
for (const [index, size] of SIZES.entries())
  rows.push({ ...(await measure(size)), idleTickUs: idle[index] ?? Number.NaN });
const [small, , large] = rows;
if (small === undefined || large === undefined) throw new TypeError('No rows.');
report('planning', rows, {
  events: { value: occurrencesOf(programme).length, goal: '== 40' },
  'time per member, 100,000 against 1,000': { value: large.usPerMember / small.usPerMember, goal: '<= 1.3' },
  'memory per member, 100,000 against 1,000': {
    value: large.memoryMb / 100_000 / (small.memoryMb / 1_000),
    goal: '<= 1.3',
  },
  'idle tick, 100,000 against 1,000': { value: large.idleTickUs / small.idleTickUs, goal: '<= 1.5' },
});
