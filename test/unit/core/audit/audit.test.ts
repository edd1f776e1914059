import assert from 'node:assert/strict';
import { createMemoryStore } from '../../../../src/adapters/store/lowdb/memory.js';
import { noteAll } from '../../../../src/core/audit/audit.js';

const who = { programme: 'saman', by: 'console', cause: 'c1', at: '2014-01-02T08:00:00Z' };
const act = { right: 'notice-send', act: 'notice-recall', subject: 'notice/1' } as const;

describe('the audit log', () => {
  it('keeps an act once, however often it is handled', async () => {
    const store = createMemoryStore();
    await noteAll(store, who, [act]);
    await noteAll(store, who, [act]);
    assert.deepEqual(await store.audit.list('saman'), [
      {
        ...act,
        programme: 'saman',
        id: 'c1/notice-recall/notice/1',
        at: '2014-01-02T08:00:00Z',
        by: 'console',
      },
    ]);
  });

  it('tells two acts of one cause apart', async () => {
    const store = createMemoryStore();
    await noteAll(store, who, [act, { ...act, subject: 'notice/2' }]);
    assert.equal((await store.audit.list('saman')).length, 2);
    await noteAll(store, who, []);
  });
});
