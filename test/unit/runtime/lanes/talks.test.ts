import assert from 'node:assert/strict';
import { setImmediate as turns } from 'node:timers/promises';
import type { LeasedEntry } from '../../../../src/core/ports/outbox.js';
import { createTalks, type Again } from '../../../../src/runtime/lanes/talks.js';

const LEASE_MS = 30_000;

function entry(id: string, order: number, member = 'leader'): LeasedEntry {
  return {
    ...{ programme: 'saman', id, items: [id], kind: 'reply', member, lane: 'lane' },
    ...{ notBeforeMs: 0, urgent: true, data: {}, order },
    state: { kind: 'leased', attempt: 1, untilMs: LEASE_MS },
  };
}

describe('a conversation', () => {
  /** What was sent and put back, in order; each sending ends when it is told to, with when it is tried again. */
  function setUp() {
    const did: string[] = [];
    const moment = { ms: 0 };
    /** When what is still to be sent can be leased. */
    const open = new Map([['a', 500]]);
    const ends = new Map<string, (again?: Again) => void>();
    const fails = new Map<string, (error: Error) => void>();
    const talks = createTalks({
      deliver: ({ id }) => {
        did.push(`send ${id}`);
        return new Promise((resolve, reject) => {
          ends.set(id, resolve);
          fails.set(id, reject);
        });
      },
      giveBack: ({ id }, untilMs) => {
        did.push(`back ${id} ${String(untilMs)}`);
        return Promise.resolve();
      },
      dueMs: (_programme, id) => Promise.resolve(open.get(id)),
      nowMs: () => moment.ms,
      leaseMs: LEASE_MS,
    });
    const end = async (id: string, againMs?: number) => {
      ends.get(id)?.(againMs === undefined ? undefined : { atMs: againMs, isLaneHeld: false });
      await turns();
    };
    return { did, moment, talks, end, fails, open };
  }

  it('sends one at a time, in the order in which they came, however they are leased', async () => {
    const { did, talks, end } = setUp();
    const all = [talks.take(entry('a', 1), 0), talks.take(entry('c', 3), 0), talks.take(entry('b', 2), 0)];
    await turns();
    assert.deepEqual(did, ['send a']);
    await end('a');
    await end('b');
    await end('c');
    await Promise.all(all);
    assert.deepEqual(did, ['send a', 'send b', 'send c']);
  });

  it('holds up no other conversation', async () => {
    const { did, talks } = setUp();
    void talks.take(entry('a', 1), 0);
    void talks.take(entry('b', 2, 'another'), 0);
    await turns();
    assert.deepEqual(did, ['send a', 'send b']);
  });

  it('puts back what is behind one that is tried again, to its time', async () => {
    const { did, talks, end } = setUp();
    const all = [talks.take(entry('a', 1), 0), talks.take(entry('b', 2), 0)];
    await turns();
    await end('a', 500);
    await Promise.all(all);
    assert.deepEqual(did, ['send a', 'back b 500']);
  });

  it('lets one that was put back go before one that came after it', async () => {
    const { did, talks, end } = setUp();
    void talks.take(entry('a', 1), 0);
    void talks.take(entry('b', 2), 0);
    await turns();
    await end('a', 500);
    // The first comes back together with the last, before the one between them is leased again.
    void talks.take(entry('a', 1), 500);
    void talks.take(entry('c', 3), 500);
    await turns();
    await end('a');
    assert.deepEqual(did, ['send a', 'back b 500', 'send a', 'back c 500']);
    void talks.take(entry('b', 2), 500);
    void talks.take(entry('c', 3), 500);
    await turns();
    await end('b');
    assert.deepEqual(did.slice(4), ['send b', 'send c']);
  });

  it('waits however long for what is still to be sent, and not for what another has sent', async () => {
    const { did, talks, end, moment, open } = setUp();
    void talks.take(entry('a', 1), 0);
    await turns();
    await end('a', 500);
    moment.ms = 100 * LEASE_MS;
    await talks.take(entry('b', 2), moment.ms);
    // Not at once: whoever is asked again and again without a pause does nothing else.
    assert.deepEqual(did, ['send a', `back b ${String(moment.ms + 500)}`]);
    open.set('a', moment.ms + 9_000);
    await talks.take(entry('b', 2), moment.ms);
    assert.deepEqual(did.slice(2), [`back b ${String(moment.ms + 9_000)}`]);
    open.delete('a');
    void talks.take(entry('b', 2), moment.ms);
    await turns();
    assert.deepEqual(did.slice(3), ['send b']);
  });

  it('puts back for a fresh lease what has waited a third of its lease', async () => {
    const { did, talks, end, moment } = setUp();
    void talks.take(entry('a', 1), 0);
    void talks.take(entry('b', 2), 0);
    await turns();
    moment.ms = LEASE_MS / 3 + 1;
    await end('a');
    assert.deepEqual(did, ['send a', 'back b 0']);
  });

  it('goes on after one that fails, and says so to whoever gave it', async () => {
    const { did, talks, fails } = setUp();
    const failing = talks.take(entry('a', 1), 0);
    void talks.take(entry('b', 2), 0);
    await turns();
    fails.get('a')?.(new Error('disk full'));
    await assert.rejects(failing, /disk full/);
    await turns();
    assert.deepEqual(did, ['send a', 'send b']);
  });
});
