import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, copyFile, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openLowdbStore } from '../../../../src/adapters/store/lowdb/persistence.js';
import { SamlingError, type ErrorCode } from '../../../../src/core/errors.js';
import type { Store } from '../../../../src/core/ports/store.js';
import { delivery } from '../../../support/delivery.js';
import { crashedCopy } from '../../../support/crashed-store.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

const setting = (id: string, value: string) => ({ programme: 'saman', id, value });
const failsWith = (code: ErrorCode, ...words: string[]) => {
  return (error: unknown) =>
    error instanceof SamlingError &&
    error.code === code &&
    words.every((word) => error.message.includes(word));
};

/** What is written in a journal, without the space behind it. */
const journalOf = async (store: string) =>
  (await readFile(join(store, 'journal'), 'utf8')).replaceAll('\0', '');

describe('lowdb store on the disk', () => {
  const folder = temporaryFolder();
  const opened: Store[] = [];
  const openAt = async (path: string, foldAtBytes?: number) => {
    const store = await openLowdbStore(path, foldAtBytes === undefined ? {} : { foldAtBytes });
    opened.push(store);
    return store;
  };
  afterEach(() => Promise.all(opened.splice(0).map((store) => store.close())));

  const crashed = (name: string) => crashedCopy(folder(), name);

  describe('after a crash', () => {
    it('has all that was answered, from journal and snapshots, and the lanes too', async () => {
      const store = await openAt(join(folder(), 'data'), 2000);
      for (let n = 0; n < 60; n += 1) await store.settings.put(setting(`s${n % 7}`, String(n)));
      await store.outbox.add([delivery('a'), delivery('b', { urgent: true })]);
      await store.outbox.settle('saman', 'a', { kind: 'sent', ref: {} }, 1);
      const copy = await openAt(await crashed('copy'));
      assert.deepEqual(
        new Set((await copy.settings.list('saman')).map((row) => row.value)),
        new Set(['53', '54', '55', '56', '57', '58', '59']),
      );
      assert.deepEqual(await copy.outbox.add([delivery('c', { items: ['item/a'] })]), []);
      assert.deepEqual(
        (await copy.outbox.lease('lane', 0, 1, 9)).map((entry) => entry.id),
        ['b'],
      );
    });

    it('comes out right when the crash falls between new snapshots and the emptied journal', async () => {
      const store = await openAt(join(folder(), 'data'));
      await store.settings.put(setting('a', '1'), setting('gone', 'x'));
      await store.settings.remove('saman', ['gone']);
      await store.settings.put(setting('a', '2'));
      const journal = join(await crashed('before'), 'journal');
      await store.close();
      await copyFile(journal, join(folder(), 'data', 'journal'));
      const again = await openAt(join(folder(), 'data'));
      assert.deepEqual(await again.settings.list('saman'), [setting('a', '2')]);
    });

    it('numbers on after a fold, so that the next crash loses nothing', async () => {
      const store = await openAt(join(folder(), 'data'));
      await store.settings.put(setting('a', '1'));
      await store.preferences.put({ programme: 'saman', id: 'm' });
      await store.close();
      const second = await openAt(join(folder(), 'data'));
      await second.settings.put(setting('a', '2'));
      const copy = await openAt(await crashed('copy'));
      assert.equal((await copy.settings.get('saman', 'a'))?.value, '2');
    });

    it('cuts off a record that was not written to its end', async () => {
      const store = await openAt(join(folder(), 'data'));
      await store.settings.put(setting('a', 'blåbær'));
      const copy = await crashed('copy');
      await appendFile(join(copy, 'journal'), '0badc0de {"seq":2,"wri');
      const again = await openAt(copy);
      await again.settings.put(setting('b', '2'));
      await again.close();
      const last = await openAt(copy);
      assert.equal((await last.settings.list('saman')).length, 2);
    });

    it('has whole deliveries, of whose changes the journal keeps no more than what they are', async () => {
      const store = await openAt(join(folder(), 'data'));
      await store.outbox.add([delivery('a', { data: { text: 'x'.repeat(500) } }), delivery('b')]);
      await store.outbox.lease('lane', 0, 1000, 2);
      await store.outbox.settle('saman', 'a', { kind: 'sent', ref: { ts: '1' } }, 1);
      await store.outbox.settle('saman', 'b', { kind: 'retry', notBeforeMs: 5 }, 1);
      const journal = await readFile(join(folder(), 'data', 'journal'), 'utf8');
      assert.equal(journal.split('x'.repeat(500)).length, 2, 'the message is there once');
      const copy = await openAt(await crashed('copy'));
      const ids = ['a', 'b'];
      assert.deepEqual(await copy.outbox.list('saman', ids), await store.outbox.list('saman', ids));
      assert.deepEqual((await copy.outbox.list('saman', ['b']))[0]?.state, { kind: 'waiting', attempt: 1 });
    });

    it('has a delivery that was added and leased in one transaction', async () => {
      const store = await openAt(join(folder(), 'data'));
      await store.transact(async (tables) => {
        await tables.outbox.add([delivery('a')]);
        await tables.outbox.lease('lane', 0, 1000, 1);
      });
      const copy = await openAt(await crashed('copy'));
      assert.deepEqual(await copy.outbox.list('saman', ['a']), await store.outbox.list('saman', ['a']));
    });

    /** How large the journal is after each of many writes beside a snapshot of 6,000 bytes. */
    async function sizesBesideLarge(foldAtBytes: number): Promise<readonly number[]> {
      const store = await openAt(join(folder(), 'data'), foldAtBytes);
      await store.settings.put(setting('large', 'x'.repeat(6000)));
      const sizes: number[] = [];
      for (let n = 0; n < 150; n += 1) {
        await store.settings.put(setting('a', String(n)));
        sizes.push((await journalOf(join(folder(), 'data'))).length);
      }
      const isFolded = sizes.some((each, index) => each < (sizes[index - 1] ?? 0));
      assert.ok(isFolded, 'it is folded at last');
      return sizes;
    }

    it('lets the journal grow as large as the snapshots, and no larger', async () => {
      const largest = Math.max(...(await sizesBesideLarge(2000)));
      assert.ok(largest > 5000 && largest < 7000, String(largest));
    });

    it('lets the journal grow to four times what small snapshots are folded at, and no larger', async () => {
      const largest = Math.max(...(await sizesBesideLarge(1000)));
      assert.ok(largest > 3900 && largest < 4300, String(largest));
    });

    it('reads snapshots that are written in many parts', async () => {
      const store = await openAt(join(folder(), 'data'));
      const rows = Array.from({ length: 3000 }, (_, n) => setting(`s${n}`, `å${'x'.repeat(1000)}`));
      await store.settings.put(...rows);
      await store.close();
      assert.deepEqual(await (await openAt(join(folder(), 'data'))).settings.list('saman'), rows);
    });

    it('folds a journal that has grown, and keeps it small', async () => {
      const store = await openAt(join(folder(), 'data'), 1000);
      for (let n = 0; n < 200; n += 1) await store.settings.put(setting('a', String(n)));
      const journal = await journalOf(join(folder(), 'data'));
      assert.ok(journal.length < 3000, `${journal.length} bytes`);
      assert.ok((await readdir(join(folder(), 'data'))).some((name) => name.endsWith('.json')));
    });
  });

  describe('with a damaged file', () => {
    const snapshotFile = async () => {
      const store = await openAt(join(folder(), 'data'));
      await store.settings.put(setting('a', 'value'));
      await store.close();
      const name = (await readdir(join(folder(), 'data'))).find((each) => each.endsWith('.json'));
      return join(folder(), 'data', name ?? '');
    };
    const refuses = async (file: string) => {
      const before = await readFile(file);
      await assert.rejects(
        openLowdbStore(join(folder(), 'data')),
        failsWith('STORE_DAMAGED', file, 'backup'),
      );
      assert.deepEqual(await readFile(file), before, 'the damaged file was touched');
      await assert.rejects(
        openLowdbStore(join(folder(), 'data')),
        failsWith('STORE_DAMAGED'),
        'and not locked',
      );
    };

    it('refuses a snapshot that is not JSON', async () => {
      const file = await snapshotFile();
      await writeFile(file, '{"checksum":1,"snap');
      await refuses(file);
    });

    it('refuses a snapshot that is JSON of something else', async () => {
      const file = await snapshotFile();
      await writeFile(file, '[]');
      await refuses(file);
    });

    it('refuses a snapshot in which a value changed', async () => {
      const file = await snapshotFile();
      await writeFile(file, (await readFile(file, 'utf8')).replace('"value"', '"velue"'));
      await refuses(file);
    });

    it('refuses an empty snapshot', async () => {
      const file = await snapshotFile();
      await writeFile(file, '');
      await refuses(file);
    });

    it('refuses a journal that changes a row which is not there', async () => {
      const store = await openAt(join(folder(), 'data'));
      await store.outbox.add([delivery('a')]);
      await store.outbox.lease('lane', 0, 1000, 1);
      const file = join(folder(), 'data', 'journal');
      const [, change = ''] = (await readFile(file, 'utf8')).split('\n');
      await store.close();
      for (const name of await readdir(join(folder(), 'data')))
        if (name.startsWith('outbox')) await rm(join(folder(), 'data', name));
      await writeFile(file, `${change}\n`);
      await refuses(file);
    });

    it('refuses a journal that is damaged before its end', async () => {
      const store = await openAt(join(folder(), 'data'));
      for (const value of ['one', 'two', 'three']) await store.settings.put(setting('a', value));
      const journal = await readFile(join(folder(), 'data', 'journal'), 'utf8');
      await store.close();
      const file = join(folder(), 'data', 'journal');
      await writeFile(file, journal.replace('two', 'tvo'));
      await refuses(file);
    });
  });

  describe('locked', () => {
    const lock = () => join(folder(), 'data', 'lock');
    async function otherProcess() {
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)']);
      await once(child, 'spawn');
      return child;
    }

    it('does not open while another process has it, and says which', async () => {
      const child = await otherProcess();
      try {
        await (await openAt(join(folder(), 'data'))).close();
        await writeFile(lock(), String(child.pid));
        await assert.rejects(
          openLowdbStore(join(folder(), 'data')),
          failsWith('STORE_LOCKED', String(child.pid), 'Stop it'),
        );
      } finally {
        child.kill('SIGKILL');
      }
    });

    it('does not open twice in one process, whatever the path', async () => {
      await openAt(join(folder(), 'data'));
      await symlink(join(folder(), 'data'), join(folder(), 'link'));
      await assert.rejects(openLowdbStore(join(folder(), 'link')), failsWith('STORE_LOCKED'));
    });

    it('takes over the lock of a process that is gone', async () => {
      const child = await otherProcess();
      child.kill('SIGKILL');
      await once(child, 'exit');
      await (await openAt(join(folder(), 'data'))).close();
      await writeFile(lock(), String(child.pid));
      await openAt(join(folder(), 'data'));
    });

    it('takes over the lock of an earlier process whose id another one has now', async function () {
      if (process.platform !== 'linux') this.skip();
      const child = await otherProcess();
      try {
        await (await openAt(join(folder(), 'data'))).close();
        await writeFile(lock(), `${String(child.pid)} 1`);
        await openAt(join(folder(), 'data'));
      } finally {
        child.kill('SIGKILL');
      }
    });

    it('gives the lock back when it is closed', async () => {
      await (await openAt(join(folder(), 'data'))).close();
      assert.ok(!(await readdir(join(folder(), 'data'))).includes('lock'));
      await openAt(join(folder(), 'data'));
    });
  });
});
