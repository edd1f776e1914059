import assert from 'node:assert/strict';
import type { Store } from '../../../src/core/ports/store.js';

/** What every store's tables do; shown on settings, the simplest of them. */
export function tableContract(name: string, create: () => Promise<Store>): void {
  describe(`${name}: tables`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await create();
    });
    afterEach(() => store.close());
    const clock = { programme: 'saman', id: 'clock', value: '1' };

    it('gives back what was put', async () => {
      await store.settings.put(clock);
      assert.deepEqual(await store.settings.get('saman', 'clock'), clock);
    });

    it('knows nothing of what was not put', async () => {
      assert.equal(await store.settings.get('saman', 'clock'), undefined);
      assert.deepEqual(await store.settings.list('saman'), []);
    });

    it('replaces a row of the same id', async () => {
      await store.settings.put(clock);
      await store.settings.put({ ...clock, value: '2' });
      assert.deepEqual(await store.settings.list('saman'), [{ ...clock, value: '2' }]);
    });

    it('keeps programmes apart', async () => {
      await store.settings.put(clock, { ...clock, programme: 'uso4', value: '9' });
      assert.equal((await store.settings.get('saman', 'clock'))?.value, '1');
      assert.deepEqual(
        (await store.settings.list('uso4')).map((row) => row.value),
        ['9'],
      );
    });

    it('keeps tables apart', async () => {
      await store.settings.put(clock);
      assert.equal(await store.preferences.get('saman', 'clock'), undefined);
    });

    it('removes rows, and does nothing about those that are not there', async () => {
      await store.settings.put(clock, { ...clock, id: 'other' });
      await store.settings.remove('saman', ['clock', 'never-there']);
      assert.deepEqual(
        (await store.settings.list('saman')).map((row) => row.id),
        ['other'],
      );
    });

    it('does not follow what the caller does with a row after putting it', async () => {
      const member = {
        programme: 'saman',
        id: 'a',
        organisation: 'voss',
        roles: ['x'],
        networks: [],
        active: true,
      };
      await store.members.put(member);
      member.roles.push('y');
      assert.deepEqual((await store.members.get('saman', 'a'))?.roles, ['x']);
    });

    it('takes ids with any characters', async () => {
      const ids = ['a/b', 'å ö', '__proto__', 'x@y', '"', '\n'];
      await store.settings.put(...ids.map((id) => ({ programme: 'saman', id, value: id })));
      assert.deepEqual(new Set((await store.settings.list('saman')).map((row) => row.id)), new Set(ids));
    });
  });
}
