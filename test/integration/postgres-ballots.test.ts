import assert from 'node:assert/strict';
import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import {
  openPostgresBallotBox,
  type PostgresBallotBoxOptions,
} from '../../src/adapters/store/postgres/ballots/ballot-box.js';
import type { BallotBox } from '../../src/core/ports/ballots.js';
import { boxName } from '../../src/runtime/ballots/hashes.js';
import { unseal } from '../../src/runtime/ballots/packed.js';
import { postgres } from '../support/postgres.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const key = { programme: 'saman', round: 'naervaer-1' };
const answer = { question: 0, group: 0, value: 3 };

interface SealedRow {
  readonly key_id: string;
  readonly sealed: Buffer;
}

describe('ballots in PostgreSQL', () => {
  const folder = temporaryFolder();
  let url: string;
  let client: pg.Client;
  const open: BallotBox[] = [];

  beforeEach(async () => {
    url = await (await postgres()).database();
    client = new pg.Client(url);
    await client.connect();
  });
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
    await client.end();
  });

  const keysFolder = () => join(folder(), 'keys');
  async function boxIn(options: Partial<PostgresBallotBoxOptions> = {}) {
    const box = await openPostgresBallotBox(url, { keysFolder: keysFolder(), ...options });
    open.push(box);
    return box;
  }
  const row = async () =>
    (await client.query<SealedRow>('SELECT key_id, sealed FROM samling.ballots')).rows[0]!;
  /** Whether any key of a folder opens what lay in the database. */
  async function opens({ sealed }: SealedRow, keys = keysFolder()): Promise<boolean> {
    const all = await Promise.all(
      (await readdir(keys)).map((file) => readFile(join(keys, file)).catch(() => undefined)),
    );
    return all.some((each) => each !== undefined && unseal(each, boxName(key), sealed) !== undefined);
  }
  async function until(isSo: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + 10_000;
    while (!(await isSo())) {
      assert.ok(Date.now() < end, 'it does not come');
      await pause(20);
    }
  }

  it('loses nothing when several processes take answers to one round at once', async () => {
    const boxes = [await boxIn(), await boxIn(), await boxIn({ keyMs: 1 })];
    await Promise.all(
      Array.from({ length: 120 }, (_, index) => boxes[index % 3]!.cast(key, `t-${String(index)}`, answer)),
    );
    for (const box of boxes) assert.equal((await box.count(key)).length, 120);
    await boxes[0]!.cast(key, 't-1', { ...answer, value: 5 });
    assert.equal(await boxes[1]!.find(key, 't-1', 0), 5);
    await boxes[2]!.burn(key);
    assert.deepEqual(await boxes[1]!.count(key), []);
  });

  it('keeps no time and nothing that counts, and one row for a round', async () => {
    const box = await boxIn();
    for (let index = 0; index < 5; index += 1) await box.cast(key, `t-${String(index)}`, answer);
    const columns = await client.query<{ column_name: string }>(
      "SELECT column_name FROM information_schema.columns WHERE table_schema = 'samling' AND table_name = 'ballots'",
    );
    assert.deepEqual(columns.rows.map((each) => each.column_name).sort(), [
      'is_first',
      'key_id',
      'nonce',
      'programme',
      'round',
      'sealed',
    ]);
    assert.equal((await client.query('SELECT 1 FROM samling.ballots')).rowCount, 1);
  });

  it('has the same size whoever answers what, once it was prepared', async () => {
    const box = await boxIn();
    await box.prepare(key, 300);
    const before = (await row()).sealed.length;
    await box.cast(key, 'a', answer);
    await box.cast(key, 'b', { ...answer, value: 'x'.repeat(900) });
    assert.equal((await row()).sealed.length, before);
  });

  it('cannot be read, nor written over, without its key', async () => {
    await (await boxIn()).cast(key, 'token', answer);
    const other = await boxIn({ keysFolder: join(folder(), 'elsewhere') });
    await assert.rejects(other.count(key), { code: 'BALLOT_KEY_MISSING' });
    await assert.rejects(other.cast(key, 'token', answer), { code: 'BALLOT_KEY_MISSING' });
  });

  it('does not open as the box of another round, nor when it was changed', async () => {
    const box = await boxIn();
    await box.cast(key, 'token', answer);
    await client.query("UPDATE samling.ballots SET round = 'other-1', nonce = 'x'");
    await cp(join(keysFolder(), `${boxName(key)}.${(await row()).key_id}`), otherKey(await row()));
    await assert.rejects(box.count({ ...key, round: 'other-1' }), { code: 'STORE_DAMAGED' });
  });
  const otherKey = ({ key_id: id }: SealedRow) =>
    join(keysFolder(), `${boxName({ ...key, round: 'other-1' })}.${id}`);

  it('has former versions that nothing opens any more a while after, and itself opens', async () => {
    const box = await boxIn({ keyMs: 50, keptMs: 200 });
    await box.cast(key, 'first', answer);
    const first = await row();
    await box.cast(key, 'second', answer);
    const second = await row();
    assert.ok(await opens(first));
    await until(async () => !(await opens(first)));
    // It was sealed with the same key as the first, unless the machine was so slow that it had one of its own.
    const now = await row();
    assert.ok(!(await opens(second)) || now.sealed.equals(second.sealed));
    assert.ok(await opens(now));
    assert.equal((await box.count(key)).length, 2);
    await until(async () => (await readdir(keysFolder())).length === 1);
  });

  it('opens when the database fell back to a moment before', async () => {
    const box = await boxIn({ keyMs: 1 });
    await box.cast(key, 'first', answer);
    await client.query('CREATE TABLE before AS SELECT * FROM samling.ballots');
    await pause(5);
    await box.cast(key, 'second', answer);
    await client.query('DELETE FROM samling.ballots');
    await client.query('INSERT INTO samling.ballots SELECT * FROM before');
    assert.equal((await box.count(key)).length, 1);
    await box.cast(key, 'third', answer);
    assert.equal((await (await boxIn()).count(key)).length, 2);
  });

  it('is nothing but noise once it was burned, in a copy from before as well', async () => {
    const box = await boxIn();
    await box.cast(key, 'token', answer);
    const copy = await row();
    await box.burn(key);
    assert.deepEqual(await readdir(keysFolder()), []);
    assert.equal((await client.query('SELECT 1 FROM samling.ballots')).rowCount, 0);
    assert.ok(!(await opens(copy)));
  });

  it('takes answers again when the database was away', async function () {
    this.timeout(60_000);
    const box = await boxIn();
    await box.cast(key, 'before', answer);
    await client.end();
    await (await postgres()).restart();
    client = new pg.Client(url);
    await client.connect();
    await box.cast(key, 'after', answer).catch(() => box.cast(key, 'after', answer));
    assert.equal((await box.count(key)).length, 2);
  });
});
