import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openLowdbStore } from '../../../../src/adapters/store/lowdb/persistence.js';
import type { Store } from '../../../../src/core/ports/store.js';
import { crashedCopy } from '../../../support/crashed-store.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

const setting = (id: string, value: string) => ({ programme: 'saman', id, value });

/** What is written in a journal, without the space behind it. */
const journalOf = async (store: string) =>
  (await readFile(join(store, 'journal'), 'utf8')).replaceAll('\0', '');

describe('the journal of the embedded store', () => {
  const folder = temporaryFolder();
  const opened: Store[] = [];
  const openAt = async (path: string, patienceMs = 0) => {
    const store = await openLowdbStore(path, { patienceMs });
    opened.push(store);
    return store;
  };
  afterEach(() => Promise.all(opened.splice(0).map((store) => store.close())));

  const crashed = (name: string) => crashedCopy(folder(), name);

  it('has of what was written together all or nothing, whichever part of it reached the disk', async () => {
    const store = await openAt(join(folder(), 'data'));
    await store.settings.put(setting('a', '1'));
    const before = (await journalOf(join(folder(), 'data'))).length;
    await Promise.all([store.settings.put(setting('a', '2')), store.settings.put(setting('b', '2'))]);
    const whole = await readFile(join(folder(), 'data', 'journal'));
    const after = (await journalOf(join(folder(), 'data'))).length;
    const middle = Math.floor((before + after) / 2);
    for (const [from, to] of [
      [before, middle],
      [middle, after],
      [after - 1, after],
      [before, after],
    ] as const) {
      const copy = await crashed(`copy-${String(from)}-${String(to)}`);
      await writeFile(join(copy, 'journal'), Buffer.from(whole).fill(0, from, to));
      const again = await openAt(copy);
      assert.deepEqual(await again.settings.list('saman'), [setting('a', '1')]);
      await again.settings.put(setting('c', '3'));
      await again.close();
      const last = await openAt(copy);
      assert.deepEqual(await last.settings.list('saman'), [setting('a', '1'), setting('c', '3')]);
    }
  });

  it('writes into space that the file has already', async () => {
    const store = await openAt(join(folder(), 'data'));
    const sizes = new Set<number>();
    for (let n = 0; n < 20; n += 1) {
      await store.settings.put(setting('a', String(n)));
      sizes.add((await stat(join(folder(), 'data', 'journal'))).size);
    }
    assert.equal(sizes.size, 1);
    await store.settings.put(setting('large', 'x'.repeat(2 * 1024 * 1024)));
    const copy = await openAt(await crashed('copy'));
    assert.deepEqual(await copy.settings.list('saman'), await store.settings.list('saman'));
  });

  describe('with a patient transaction', () => {
    const open = (patienceMs: number) => openAt(join(folder(), 'data'), patienceMs);
    const putIn = (store: Store, value: string, isPatient: boolean) =>
      store.transact((tables) => tables.settings.put(setting(value, value)), { isPatient });
    const linesIn = async () => (await journalOf(join(folder(), 'data'))).split('\n').length - 1;

    it('writes it with the next that is in a hurry, in the order in which they came', async () => {
      const store = await open(60_000);
      const patient = putIn(store, 'a', true);
      await pause(20);
      assert.equal(await linesIn(), 0);
      await putIn(store, 'x', false);
      await patient;
      const others = [putIn(store, 'b', true), putIn(store, 'c', true)];
      await putIn(store, 'd', false);
      await Promise.all(others);
      assert.equal(await linesIn(), 2);
      const copy = await openAt(await crashed('copy'));
      assert.deepEqual(
        (await copy.settings.list('saman')).map(({ id }) => id),
        ['a', 'x', 'b', 'c', 'd'],
      );
    });

    it('lets nobody know what it wrote before that is on the disk', async () => {
      const store = await open(60_000);
      const patient = putIn(store, 'a', true);
      assert.deepEqual(await store.settings.get('saman', 'a'), setting('a', 'a'));
      assert.equal(await linesIn(), 1);
      await patient;
    });

    it('writes it by itself when nothing else comes in time, and when the store is closed', async () => {
      const store = await open(10);
      await putIn(store, 'a', true);
      assert.equal(await linesIn(), 1);
      const late = putIn(store, 'b', true);
      await store.close();
      await late;
      assert.equal((await (await openAt(join(folder(), 'data'))).settings.list('saman')).length, 2);
    });
  });
});
