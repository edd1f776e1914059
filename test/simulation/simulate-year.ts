import { loadVocabulary } from '../../src/adapters/files/vocabulary.js';
import { asset } from '../../src/cli/assets.js';
import { createAccountDirectory } from '../../src/core/identity/directory.js';
import type { BallotBox } from '../../src/core/ports/ballots.js';
import type { Chat } from '../../src/core/ports/chat.js';
import type { Directory } from '../../src/core/ports/directory.js';
import type { Store, Tables } from '../../src/core/ports/store.js';
import { createSamling, type Samling } from '../../src/main.js';
import { renderer } from '../support/pulse-parts.js';
import { createChance, type Chance } from './chance.js';
import { createDisk, type Disk } from './disk.js';
import { createHabits, type Habits } from './habits.js';
import { faultsIn } from './invariants.js';
import { createLife, type Life } from './life.js';
import { createPlatforms, nameOf, type Platforms, type Weather } from './platforms.js';
import { createSimulatedBox } from './ballot-box.js';
import { accounts, END_MS, members, programmes, pulse, START_MS } from './small-world.js';
import { createVirtualTime, type VirtualTime } from './virtual-time.js';

/** A fault put in on purpose: ports that misbehave, to see whether it is found. */
export interface Sabotage {
  readonly name: string;
  readonly store?: (store: Store) => Store;
  readonly chat?: (chat: Chat) => Chat;
  readonly directory?: (directory: Directory) => Directory;
  readonly ballots?: (box: BallotBox) => BallotBox;
  readonly disk?: (disk: Disk) => void;
}

/** Everything in one simulated year. */
export interface World {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly weather: Weather;
  readonly platforms: Platforms;
  readonly disk: Disk;
  readonly box: ReturnType<typeof createSimulatedBox>;
  readonly sabotage: Sabotage;
  readonly processes: (Running | undefined)[];
  /** The store as it is now, without any fault. */
  store: Store;
  crashes: number;
}

/** A process that runs. */
export interface Running {
  readonly samling: Samling;
  readonly life: Life;
  /** How far its clock is from the time, in ms. */
  skewMs: number;
}

export interface Year {
  readonly faults: readonly string[];
  readonly messages: number;
  readonly crashes: number;
  readonly confirmed: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Hours of the day (UTC) at which a process wakes: before, at and after nine in the morning, all year round. */
const WAKES = [5.5, 7, 8, 13];
/** So long before the end nothing goes wrong any more, so that what is under way can come to its end. */
const CALM_MS = 4 * DAY_MS;

const vocabulary = loadVocabulary(asset('data', 'conversation', 'commands.json'));
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Lives through a year of two programmes in one seed's weather, and says what did not hold. */
export async function simulateYear(seed: number, sabotage: Sabotage = { name: 'none' }): Promise<Year> {
  const time = createVirtualTime(START_MS);
  try {
    return await yearOf(time, createChance(seed), sabotage);
  } finally {
    time.end();
  }
}

async function yearOf(time: VirtualTime, chance: Chance, sabotage: Sabotage): Promise<Year> {
  const weather: Weather = { failures: chance.pick([0, 0.02, 0.1, 0.3]), isCalm: false, slowLane: '' };
  const disk = createDisk();
  const world: World = {
    ...{ time, chance, weather, disk, sabotage, box: createSimulatedBox(), crashes: 0 },
    platforms: createPlatforms(time, chance, weather),
    store: disk.open(),
    processes: chance.happens(0.35) ? [undefined, undefined] : [undefined],
  };
  await world.store.members.put(...members);
  await world.store.accounts.put(...accounts);
  await world.store.pulses.put({ programme: 'north', id: pulse.id, pulse, state: 'active', by: 'x' });
  sabotage.disk?.(disk);
  const habits = createHabits(world);
  const crashRate = chance.pick([0, 0.002, 0.01]);
  for (let place = 0; place < world.processes.length; place += 1) await start(world, place, crashRate);
  const calmMs = END_MS - CALM_MS;
  for (let dayMs = START_MS - (START_MS % DAY_MS); dayMs < END_MS; dayMs += DAY_MS) {
    if (dayMs >= calmMs) calm(world);
    else weatherOfDay(world);
    await liveDay(world, habits, dayMs);
  }
  return {
    faults: await faultsIn(world, habits),
    messages: world.platforms.posted.length,
    crashes: world.crashes,
    confirmed: habits.confirmed.size,
  };
}

/** What goes wrong on a day: a full disk, a slow lane, a clock that jumps. */
function weatherOfDay({ chance, weather, disk, processes }: World): void {
  weather.slowLane = chance.happens(0.03) ? chance.pick(['slack/T1', 'teams/t2']) : '';
  disk.isFull = weather.failures > 0 && chance.happens(0.01);
  for (const process of processes) {
    if (process === undefined) continue;
    // Two processes can share work only while their clocks agree within what a lease leaves over.
    const most = processes.length > 1 ? 3_000 : 3 * HOUR_MS;
    process.skewMs = chance.happens(0.02) ? chance.below(2 * most) - most : 0;
  }
}

function calm({ weather, disk, processes }: World): void {
  weather.isCalm = true;
  weather.slowLane = '';
  disk.isFull = false;
  for (const process of processes) if (process !== undefined) process.skewMs = 0;
}

async function liveDay(world: World, habits: Habits, dayMs: number): Promise<void> {
  const { time } = world;
  const due = habits.until(dayMs + DAY_MS);
  const wakes = WAKES.map((hour) => ({ atMs: dayMs + hour * HOUR_MS, act: () => undefined }));
  const moments = [...wakes, ...due].sort((a, b) => a.atMs - b.atMs);
  for (const moment of moments) {
    if (moment.atMs < time.nowMs()) {
      moment.act();
      continue;
    }
    await time.moveTo(moment.atMs);
    moment.act();
    wake(world);
  }
  // What is retried, and leases that ran out.
  await time.moveTo(time.nowMs() + 20 * 60_000);
  wake(world);
  await time.moveTo(Math.max(time.nowMs(), dayMs + DAY_MS - 1));
}

function wake({ processes }: World): void {
  for (const process of processes) process?.samling.tick().catch(() => undefined);
}

/** Starts a process; when it dies, another takes its place after a while, over what was durable. */
async function start(world: World, place: number, crashRate: number): Promise<void> {
  const { chance, time, platforms, weather } = world;
  const life = createLife(chance, () => (weather.isCalm ? 0 : crashRate));
  const running = await processOf(world, life);
  world.processes[place] = running;
  void life.over.then(async () => {
    world.crashes += 1;
    world.processes[place] = undefined;
    for (const delivery of life.inFlight) platforms.excuse(delivery);
    await time.sleep(1_000 + chance.below(600_000));
    // Where processes share a store, it goes on without the one that died.
    if (world.processes.length === 1) world.store = world.disk.open();
    await start(world, place, crashRate);
  });
}

async function processOf(world: World, life: Life): Promise<Running> {
  const { time, chance, platforms, sabotage, box } = world;
  const byId = new Map(programmes.map((each) => [each.id, each]));
  const port = { get: (id: string) => byId.get(id), all: () => programmes };
  const store = life.store(noted(sabotage.store?.(world.store) ?? world.store, life, platforms));
  const chat = (own: Chat) => {
    const misled = sabotage.chat?.(own) ?? own;
    const send: Chat['send'] = (to, message, delivery) => {
      life.inFlight.add(nameOf(to, delivery));
      return misled.send(to, message, delivery);
    };
    return life.mortal({ ...misled, send }, 5);
  };
  const chats = { slack: chat(platforms.slack), teams: chat(platforms.teams) };
  const directory = await createAccountDirectory({ tables: world.store, programmes: port, chats });
  const ballots = life.mortal(sabotage.ballots?.(box) ?? box, 5);
  const running: { skewMs: number } = { skewMs: 0 };
  const samling = createSamling({
    ...{
      programmes: port,
      store,
      renderer,
      vocabulary,
      ballots,
      random: chance,
      log: silent,
      waits: false,
    },
    directory: sabotage.directory?.(directory) ?? directory,
    clock: { nowMs: () => time.nowMs() + running.skewMs },
  });
  return Object.assign(running, { samling, life });
}

/** Takes note of what is settled, and of what could not be. */
function noted(store: Store, life: Life, platforms: Platforms): Store {
  const inFlight = (programme: string, id: string) =>
    [...life.inFlight].filter((name) => name.startsWith(`${programme}/`) && name.endsWith(`/${id}`));
  // Transactions run one after another: there is one list at a time, and the tables are made once.
  let settled: string[] = [];
  const known = new WeakMap<Tables, Tables>();
  const note = (tables: Tables): Tables => {
    const before = known.get(tables);
    if (before !== undefined) return before;
    const settle: Tables['outbox']['settle'] = (programme, id, settlement, nowMs) => {
      settled.push(...inFlight(programme, id));
      return tables.outbox.settle(programme, id, settlement, nowMs);
    };
    const now = { ...tables, outbox: { ...tables.outbox, settle } };
    known.set(tables, now);
    return now;
  };
  const transact: Store['transact'] = async (work) => {
    let mine: string[] = [];
    try {
      return await store.transact((tables) => {
        settled = mine = [];
        return work(note(tables));
      });
    } catch (error) {
      for (const name of mine) platforms.excuse(name);
      throw error;
    } finally {
      for (const name of mine) life.inFlight.delete(name);
    }
  };
  return { ...store, transact };
}
