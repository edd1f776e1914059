import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from 'esbuild';
import { migrateStore } from '../../src/cli/move-store.js';
import { delivery } from '../support/delivery.js';
import { postgres } from '../support/postgres.js';
import { fillPlace, openPlace, seenIn, type StorePlace } from '../support/store-places.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const KILLS = 10;
/** So many rows that moving them takes its time. */
const ROWS = 4_000;

describe('moving the embedded store to PostgreSQL', function () {
  this.timeout(240_000);
  const folder = temporaryFolder();
  let source: StorePlace;

  beforeEach(async () => {
    source = { dataDir: join(folder(), 'data') };
    const open = await openPlace(source);
    await fillPlace(open);
    await open.close();
  });

  async function seenAt(place: StorePlace): Promise<unknown> {
    const open = await openPlace(place);
    return seenIn(open).finally(() => open.close());
  }

  /** Moves in a process of its own, which is killed so long after it began. */
  async function move(program: string, url: string, killMs?: number) {
    const child = spawn(process.execPath, [program, source.dataDir, url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'close');
    let [said, began] = ['', 0];
    for await (const line of createInterface({ input: child.stdout })) {
      if (line !== 'ready') said = line;
      else began = Date.now();
      if (line === 'ready' && killMs !== undefined) void pause(killMs).then(() => child.kill('SIGKILL'));
    }
    const [, signal] = (await ended) as [number | null, string | null];
    return { said, signal, tookMs: Date.now() - began };
  }

  async function built(): Promise<string> {
    const outfile = join(folder(), 'mover.mjs');
    await build({
      entryPoints: [join(import.meta.dirname, '../support/store-mover.ts')],
      ...{ outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'error' },
      external: ['pg-native'],
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
    });
    return outfile;
  }

  it(`gives the same, killed at ${String(KILLS)} random moments and begun again`, async () => {
    const open = await openPlace(source);
    await open.store.outbox.add(
      Array.from({ length: ROWS }, (_, index) => delivery(`many/${String(index)}`, { lane: 'many' })),
    );
    const before = await seenIn(open);
    await open.close();
    const program = await built();
    const server = await postgres();
    const whole = await move(program, await server.database());
    assert.equal(whole.said, 'moved');
    const databaseUrl = await server.database();
    let kills = 0;
    for (let run = 0; run < KILLS; run += 1) {
      const { signal } = await move(program, databaseUrl, Math.random() * whole.tookMs);
      if (signal === 'SIGKILL') kills += 1;
    }
    assert.ok(kills > 0, 'it was always faster than the kill');
    const last = await move(program, databaseUrl);
    assert.match(last.said, /moved|was there/);
    assert.deepEqual(await seenAt({ ...source, databaseUrl }), before);
    assert.equal((await move(program, databaseUrl)).said, 'was there');
    assert.deepEqual(await seenAt(source), before);
  });

  it('puts nothing beside something else, and says so', async () => {
    const databaseUrl = await (await postgres()).database();
    const target = { ...source, databaseUrl };
    const open = await openPlace(target);
    await open.store.settings.put({ programme: 'saman', id: 'other', value: '1' });
    await open.close();
    await assert.rejects(migrateStore(source, databaseUrl), { code: 'STORE_NOT_EMPTY' });
  });

  it('notices that the database has gone on since, in rows or in answers', async () => {
    const databaseUrl = await (await postgres()).database();
    assert.equal((await migrateStore(source, databaseUrl)).wasThere, false);
    assert.equal((await migrateStore(source, databaseUrl)).wasThere, true);
    const target = await openPlace({ ...source, databaseUrl });
    await target.ballots.cast({ programme: 'saman', round: 'naervaer-1' }, 'new', {
      ...{ question: 0, group: 0, value: 1 },
    });
    await assert.rejects(migrateStore(source, databaseUrl), { code: 'STORE_NOT_EMPTY' });
    await target.close();
  });

  it('wants Samling to be stopped', async () => {
    const databaseUrl = await (await postgres()).database();
    const open = await openPlace(source);
    await assert.rejects(migrateStore(source, databaseUrl), { code: 'STORE_LOCKED' });
    await open.close();
  });

  it('lets the answers of a round that was open be burned in the files as well', async () => {
    const databaseUrl = await (await postgres()).database();
    await migrateStore(source, databaseUrl);
    const target = await openPlace({ ...source, databaseUrl });
    const key = { programme: 'saman', round: 'naervaer-1' };
    await target.ballots.burn(key);
    await target.close();
    const old = await openPlace(source);
    await assert.rejects(old.ballots.count(key), { code: 'BALLOT_KEY_MISSING' });
    await old.close();
  });
});
