import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { openLowdbStore } from '../../src/adapters/store/lowdb/persistence.js';
import { bundle } from '../support/bundle.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const KILLS = 50;
let program: string;

/** When a process is killed: so long after it began, or after its so manieth message. */
interface Kill {
  readonly messages: number;
  readonly thenMs: number;
}

/**
 * Lives on with the year in a folder, until its end or until it is killed. Answers whether it came to the end.
 * What was answered to members is added to `confirmed`.
 */
async function live(folder: string, confirmed: Set<string>, kill?: Kill): Promise<boolean> {
  const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  let done = false;
  let messages = -1;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'done') done = true;
    else messages += 1;
    if (line.startsWith('confirmed ')) confirmed.add(line.slice('confirmed '.length));
    if (messages === kill?.messages) void pause(kill.thenMs).then(() => child.kill('SIGKILL'));
  }
  await ended;
  return done;
}

/** Replies are called after the event that they answer, which has another id each time. */
const EVENT = /reply\/[0-9a-f-]{36}\//;

/** What everybody was sent, by the chat's own file: `<member> <delivery>`, sorted; twice if it was sent twice. */
async function sentIn(folder: string): Promise<readonly string[]> {
  const lines = (await readFile(join(folder, 'chat.jsonl'), 'utf8')).trim().split('\n');
  return lines
    .map((line) => JSON.parse(line) as { kind: string; member: string; delivery: string })
    .filter((record) => record.kind === 'sent')
    .map((record) => `${record.member} ${record.delivery.replace(EVENT, 'reply/')}`)
    .sort();
}

/** The confirmed answers that the store has not kept. */
async function lostIn(folder: string, confirmed: ReadonlySet<string>): Promise<readonly string[]> {
  const store = await openLowdbStore(join(folder, 'store'));
  const lost: string[] = [];
  for (const each of confirmed) {
    const [table, row = ''] = each.split(' ') as ['submissions' | 'snoozes' | 'handovers', string?];
    if ((await store[table].get('saman', row)) === undefined) lost.push(each);
  }
  await store.close();
  return lost;
}

describe('a year of a programme, killed at 50 random moments', () => {
  const folder = temporaryFolder();
  before(async () => {
    program = await bundle(join(import.meta.dirname, '../support/simulated-year.ts'), 'simulated-year');
  });
  after(() => rm(program, { force: true }));

  it('tells everybody what a year without a kill tells them, nothing twice, and loses no confirmed answer', async function () {
    this.timeout(300_000);
    const quiet = join(folder(), 'quiet');
    const pressed = new Set<string>();
    assert.ok(await live(quiet, pressed), 'the year without kills did not end');
    const expected = await sentIn(quiet);
    assert.ok(expected.length > 100, `only ${expected.length} messages in a year`);
    for (const table of ['submissions', 'snoozes', 'handovers']) {
      assert.ok([...pressed].filter((each) => each.startsWith(table)).length >= 5, `few ${table}`);
    }

    // Spread over the year; most of them at a message, where it hurts.
    const randomKill = (): Kill => ({
      messages: Math.floor(((Math.random() * 2 * expected.length) / KILLS) * 0.9),
      thenMs: Math.random() * 3,
    });
    let kills = 0;
    // A year that ends before the last kill is checked, and another one begun.
    for (let year = 0; kills < KILLS; year += 1) {
      const place = join(folder(), `year-${year}`);
      const confirmed = new Set<string>();
      while (!(await live(place, confirmed, kills < KILLS ? randomKill() : undefined))) kills += 1;
      assert.deepEqual(await sentIn(place), expected, `year ${year}, ${kills} kills`);
      assert.deepEqual(await lostIn(place, confirmed), [], `year ${year}: lost answers`);
      assert.deepEqual(await lostIn(place, pressed), [], `year ${year}: other answers than without kills`);
    }
  });
});
