import { createSimulatedBox } from './ballot-box.js';
import { createChance, type Chance } from './chance.js';
import { createDisk } from './disk.js';
import { createHabits, type Habits } from './habits.js';
import { createHistory } from './history.js';
import { faultsIn } from './invariants.js';
import { createPlatforms, type Weather } from './platforms.js';
import { startProcess } from './process.js';
import { accounts, END_MS, members, notices, pulses, START_MS } from './small-world.js';
import { createVirtualTime, type VirtualTime } from './virtual-time.js';
import type { Sabotage, World, Year } from './world.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Hours of the day (UTC) at which a process wakes: before, at and after nine in the morning, all year round. */
const WAKES = [5.5, 7, 8, 13];
/** So long before the end nothing goes wrong any more, so that what is under way can come to its end. */
const CALM_MS = 4 * DAY_MS;

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
  const weather: Weather = {
    ...{ failures: chance.pick([0, 0.02, 0.1, 0.3]), isCalm: false, slowLane: '', deadLane: '' },
  };
  const history = createHistory();
  const disk = createDisk(history);
  const world: World = {
    ...{ time, chance, weather, disk, history, sabotage, box: createSimulatedBox() },
    ...{ crashes: 0, planned: [], handled: new Map(), confirmed: new Map(), logged: [] },
    platforms: createPlatforms(time, chance, weather, history),
    store: disk.open(),
    processes: chance.happens(0.35) ? [undefined, undefined] : [undefined],
  };
  await world.store.members.put(...members);
  await world.store.accounts.put(...accounts);
  await world.store.pulses.put(...pulses);
  await world.store.notices.put(...notices);
  sabotage.disk?.(disk);
  const habits = createHabits(world);
  const crashRate = chance.pick([0, 0.002, 0.01]);
  for (let place = 0; place < world.processes.length; place += 1) await startProcess(world, place, crashRate);
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
    history: history.hash(),
  };
}

/** What goes wrong on a day: a full disk, a lane that is slow or dead, a clock that jumps. */
function weatherOfDay({ chance, weather, disk, processes }: World): void {
  weather.slowLane = chance.happens(0.03) ? chance.pick(['slack/T1', 'teams/t2']) : '';
  weather.deadLane =
    weather.failures > 0 && chance.happens(0.01) ? chance.pick(['slack/T1', 'teams/t2']) : '';
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
  weather.deadLane = '';
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
