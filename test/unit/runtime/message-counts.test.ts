import assert from 'node:assert/strict';
import { createMemoryStore } from '../../../src/adapters/store/lowdb/memory.js';
import type { Member } from '../../../src/core/members/types.js';
import type { Delivery } from '../../../src/core/ports/outbox.js';
import { countsOf } from '../../../src/runtime/message-counts.js';
import { noGatherings } from '../../support/programmes.js';

describe('how many messages of Samling’s own accord somebody has on a day', () => {
  it('is right on a day on which they have pressed and asked a hundred times', async () => {
    const store = createMemoryStore();
    const programme = noGatherings('saman');
    const member: Member = {
      programme: programme.id,
      id: 'leder',
      organisation: programme.organisations[0]?.id ?? '',
      roles: ['project-leader'],
      networks: [],
      active: true,
    };
    const morningMs = Date.parse('2014-01-02T08:00:00Z');
    const delivery = (id: string, afterMs: number, urgent: boolean): Delivery => ({
      programme: programme.id,
      id,
      items: [id],
      kind: urgent ? 'reply' : 'nudges',
      member: member.id,
      lane: 'slack/T1',
      notBeforeMs: morningMs + afterMs,
      urgent,
      data: {},
    });
    const replies = Array.from({ length: 100 }, (_, n) =>
      delivery(`reply/${String(n)}`, 60_000 * (n + 1), true),
    );
    await store.outbox.add([delivery('nudge/e/T-30/leder', 0, false), ...replies]);
    const count = await countsOf(store, { programme, members: [member] }, new Set([member.id]));
    assert.equal(count(member.id, '2014-01-02'), 1);
    await store.close();
  });
});
