import assert from 'node:assert/strict';
import type { Store } from '../../../src/core/ports/store.js';

/** What claims of every store do. */
export function claimsContract(name: string, create: () => Promise<Store>): void {
  describe(`${name}: claims`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await create();
    });
    afterEach(() => store.close());
    const claim = (nowMs: number, programme = 'saman') => store.claims.claim(programme, 'e1', nowMs, 60_000);

    it('gives an event to whoever comes first, while the lease runs', async () => {
      assert.equal(await claim(0), 'mine');
      assert.equal(await claim(59_999), 'busy');
    });

    it('gives it to the next when the lease ran out', async () => {
      await claim(0);
      assert.equal(await claim(60_000), 'mine');
      assert.equal(await claim(60_001), 'busy');
    });

    it('knows what was done, however long ago', async () => {
      await claim(0);
      await store.claims.done('saman', 'e1');
      assert.equal(await claim(1e12), 'done');
    });

    it('gives it to one of many who ask at once', async () => {
      const answers = await Promise.all(Array.from({ length: 10 }, () => claim(0)));
      assert.deepEqual(
        answers.filter((each) => each === 'mine'),
        ['mine'],
      );
    });

    it('keeps programmes apart', async () => {
      await claim(0);
      assert.equal(await claim(0, 'uso4'), 'mine');
    });

    it('forgets what is older than asked, and says how many', async () => {
      await store.claims.claim('saman', 'old', 10, 1);
      await store.claims.done('saman', 'old');
      await store.claims.claim('uso4', 'old', 11, 1);
      await store.claims.claim('saman', 'new', 20, 1);
      await store.claims.done('saman', 'new');
      assert.equal(await store.claims.forget(20), 2);
      assert.equal(await store.claims.claim('saman', 'old', 30, 1), 'mine');
      assert.equal(await store.claims.claim('saman', 'new', 30, 1), 'done');
    });
  });
}
