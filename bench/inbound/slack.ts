import { fork, type ChildProcess } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { Pool } from 'undici';
import { addWorkspace, startLocalSlack, type LocalSlack } from '../../test/local/slack/index.js';
import { openChannel } from '../../test/local/slack/world.js';
import { median, medianRatio, percentile, type Measured } from '../support.js';
import type { FromMeasured, MeasuredSlack, SlackPerson, ToMeasured } from './slack-load.js';

type Row = Readonly<Record<string, string | number>>;
type Kind = 'acknowledged' | 'answered';

/** One run: what was measured of it; CPU of the measured process for one press, in ms. */
interface Run {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly cpu: number;
}

interface Peer {
  readonly name: string;
  readonly process: ChildProcess;
  readonly ready: Extract<FromMeasured, { kind: 'ready' }>;
}

/**
 * As many as keep what is sent to each within what Slack permits: a message a second in a channel, several hundred a
 * minute in a workspace.
 */
const WORKSPACES = 125;
const PEOPLE = 5_000;
const SIGNING_SECRET = 'bench-signing-secret';
/** Connections, how many presses, and how often; those at which the goals are judged are measured more often. */
const RUNS = [
  { connections: 1, events: 300, rounds: 1 },
  { connections: 16, events: 2_000, rounds: 9 },
  { connections: 64, events: 2_000, rounds: 1 },
] as const;
const JUDGED = 16;
/** Before anything is measured: V8 goes on compiling for some thousand requests, and a server runs for days. */
const WARM_UP = { connections: 16, events: 6_000 };

/** Measures the Slack side beside bare Bolt: both get the same presses, each in a process of its own. */
export async function measureSlack(): Promise<{
  readonly rows: readonly Row[];
  readonly goals: Readonly<Record<string, Measured>>;
}> {
  const slack = await startLocalSlack({ hasRates: false });
  const { people, tokens } = populate(slack);
  const told: MeasuredSlack = { apiUrl: slack.apiUrl, signingSecret: SIGNING_SECRET, tokens, people };
  const peers = await Promise.all(['samling', 'bare'].map((name) => startPeer(name, told)));
  const results = new Map<string, Run[]>();
  for (const kind of ['acknowledged', 'answered'] as const) {
    for (const peer of peers) await runOnce(slack, people, peer, { kind, ...WARM_UP });
    for (const { connections, events, rounds } of RUNS) {
      // The first run is for what differs with so many connections.
      for (let round = -1; round < rounds; round += 1) {
        for (const peer of peers) {
          const run = await runOnce(slack, people, peer, { kind, connections, events });
          const key = `${kind}/${String(connections)}/${peer.name}`;
          if (round >= 0) results.set(key, [...(results.get(key) ?? []), run]);
        }
      }
    }
  }
  for (const peer of peers) peer.process.disconnect();
  await Promise.all(peers.map((peer) => new Promise((resolve) => peer.process.once('exit', resolve))));
  await slack.close();
  return judged(results);
}

function judged(results: ReadonlyMap<string, readonly Run[]>) {
  const middle = (key: string, what: keyof Run) => median((results.get(key) ?? []).map((run) => run[what]));
  const rows = [...results.keys()].map((key) => {
    const [kind = '', connections = '', peer = ''] = key.split('/');
    return {
      slack: kind === 'answered' ? 'press, one message' : 'press',
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
      'slack press acknowledged: CPU beside Bolt': { value: share('acknowledged'), goal: '<= 1.3' },
      'slack press with one message in answer: CPU beside Bolt': { value: share('answered'), goal: '<= 0.7' },
    },
  };
}

function populate(slack: LocalSlack) {
  const people: SlackPerson[] = [];
  const tokens: Record<string, string> = {};
  for (let w = 0; w < WORKSPACES; w += 1) {
    const id = `TB${String(w)}`;
    const users = Array.from({ length: PEOPLE / WORKSPACES }, (_, n) => ({
      id: `U${String(w)}X${String(n)}`,
      name: 'x',
    }));
    const workspace = addWorkspace(slack, id, users);
    tokens[`slack/${id}`] = slack.world.newToken(id, slack.app.scopes).token;
    for (const { id: user } of users) {
      people.push({ id: `member-${user}`, workspace: `slack/${id}`, user });
      // The message that each press is of, so that it can be changed.
      const channel = openChannel(workspace, user);
      workspace.channels.get(channel)?.messages.push({ ts: '1.1', text: 'x', blocks: [], bot: true });
    }
  }
  return { people, tokens };
}

/** Bundles a process as the product is bundled: running sources costs what the product does not. */
async function startPeer(name: string, slack: MeasuredSlack): Promise<Peer> {
  const told = fileURLToPath(new URL('../../.cache/bench/slack.json', import.meta.url));
  const outfile = fileURLToPath(new URL(`../../.cache/bench/slack-${name}.mjs`, import.meta.url));
  await build({
    entryPoints: [fileURLToPath(new URL(`slack-${name}.ts`, import.meta.url))],
    ...{ bundle: true, platform: 'node', format: 'esm', target: 'node20', packages: 'external' },
    ...{ outfile, logLevel: 'warning' },
  });
  // A file: so many people are too long for an argument.
  await writeFile(told, JSON.stringify(slack));
  const child = fork(outfile, [told], {
    // As the image runs Samling; the peer gains by it too.
    execArgv: ['--max-semi-space-size=64'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  // The log is written, and read by nobody.
  child.stderr?.resume();
  return { name, process: child, ready: await message(child, 'ready') };
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

async function cpuOf(peer: Peer, asked: ToMeasured = { kind: 'cpu' }): Promise<number> {
  const answer = message(peer.process, 'cpu');
  peer.process.send(asked);
  return (await answer).ms;
}

/** Where the next run goes on, so that nobody is sent two messages within a second. */
let offset = 0;

/** The bodies of presses, each by another person. */
function pressesOf(
  people: readonly SlackPerson[],
  peer: Peer,
  kind: Kind,
  events: number,
): readonly string[] {
  const { actionId, boxes } = peer.ready[kind];
  return Array.from({ length: events }, (_, index) => {
    const at = (offset + index) % people.length;
    const { workspace, user } = people[at]!;
    const team = workspace.slice('slack/'.length);
    const metadata = {
      event_type: 'samling_delivery',
      event_payload: { delivery: 'bench', card: boxes[at] ?? '' },
    };
    const payload = {
      type: 'block_actions',
      ...{ team: { id: team, domain: 'bench' }, user: { id: user, team_id: team }, api_app_id: 'ALOCAL' },
      container: { type: 'message', message_ts: '1.1', channel_id: `D${team}${user}` },
      trigger_id: randomBytes(12).toString('hex'),
      channel: { id: `D${team}${user}`, name: 'directmessage' },
      message: { type: 'message', bot_id: 'B1', ts: '1.1', text: 'x', blocks: [], metadata },
      state: { values: {} },
      response_url: 'http://127.0.0.1:9/',
      actions: [{ type: 'button', action_id: actionId, block_id: 'b', action_ts: '1.1' }],
    };
    return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  });
}

interface Load {
  readonly kind: Kind;
  readonly connections: number;
  readonly events: number;
}

async function runOnce(
  slack: LocalSlack,
  people: readonly SlackPerson[],
  peer: Peer,
  { kind, connections, events }: Load,
): Promise<Run> {
  const bodies = pressesOf(people, peer, kind, events);
  offset += events;
  const calls = slack.calls.length;
  const before = await cpuOf(peer);
  const { waits, seconds } = await sendAll(peer.ready.url, bodies, connections);
  const isSamling = peer.name === 'samling';
  // Samling changes the pressed card after each acknowledgement; an answer is a message more.
  const wanted = kind === 'answered' || isSamling ? events : 0;
  while (slack.calls.length - calls < wanted) await new Promise((resolve) => setTimeout(resolve, 20));
  const used = (await cpuOf(peer)) - before;
  const extra = kind === 'acknowledged' && isSamling ? await updateAlone(peer, events) : 0;
  return {
    perSecond: bodies.length / seconds,
    p50: median(waits),
    p99: percentile(waits, 0.99),
    cpu: (used - extra) / bodies.length,
  };
}

/** What the changes of the cards cost by themselves: bare Bolt only acknowledges, and so do we look at that alone. */
async function updateAlone(peer: Peer, count: number): Promise<number> {
  const before = await cpuOf(peer);
  return (await cpuOf(peer, { kind: 'update', count })) - before;
}

async function sendAll(url: string, bodies: readonly string[], connections: number) {
  const pool = new Pool(url, { connections });
  const waits: number[] = [];
  const start = performance.now();
  let next = 0;
  const worker = async () => {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
      const timestamp = String(Math.floor(Date.now() / 1000));
      const mac = createHmac('sha256', SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest('hex');
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': `v0=${mac}`,
      };
      const sent = performance.now();
      const answer = await pool.request({ path: '/slack/events', method: 'POST', headers, body });
      await answer.body.dump();
      if (answer.statusCode !== 200) throw new TypeError(`answered ${String(answer.statusCode)}`);
      waits.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  const seconds = (performance.now() - start) / 1000;
  await pool.close();
  return { waits, seconds };
}
