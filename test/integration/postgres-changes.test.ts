import assert from 'node:assert/strict';
import pg from 'pg';
import { openPostgresStore } from '../../src/adapters/store/postgres/store.js';
import type { Change, Shared } from '../../src/runtime/sharing.js';
import { createFakeLog } from '../support/dispatch.js';
import { postgres } from '../support/postgres.js';

describe('what a process hears of changes in its database', () => {
  it('is the change of another process, and "something" for a notice that Samling never sends', async () => {
    const url = await (await postgres()).database();
    const [own, other] = [await openPostgresStore(url), await openPostgresStore(url)];
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const heard: Change[] = [];
    const waiting: (() => void)[] = [];
    const changed = (change: Change) => {
      heard.push(change);
      waiting.shift()?.();
    };
    const next = () => new Promise<void>((resolve) => waiting.push(resolve));
    let shared: Shared | undefined;
    try {
      shared = await own.share({ log: createFakeLog(), due: () => undefined, changed });
      for (const payload of ['', 'no JSON', '{"kind":"members"}', '["a","b"]', '[1,2,3]']) {
        const told = next();
        await client.query(`SELECT pg_notify('samling_changed', $1)`, [payload]);
        await told;
      }
      const told = next();
      await own.preferences.put({ programme: 'saman', id: 'own' });
      await other.preferences.put({ programme: 'saman', id: 'other' });
      await told;
      assert.deepEqual(heard, [
        ...Array.from({ length: 5 }, () => undefined),
        { kind: 'preferences', programme: 'saman' },
      ]);
    } finally {
      await shared?.stop();
      await client.end();
      await own.close();
      await other.close();
    }
  });
});
