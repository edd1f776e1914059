import { fork, type ChildProcess } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { Pool } from 'undici';
import { activities, APP_ID, startLocalTeams, type LocalTeams } from '../../test/local/teams/index.js';
import { median, medianRatio, percentile, type Measured } from '../support.js';
import type { FromMeasured, MeasuredPlatform, TeamsPerson, ToMeasured } from './teams-load.js';

type Row = Readonly<Record<string, string | number>>;
type Kind = 'invoke' | 'message, one reply';

/** One run: what was measured of it. */
interface Run {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** CPU of the measured process for one event, in ms. */
  readonly cpu: number;
}

interface Peer {
  readonly name: string;
  readonly process: ChildProcess;
  readonly url: string;
  readonly buttons: readonly (readonly string[])[];
}

/** As many conversations as keep every one of them within Microsoft's limits. */
const PEOPLE = 1_000;
/** Connections, how many events, and how often; those at which the goals are judged are measured more often. */
const RUNS = [
  { connections: 1, events: 300, rounds: 1 },
  { connections: 16, events: 2_000, rounds: 9 },
  { connections: 64, events: 2_000, rounds: 1 },
] as const;
const JUDGED = 16;
/** Before anything is measured: V8 goes on compiling for some thousand requests, and a server runs for days. */
const WARM_UP = { connections: 16, events: 6_000 };

/** Measures the Teams side beside bare botbuilder: both get the same requests, each in a process of its own. */
export async function measureTeams(): Promise<{
  readonly rows: readonly Row[];
  readonly goals: Readonly<Record<string, Measured>>;
}> {
  const teams = await startLocalTeams({ limits: false });
  const people = peopleIn(teams);
  const platform: MeasuredPlatform = {
    appId: APP_ID,
    openIdUrl: teams.issuer.openIdUrl,
    loginUrl: teams.issuer.loginUrl,
    serviceUrl: teams.connector.serviceUrl,
    people,
  };
  teams.issuer.issued.add('sending-1');
  const peers = await Promise.all(['samling', 'bare'].map((name) => startPeer(name, platform)));
  const authorization = `Bearer ${await teams.issuer.sign({ appId: APP_ID, serviceUrl: platform.serviceUrl })}`;
  const results = new Map<string, Run[]>();
  for (const kind of ['invoke', 'message, one reply'] as const) {
    for (const peer of peers) {
      const bodies = bodiesOf(teams, people, peer, { kind, round: 0, events: WARM_UP.events });
      await runOnce(peer, kind, bodies, authorization, WARM_UP.connections);
      teams.connector.clear();
    }
    for (const { connections, events, rounds } of RUNS) {
      // The first run is for what differs with so many connections.
      for (let round = -1; round < rounds; round += 1) {
        for (const peer of peers) {
          const bodies = bodiesOf(teams, people, peer, { kind, round, events });
          const run = await runOnce(peer, kind, bodies, authorization, connections);
          const key = `${kind}/${String(connections)}/${peer.name}`;
          if (round >= 0) results.set(key, [...(results.get(key) ?? []), run]);
          teams.connector.clear();
        }
      }
    }
  }
  for (const peer of peers) peer.process.disconnect();
  await Promise.all(peers.map((peer) => new Promise((resolve) => peer.process.once('exit', resolve))));
  await teams.close();
  return judged(results);
}

function judged(results: ReadonlyMap<string, readonly Run[]>) {
  const middle = (key: string, what: keyof Run) => median((results.get(key) ?? []).map((run) => run[what]));
  const rows = [...results.keys()].map((key) => {
    const [kind = '', connections = '', peer = ''] = key.split('/');
    return {
      teams: kind,
      connections,
      peer,
      'events/s': Math.round(middle(key, 'perSecond')),
      'p50 ms': middle(key, 'p50'),
      'p99 ms': middle(key, 'p99'),
      'cpu ms': middle(key, 'cpu'),
    };
  });
  const cpuOfRuns = (key: string) => (results.get(key) ?? []).map((run) => run.cpu);
  const share = (kind: Kind) =>
    medianRatio(cpuOfRuns(`${kind}/${String(JUDGED)}/samling`), cpuOfRuns(`${kind}/${String(JUDGED)}/bare`));
  return {
    rows,
    goals: {
      'teams invoke with JWT: CPU beside botbuilder': { value: share('invoke'), goal: '<= 0.5' },
      'teams message with one reply: CPU beside botbuilder': {
        value: share('message, one reply'),
        goal: '<= 0.4',
      },
    },
  };
}

function peopleIn(teams: LocalTeams): readonly TeamsPerson[] {
  return Array.from({ length: PEOPLE }, (_, index) => {
    const person = teams.person(`t${String(index)}`, `p${String(index)}`);
    return {
      id: `member-${String(index)}`,
      tenant: person.tenant,
      user: person.aadObjectId,
      mri: person.id,
      conversation: teams.connector.conversationOf(person),
    };
  });
}

/** Bundles a process as the product is bundled: running sources costs what the product does not. */
async function bundled(name: string): Promise<string> {
  const outfile = fileURLToPath(new URL(`../../.cache/bench/teams-${name}.mjs`, import.meta.url));
  await build({
    entryPoints: [fileURLToPath(new URL(`teams-${name}.ts`, import.meta.url))],
    ...{ bundle: true, platform: 'node', format: 'esm', target: 'node20', packages: 'external' },
    outfile,
    logLevel: 'warning',
  });
  return outfile;
}

async function startPeer(name: string, platform: MeasuredPlatform): Promise<Peer> {
  const file = await bundled(name);
  const child = fork(file, [JSON.stringify(platform)], {
    // As the image runs Samling; the peer gains by it too.
    execArgv: ['--max-semi-space-size=64'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const ready = await message(child, 'ready');
  return { name, process: child, url: ready.url, buttons: ready.buttons };
}

function message<K extends FromMeasured['kind']>(
  child: ChildProcess,
  kind: K,
): Promise<Extract<FromMeasured, { kind: K }>> {
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new TypeError(`the measured process ended before "${kind}"`));
    child.once('exit', onExit);
    child.once('message', (sent) => {
      child.off('exit', onExit);
      resolve(sent as Extract<FromMeasured, { kind: K }>);
    });
  });
}

function bodiesOf(
  teams: LocalTeams,
  people: readonly TeamsPerson[],
  peer: Peer,
  { kind, round, events }: { readonly kind: Kind; readonly round: number; readonly events: number },
): readonly string[] {
  return Array.from({ length: events }, (_, index) => {
    const person = people[index % people.length];
    const found = teams.person(person?.tenant ?? '', `p${String(index % people.length)}`);
    const origin = teams.origin(found);
    if (kind !== 'invoke') return JSON.stringify(activities.message(origin, 'hjelp'));
    const button = peer.buttons[index % people.length];
    const samling = button?.[(round + 1) % button.length];
    return JSON.stringify(activities.execute(origin, '1', { verb: 'handed-in', data: { samling } }));
  });
}

async function runOnce(
  peer: Peer,
  kind: Kind,
  bodies: readonly string[],
  authorization: string,
  connections: number,
): Promise<Run> {
  const { origin, pathname } = new URL(peer.url);
  const pool = new Pool(origin, { connections });
  const headers = { authorization, 'content-type': 'application/json; charset=utf-8' };
  const before = await cpuOf(peer);
  const waits: number[] = [];
  const start = performance.now();
  let next = 0;
  const worker = async () => {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
      const sent = performance.now();
      const answer = await pool.request({ path: pathname, method: 'POST', headers, body });
      await answer.body.dump();
      if (answer.statusCode !== 200)
        throw new TypeError(`${peer.name} answered ${String(answer.statusCode)}`);
      waits.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  const seconds = (performance.now() - start) / 1000;
  const used = (await cpuOf(peer)) - before;
  // Samling changes the pressed card for good after each answer, a call of its own: bare botbuilder only answers.
  const extra = kind === 'invoke' && peer.name === 'samling' ? await updateAlone(peer, bodies.length) : 0;
  await pool.close();
  return {
    perSecond: bodies.length / seconds,
    p50: median(waits),
    p99: percentile(waits, 0.99),
    cpu: (used - extra) / bodies.length,
  };
}

async function updateAlone(peer: Peer, count: number): Promise<number> {
  const before = await cpuOf(peer);
  return (await cpuOf(peer, { kind: 'update', count })) - before;
}

async function cpuOf(peer: Peer, asked: ToMeasured = { kind: 'cpu' }): Promise<number> {
  const answer = message(peer.process, 'cpu');
  peer.process.send(asked);
  return (await answer).ms;
}
