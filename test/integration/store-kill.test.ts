import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { openLowdbStore } from '../../src/adapters/store/lowdb/persistence.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const ROUNDS = 6;
const program = join(import.meta.dirname, '../support/store-writer.ts');

/** Runs the writing process, kills it after a while, and gives the last answered number of each writer. */
async function writeAndKill(folder: string, first: number, afterMs: number): Promise<Map<string, number>> {
  const answered = new Map<string, number>();
  const child = spawn(process.execPath, ['--import', 'tsx', program, folder, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'ready') void pause(afterMs).then(() => child.kill('SIGKILL'));
    const [, name, number] = /^(\w) (\d+)$/.exec(line) ?? [];
    if (name !== undefined) answered.set(name, Number(number));
  }
  await ended;
  return answered;
}

describe('lowdb store killed while it writes', () => {
  const folder = temporaryFolder();

  it('has every write that was answered, and no half of any', async function () {
    this.timeout(60_000);
    let first = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const answered = await writeAndKill(join(folder(), 'data'), first, 20 + Math.random() * 200);
      const store = await openLowdbStore(join(folder(), 'data'));
      for (const [name, number] of answered) {
        const one = Number((await store.settings.get('saman', `${name}-1`))?.value);
        const two = Number((await store.settings.get('uso4', `${name}-2`))?.value);
        assert.equal(one, two, 'half a transaction is there');
        assert.ok(one >= number, `${name}: ${number} was answered, ${one} is there`);
        first = Math.max(first, one);
      }
      await store.close();
    }
    assert.ok(first > 0, 'nothing was written');
  });
});
