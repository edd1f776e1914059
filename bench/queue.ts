import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { Logger, run, runMigrations } from 'graphile-worker';
import pg from 'pg';
import PgBoss from 'pg-boss';
import { startServer } from '../test/support/postgres-server.js';
import { cpuMs, median, percentile, report } from './support.js';

/**
 * Two queues as Samling wants one: a job written in the transaction of what it is for, one for a lane however many ask,
 * and taken at once. Both in this process, on one server, in turns.
 */
const ROUNDS = 3;
const WRITES = 300;
const WAKES = 15;
const LANES = 110;

interface Queue {
  readonly name: string;
  /** Writes a job for a lane inside the client's transaction. */
  add(client: pg.PoolClient, lane: string): Promise<unknown>;
  onJob: () => void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

function graphile(pool: pg.Pool): Queue {
  const options = { pgPool: pool, schema: 'jobs', logger: new Logger(() => () => undefined) };
  let runner: Awaited<ReturnType<typeof run>> | undefined;
  const queue: Queue = {
    name: 'graphile-worker 0.17',
    add: (client, lane) =>
      client.query(`SELECT jobs.add_job('lane', json_build_object('lane', $1::text), job_key := $1)`, [lane]),
    onJob: () => undefined,
    async start() {
      await runMigrations({ ...options, parsedCronItems: [] });
      const taskList = { lane: () => queue.onJob() };
      runner = await run({
        ...options,
        concurrency: 1,
        noHandleSignals: true,
        parsedCronItems: [],
        taskList,
      });
    },
    stop: async () => runner?.stop(),
  };
  return queue;
}

function boss(url: string): Queue {
  const pgBoss = new PgBoss({ connectionString: url, schema: 'boss' });
  pgBoss.on('error', () => undefined);
  const queue: Queue = {
    name: 'pg-boss 10',
    add: (client, lane) =>
      pgBoss.send(
        'lane',
        { lane },
        {
          singletonKey: lane,
          db: { executeSql: (text: string, values: unknown[]) => client.query(text, values) },
        },
      ),
    onJob: () => undefined,
    async start() {
      await pgBoss.start();
      await pgBoss.createQueue('lane', { name: 'lane', policy: 'short' });
      // Half a second is the least that it looks again after.
      await pgBoss.work('lane', { pollingIntervalSeconds: 0.5, batchSize: LANES }, (jobs) => {
        jobs.forEach(() => queue.onJob());
        return Promise.resolve();
      });
    },
    stop: () => pgBoss.stop({ graceful: false, wait: true }),
  };
  return queue;
}

const server = await startServer();
const url = await server.database({ isEmpty: true });
const pool = new pg.Pool({ connectionString: url, max: 6 });
await pool.query('CREATE TABLE state (id integer, lane text)');
const queues = [graphile(pool), boss(url)];
const measured = new Map(queues.map(({ name }) => [name, { cpu: [0], wall: [0], wakes: [0] }]));
for (const kept of measured.values()) for (const list of Object.values(kept)) list.length = 0;

async function write(queue: Queue, nth: number): Promise<void> {
  const client = await pool.connect();
  const lane = `slack/T${String(nth % LANES)}`;
  try {
    await client.query('BEGIN');
    await client.query('INSERT INTO state VALUES ($1, $2)', [nth, lane]);
    await queue.add(client, lane);
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}

for (const queue of queues) await queue.start();
for (let round = 0; round < ROUNDS; round += 1) {
  for (const queue of queues) {
    const kept = measured.get(queue.name)!;
    const startMs = performance.now();
    const used = await cpuMs(async () => {
      for (let nth = 0; nth < WRITES; nth += 1) await write(queue, nth);
    });
    kept.cpu.push(used / WRITES);
    kept.wall.push((WRITES / (performance.now() - startMs)) * 1000);
    await pause(1_500);
    for (let nth = 0; nth < WAKES; nth += 1) {
      const taken = new Promise<void>((resolve) => (queue.onJob = resolve));
      const fromMs = performance.now();
      await write(queue, nth);
      await taken;
      kept.wakes.push(performance.now() - fromMs);
      queue.onJob = () => undefined;
      await pause(37 * (nth % 7));
    }
  }
}
for (const queue of queues) await queue.stop();
await pool.end();
await server.stop();
const rows = [...measured].map(([queue, { cpu, wall, wakes }]) => ({
  queue,
  'writes/s': Math.round(median(wall)),
  'CPU ms/write': median(cpu),
  'wakes after ms': median(wakes),
  '95 % after ms': percentile(wakes, 0.95),
}));
const [first, second] = rows;
report('queue', rows, {
  'graphile-worker wakes sooner than pg-boss, times': {
    value: (second?.['wakes after ms'] ?? 0) / (first?.['wakes after ms'] ?? 1),
    goal: '>= 2',
  },
});
