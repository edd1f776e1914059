import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from 'esbuild';
import { asset } from '../../src/cli/assets.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const KILLS = 50;
/** Bundled once: each of the many processes then starts three times as fast as through tsx. */
const program = asset('.cache', `simulated-year-${String(process.pid)}.mjs`);

/** When a process is killed: so long after it began, or after its so manieth message. */
interface Kill {
  readonly messages: number;
  readonly thenMs: number;
}

/** Lives on with the year in a folder, until its end or until it is killed. Answers whether it came to the end. */
async function live(folder: string, kill?: Kill): Promise<boolean> {
  const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  let done = false;
  let messages = -1;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'done') done = true;
    else messages += 1;
    if (messages === kill?.messages) void pause(kill.thenMs).then(() => child.kill('SIGKILL'));
  }
  await ended;
  return done;
}

/** What everybody was sent, by the chat's own file: `<member> <delivery>`, sorted; twice if it was sent twice. */
async function sentIn(folder: string): Promise<readonly string[]> {
  const lines = (await readFile(join(folder, 'chat.jsonl'), 'utf8')).trim().split('\n');
  return lines
    .map((line) => JSON.parse(line) as { kind: string; member: string; delivery: string })
    .filter((record) => record.kind === 'sent')
    .map((record) => `${record.member} ${record.delivery}`)
    .sort();
}

describe('a year of a programme, killed at 50 random moments', () => {
  const folder = temporaryFolder();
  before(() =>
    build({
      entryPoints: [join(import.meta.dirname, '../support/simulated-year.ts')],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      packages: 'external',
      logLevel: 'warning',
    }),
  );
  after(() => rm(program, { force: true }));

  it('tells everybody what a year without a kill tells them, and nothing twice', async function () {
    this.timeout(150_000);
    const quiet = join(folder(), 'quiet');
    assert.ok(await live(quiet), 'the year without kills did not end');
    const expected = await sentIn(quiet);
    assert.ok(expected.length > 100, `only ${expected.length} messages in a year`);

    // Spread over the year; most of them at a message, where it hurts.
    const randomKill = (): Kill => ({
      messages: Math.floor(((Math.random() * 2 * expected.length) / KILLS) * 0.9),
      thenMs: Math.random() * 3,
    });
    let kills = 0;
    // A year that ends before the last kill is checked, and another one begun.
    for (let year = 0; kills < KILLS; year += 1) {
      const place = join(folder(), `year-${year}`);
      while (!(await live(place, kills < KILLS ? randomKill() : undefined))) kills += 1;
      assert.deepEqual(await sentIn(place), expected, `year ${year}, ${kills} kills`);
    }
  });
});
