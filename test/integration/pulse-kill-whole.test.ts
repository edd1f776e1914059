import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from 'esbuild';
import { openBallotBox } from '../../src/adapters/store/lowdb/ballots/ballot-box.js';
import { openLowdbStore } from '../../src/adapters/store/lowdb/persistence.js';
import { asset } from '../../src/cli/assets.js';
import { isFullSize } from '../support/size.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const KILLS = isFullSize ? 100 : 20;
const MEMBERS = 120;
const key = { programme: 'saman', round: 'naervaer-1' };
/** Bundled once: a hundred starts through the compiler would take minutes. */
const program = asset('.cache', `answering-process-${String(process.pid)}.mjs`);

/** What a member may have answered, by what was confirmed last and what was pressed since. */
class Told {
  confirmed: string | undefined;
  private since: string[] = [];

  press(value: string): void {
    this.since.push(value);
  }
  confirm(value: string): void {
    this.confirmed = value;
    this.since = [];
  }
  allows(value: unknown): boolean {
    if (value === undefined) return this.confirmed === undefined;
    return [this.confirmed, ...this.since].some((each) => each !== undefined && Number(each) === value);
  }
}

describe('a whole Samling, killed while members answer', () => {
  const folder = temporaryFolder();
  const told = new Map<string, Told>();
  let confirmations = 0;
  before(() =>
    build({
      entryPoints: [join(import.meta.dirname, '../support/answering-process.ts')],
      outfile: program,
      ...{ bundle: true, platform: 'node', format: 'esm', target: 'node20', logLevel: 'error' },
      packages: 'external',
    }),
  );
  after(() => rm(program, { force: true }));

  const cardsOf = async () =>
    JSON.parse(await readFile(join(folder(), 'cards.json'), 'utf8')) as Record<string, { token: string }>;

  /** Lives until it is killed so long after it began to answer. */
  async function live(killAfterMs: number): Promise<void> {
    const child = spawn(process.execPath, [program, folder(), String(MEMBERS)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'close');
    for await (const line of createInterface({ input: child.stdout })) {
      if (line === 'ready') void pause(killAfterMs).then(() => child.kill('SIGKILL'));
      const [, what, member = '', value = ''] = /^(try|ok) (\S+) (\d)$/.exec(line) ?? [];
      if (what === undefined) continue;
      const one = told.get(member) ?? new Told();
      told.set(member, one);
      if (what === 'try') one.press(value);
      else {
        one.confirm(value);
        confirmations += 1;
      }
    }
    await ended;
  }

  it(`has every answer that was confirmed, the last of each member, after ${String(KILLS)} kills at random moments`, async function () {
    this.timeout(600_000);
    await live(0);
    assert.equal(Object.keys(await cardsOf()).length, MEMBERS);
    for (let kill = 0; kill < KILLS; kill += 1) await live(Math.random() * 80);
    const store = await openLowdbStore(join(folder(), 'data'));
    const ballots = openBallotBox({
      folder: join(folder(), 'data', 'ballots'),
      keysFolder: join(folder(), 'keys'),
    });
    const cards = await cardsOf();
    let found = 0;
    for (const [member, one] of told) {
      const value = await ballots.find(key, cards[member]!.token, 0);
      assert.ok(one.allows(value), `${member}: ${String(value)} after ${String(one.confirmed)}`);
      found += value === undefined ? 0 : 1;
      if (one.confirmed === undefined) continue;
      const seat = await store.seats.get('saman', `${key.round}/${member}`);
      assert.equal(seat?.answered, true, `seat of ${member}`);
    }
    assert.equal((await ballots.count(key)).length, found, 'one ballot for each member');
    assert.ok(confirmations > KILLS, `only ${String(confirmations)} were confirmed`);
    await ballots.close();
    await store.close();
  });
});
