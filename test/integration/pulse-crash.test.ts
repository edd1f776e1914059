import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBallotBox } from '../../src/adapters/store/lowdb/ballots/ballot-box.js';
import { openLowdbStore } from '../../src/adapters/store/lowdb/persistence.js';
import type { Json } from '../../src/core/ports/outbox.js';
import { at, saman } from '../support/pulse-cases.js';
import { buttonData, pulseParts, type PulseParts } from '../support/pulse-parts.js';

const key = { programme: saman.id, round: 'naervaer-1' };
const script = join(import.meta.dirname, '../support/ballot-crash.ts');

/** Runs until the process kills itself at a moment of the first answer; gives what its button carried. */
function crash(folder: string, moment: 'before' | 'after'): Promise<Record<string, Json>> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ['--import', 'tsx/esm', script, folder, moment], (error, stdout) => {
      if (error?.signal === 'SIGKILL') resolve(JSON.parse(stdout) as Record<string, Json>);
      else reject(error ?? new TypeError('The process was not killed.'));
    });
  });
}

describe('a crash between keeping an answer and keeping that it was given', function () {
  this.timeout(60_000);
  let folder: string;
  let parts: PulseParts;
  let data: Record<string, Json>;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'samling-crash-'));
  });
  afterEach(async () => {
    await parts.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** The same Samling, started again on the same folders. */
  async function startAgain() {
    const store = await openLowdbStore(join(folder, 'data'));
    const ballots = openBallotBox({
      folder: join(folder, 'data', 'ballots'),
      keysFolder: join(folder, 'keys'),
    });
    parts = await pulseParts(saman, [], at('2014-03-04T10:00'), { store, ballots });
  }
  const seat = () => parts.store.seats.get(saman.id, 'naervaer-1/voss-0');
  const templateOf = async (press: ReturnType<PulseParts['press']>) => {
    const received = await press;
    return received.kind === 'handled' ? received.replace?.template : undefined;
  };

  it('leaves one ballot: the card goes on with it, no other card gets a second', async () => {
    data = await crash(folder, 'after');
    await startAgain();
    assert.equal((await parts.ballots.count(key)).length, 1, 'the answer was kept');
    assert.equal((await seat())?.answered, false, 'the crash came before it was confirmed');
    const other = { ...data, token: 'of-another-card-22-chr', value: '1' };
    assert.equal(await templateOf(parts.press('voss-0', 'pulse-answer', other)), undefined);
    assert.deepEqual(
      (await parts.ballots.count(key)).map((each) => each.value),
      [4],
    );
    assert.equal(
      await templateOf(parts.press('voss-0', 'pulse-answer', { ...data, value: '2' })),
      'pulse-thanks',
    );
    assert.equal((await seat())?.answered, true);
    assert.deepEqual(
      (await parts.ballots.count(key)).map((each) => each.value),
      [2],
    );
  });

  it('reminds of the card that has the ballot, instead of sending another', async () => {
    data = await crash(folder, 'after');
    await startAgain();
    await parts.advance(at('2014-03-06T09:30'));
    const reminders = parts.got.filter((each) => each.delivery.includes('/remind-1/'));
    assert.equal(reminders.length, 6);
    for (const { member, message } of reminders)
      assert.equal(buttonData(message.card, 'pulse-answer') === undefined, member === 'voss-0', member);
  });

  it('counts the answer in the result, and nobody for having said nothing', async () => {
    data = await crash(folder, 'after');
    await startAgain();
    await parts.advance(at('2014-03-12T10:00'));
    const result = await parts.store.pulseResults.get(saman.id, 'naervaer-1');
    assert.equal(result?.results.cells[0]?.answered, 1);
  });

  it('leaves no box behind when counting is broken off, and counts again from what was frozen', async () => {
    data = await crash(folder, 'after');
    const store = await openLowdbStore(join(folder, 'data'));
    const box = openBallotBox({ folder: join(folder, 'data', 'ballots'), keysFolder: join(folder, 'keys') });
    let broken = true;
    const burn = async (each: typeof key) => {
      if (broken) throw new Error('broken off');
      await box.burn(each);
    };
    const logged: string[] = [];
    const given = { store, ballots: { ...box, burn }, logged };
    parts = await pulseParts(saman, [], at('2014-03-04T10:00'), given);
    const round = () => store.rounds.get(saman.id, 'naervaer-1');
    await assert.rejects(parts.advance(at('2014-03-12T10:00')), /broken off|INTERNAL|planning/);
    assert.equal((await round())?.state, 'closing', 'it is not closed while its box is there');
    const frozen = await store.pulseResults.get(saman.id, 'naervaer-1');
    broken = false;
    await parts.advance(at('2014-03-12T11:00'));
    assert.equal((await round())?.state, 'closed');
    assert.deepEqual(await store.pulseResults.get(saman.id, 'naervaer-1'), frozen);
    assert.equal(frozen?.results.cells[0]?.answered, 1);
    assert.deepEqual(await box.count(key), []);
  });

  it('is harmless before the answer is kept: the same event, repeated, gives it', async () => {
    data = await crash(folder, 'before');
    await startAgain();
    assert.deepEqual(await parts.ballots.count(key), []);
    parts.moment.ms += 120_000;
    const again = parts.press('voss-0', 'pulse-answer', data, 'the-event-that-was-cut-off');
    assert.equal(await templateOf(again), 'pulse-thanks');
    assert.equal((await parts.ballots.count(key)).length, 1);
  });
});
