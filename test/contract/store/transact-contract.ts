import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { SamlingError } from '../../../src/core/errors.js';
import type { Store, Tables } from '../../../src/core/ports/store.js';
import { delivery } from '../../support/delivery.js';

const setting = (id: string, value: string) => ({ programme: 'saman', id, value });

async function increment(tables: Tables): Promise<void> {
  const before = Number((await tables.settings.get('saman', 'count'))?.value ?? '0');
  await turn();
  await tables.settings.put(setting('count', String(before + 1)));
}

/** What every store's transactions do. */
export function transactContract(name: string, create: () => Promise<Store>): void {
  describe(`${name}: transactions`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await create();
    });
    afterEach(() => store.close());

    it('answers what the work answers, and keeps what it wrote', async () => {
      const answer = await store.transact(async (tables) => {
        await tables.settings.put(setting('a', '1'));
        return 'done';
      });
      assert.equal(answer, 'done');
      assert.equal((await store.settings.get('saman', 'a'))?.value, '1');
    });

    it('keeps nothing of work that throws, in any table', async () => {
      await store.settings.put(setting('a', 'before'));
      const work = store.transact(async (tables) => {
        await tables.settings.put(setting('a', 'after'));
        await tables.settings.remove('saman', ['a']);
        await tables.outbox.add([delivery('d1')]);
        await tables.claims.claim('saman', 'e1', 0, 1000);
        throw new RangeError('no');
      });
      await assert.rejects(work, RangeError);
      assert.equal((await store.settings.get('saman', 'a'))?.value, 'before');
      assert.equal((await store.outbox.lanes()).size, 0);
      assert.equal((await store.outbox.taken('saman', ['item/d1'])).size, 0);
      assert.deepEqual(await store.outbox.ofMember('saman', 'member', 10), []);
      assert.equal(await store.claims.claim('saman', 'e1', 0, 1000), 'mine');
    });

    it('keeps a due entry in its lane when the work that leased it throws', async () => {
      await store.outbox.add([delivery('d1')]);
      const work = store.transact(async (tables) => {
        assert.equal((await tables.outbox.lease('lane', 0, 1000, 1)).length, 1);
        throw new RangeError('no');
      });
      await assert.rejects(work, RangeError);
      assert.equal((await store.outbox.lease('lane', 0, 1000, 1)).length, 1);
    });

    it('shows the work its own writes', async () => {
      await store.transact(async (tables) => {
        await tables.settings.put(setting('a', '1'));
        assert.equal((await tables.settings.get('saman', 'a'))?.value, '1');
        assert.equal((await tables.settings.list('saman')).length, 1);
        await tables.outbox.add([delivery('d1')]);
        assert.equal((await tables.outbox.lease('lane', 0, 1000, 9)).length, 1);
      });
    });

    it('shows nobody else half of it', async () => {
      const work = store.transact(async (tables) => {
        await tables.settings.put(setting('a', '1'));
        await turn();
        await tables.settings.put(setting('b', '1'));
      });
      const seen = (await store.settings.list('saman')).length;
      await work;
      assert.ok(seen === 0 || seen === 2, `saw ${seen} of 2 rows`);
    });

    it('loses no update of transactions that run at once', async () => {
      await Promise.all(Array.from({ length: 20 }, () => store.transact(increment)));
      assert.equal((await store.settings.get('saman', 'count'))?.value, '20');
    });

    it('goes on after work that threw', async () => {
      const runs = [1, 2, 3, 4].map((n) =>
        store.transact(async (tables) => {
          await increment(tables);
          if (n % 2 === 0) throw new RangeError('no');
        }),
      );
      await Promise.allSettled(runs);
      assert.equal((await store.settings.get('saman', 'count'))?.value, '2');
    });

    it('says so, and does not hang, when the store itself is used inside a transaction', async () => {
      const work = store.transact(() => store.settings.list('saman'));
      await assert.rejects(work, (error) => error instanceof SamlingError && error.code === 'INTERNAL');
    });

    it('is closed once, and says so afterwards', async () => {
      await store.close();
      await store.close();
      await assert.rejects(store.settings.list('saman'), (error) => error instanceof SamlingError);
    });
  });
}
