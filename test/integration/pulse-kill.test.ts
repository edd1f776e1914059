import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from 'esbuild';
import { openBallotBox } from '../../src/adapters/store/lowdb/ballots/ballot-box.js';
import { openLowdbStore } from '../../src/adapters/store/lowdb/persistence.js';

const KILLS = 100;
const key = { programme: 'saman', round: 'killed-1' };

describe('answers while the process is killed', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'samling-ballots-'));
    // Built once: a hundred starts through the compiler would take minutes.
    await build({
      entryPoints: [join(import.meta.dirname, '../support/ballot-writer.ts')],
      outfile: join(folder, 'writer.mjs'),
      ...{ bundle: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'error' },
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
    });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function answerAndKill(first: number): Promise<ReadonlyMap<number, number>> {
    const confirmed = new Map<number, number>();
    const child = spawn(process.execPath, [join(folder, 'writer.mjs'), folder, String(first)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'close');
    for await (const line of createInterface({ input: child.stdout })) {
      if (line === 'ready') void pause(Math.random() * 60).then(() => child.kill('SIGKILL'));
      const [, number, value] = /^(\d+) (\d)$/.exec(line) ?? [];
      if (number !== undefined) confirmed.set(Number(number), Number(value));
    }
    await ended;
    return confirmed;
  }

  it(`has every answer that was confirmed, after ${String(KILLS)} kills at random moments`, async function () {
    this.timeout(240_000);
    const confirmed = new Map<number, number>();
    for (let kill = 0; kill < KILLS; kill += 1) {
      const last = Math.max(0, ...confirmed.keys());
      for (const [number, value] of await answerAndKill(last + 100)) confirmed.set(number, value);
    }
    const store = await openLowdbStore(join(folder, 'data'));
    const ballots = openBallotBox({
      folder: join(folder, 'data', 'ballots'),
      keysFolder: join(folder, 'keys'),
    });
    for (const [number, value] of confirmed) {
      assert.equal(await ballots.find(key, `token-${String(number)}`, 0), value, `answer ${String(number)}`);
      const seat = await store.seats.get('saman', `killed-1/${String(number)}`);
      assert.equal(seat?.answered, true, `seat ${String(number)}`);
    }
    assert.ok(confirmed.size > KILLS, `only ${String(confirmed.size)} were confirmed`);
    await ballots.close();
    await store.close();
  });
});
