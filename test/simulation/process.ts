import { loadVocabulary } from '../../src/adapters/files/vocabulary.js';
import { asset } from '../../src/cli/assets.js';
import { createAccountDirectory } from '../../src/core/identity/directory.js';
import type { Chat } from '../../src/core/ports/chat.js';
import type { Directory } from '../../src/core/ports/directory.js';
import type { Store, Tables } from '../../src/core/ports/store.js';
import { createSamling } from '../../src/main.js';
import { createLife, type Life } from './life.js';
import { nameOf } from './platforms.js';
import { renderer } from './rendered.js';
import { programmes } from './small-world.js';
import type { Running, World } from './world.js';

const vocabulary = loadVocabulary(asset('data', 'conversation', 'commands.json'));

/** Starts a process; when it dies, another takes its place after a while, over what was durable. */
export async function startProcess(world: World, place: number, crashRate: number): Promise<void> {
  const { chance, time, platforms, weather, disk, history } = world;
  const life = createLife(chance, () => (weather.isCalm ? 0 : crashRate));
  // A store of its own is written by the process itself, which can die half-way.
  if (world.processes.length === 1) {
    disk.breaksAfter = (transactions) => (life.mayDie(0.3) ? chance.below(transactions + 1) : undefined);
  }
  const running = await processOf(world, life);
  world.processes[place] = running;
  void life.over.then(async () => {
    world.crashes += 1;
    world.processes[place] = undefined;
    history.note('crash', time.nowMs(), place);
    for (const delivery of life.inFlight) platforms.excuse(delivery);
    await time.sleep(1_000 + chance.below(600_000));
    // Where processes share a store, it goes on without the one that died.
    if (world.processes.length === 1) world.store = world.disk.open();
    await startProcess(world, place, crashRate);
  });
}

async function processOf(world: World, life: Life): Promise<Running> {
  const { time, chance, platforms, sabotage, box } = world;
  const all = programmes.map((each) => sabotage.programme?.(each) ?? each);
  const byId = new Map(all.map((each) => [each.id, each]));
  const port = { get: (id: string) => byId.get(id), all: () => all };
  const store = life.store(noted(sabotage.store?.(world.store) ?? world.store, life, world));
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
  const running: { skewMs: number } = { skewMs: 0 };
  const samling = createSamling({
    ...{ programmes: port, store, renderer, vocabulary, random: chance, log: logOf(world), waits: false },
    ballots: life.mortal(sabotage.ballots?.(box) ?? box, 5),
    directory: mortalDirectory(sabotage.directory?.(directory) ?? directory, life),
    clock: { nowMs: () => time.nowMs() + running.skewMs },
  });
  return Object.assign(running, { samling, life });
}

function mortalDirectory(directory: Directory, life: Life): Directory {
  const asked = {
    recipientOf: (...given: Parameters<Directory['recipientOf']>) => directory.recipientOf(...given),
    refresh: async (programme: string) => directory.refresh?.(programme),
  };
  return { ...directory, ...life.mortal(asked, 0.3) };
}

function logOf({ logged }: World) {
  const line = (fields: Readonly<Record<string, unknown>>, what: string) =>
    void logged.push(JSON.stringify([what, fields]));
  return { info: line, warn: line, error: line };
}

/** Takes note of what is planned and settled, and of what could not be. */
function noted(store: Store, life: Life, { platforms, planned }: World): Store {
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
    const add: Tables['outbox']['add'] = async (deliveries) => {
      const added = await tables.outbox.add(deliveries);
      // As they were planned: what an outbox leaves out of them is its own affair.
      const ids = new Set(added.map((each) => each.id));
      planned.push(...deliveries.filter((each) => ids.has(each.id)));
      return added;
    };
    const now = { ...tables, outbox: { ...tables.outbox, add, settle } };
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
