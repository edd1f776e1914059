import assert from 'node:assert/strict';
import type { Store } from '../../../../src/core/ports/store.js';
import { createLane, MOST_UNDER_WAY } from '../../../../src/runtime/lanes/lane.js';
import { delivery } from '../../../support/delivery.js';
import { createDispatch } from '../../../support/dispatch.js';
import { createFakeChat } from '../../../support/fake-chat.js';

const stateOf = async (store: Store, id: string) => (await store.outbox.list('saman', [id]))[0]?.state;

/** A lane with so many under way since the instant 0. */
function laneWith(count: number, learns = false) {
  const lane = createLane({ limits: [], learns });
  for (let nth = 0; nth < count; nth += 1) lane.begin(0);
  return lane;
}

describe('messages of a lane that are refused together', () => {
  it('are one failure, not as many as were under way', () => {
    const lane = laneWith(MOST_UNDER_WAY);
    for (let nth = 0; nth < MOST_UNDER_WAY; nth += 1) lane.end('failed', { beganMs: 0, endMs: 100 + nth });
    assert.equal(lane.failures, 1);
    assert.deepEqual(lane.turn(1_000), { room: MOST_UNDER_WAY / 2 });
    lane.begin(1_000);
    lane.end('failed', { beganMs: 1_000, endMs: 1_100 });
    assert.equal(lane.failures, 2);
  });

  it('close the lane for as long as the last of them says', () => {
    const lane = laneWith(2);
    for (const endMs of [100, 200]) {
      lane.end('not-taken', { beganMs: 0, endMs });
      lane.refuse({ beganMs: 0, endMs }, 5_000, true);
    }
    assert.deepEqual(lane.turn(200), { waitMs: 5_000 });
  });

  it('teach the limit of the first refusal, from which the others have taken nothing', () => {
    const lane = laneWith(0, true);
    for (let nth = 0; nth < 240; nth += 1) {
      lane.begin(nth);
      if (nth < 230) lane.end('taken', { beganMs: nth, endMs: nth });
    }
    for (let nth = 230; nth < 240; nth += 1) {
      lane.end('not-taken', { beganMs: nth, endMs: 1_000 });
      lane.refuse({ beganMs: nth, endMs: 1_000 }, 30_000, true);
    }
    // 239 were counted when the first of them was refused: so many go in the next minute, as long as all are taken.
    let taken = 0;
    for (let nowMs = 100_000; taken < 300; taken += 1) {
      const turn = lane.turn(nowMs);
      if (!('room' in turn) || turn.room === 0) break;
      lane.begin(nowMs);
      lane.end('taken', { beganMs: nowMs, endMs: nowMs });
    }
    assert.equal(taken, 239);
  });
});

describe('a refusal after a start', () => {
  it('teaches nothing of the limit: what was sent before the start is what was too much', () => {
    const lane = laneWith(1, true);
    lane.end('not-taken', { beganMs: 0, endMs: 50 });
    lane.refuse({ beganMs: 0, endMs: 50 }, 30_000, true);
    assert.ok('waitMs' in lane.turn(30_000), 'Retry-After holds');
    for (let nth = 0; nth < 150; nth += 1) {
      const turn = lane.turn(31_000);
      assert.ok('room' in turn && turn.room > 0, `only ${String(nth)} may be sent`);
      lane.begin(31_000);
      lane.end('taken', { beganMs: 31_000, endMs: 31_000 });
    }
  });
});

describe('a platform of which nothing comes back', () => {
  it('is asked less and less, and has everything once it answers again', async () => {
    let isDown = true;
    const chat = createFakeChat({ behave: () => (isDown ? { kind: 'unknown', reason: '503' } : 'post') });
    let asked = 0;
    const send = chat.send.bind(chat);
    chat.send = (...given) => {
      asked += 1;
      return send(...given);
    };
    const { store, dispatcher, clock } = createDispatch(chat);
    const ids = Array.from({ length: 500 }, (_, n) => `a${String(n)}`);
    await store.outbox.add(ids.map((id) => delivery(id, { member: id })));
    const pass = async (fromS: number, toS: number) => {
      for (let second = fromS; second <= toS; second += 1) {
        clock.set(second * 1_000);
        await dispatcher.flush();
      }
    };
    await pass(0, 600);
    assert.ok(asked < MOST_UNDER_WAY * 4, `asked ${String(asked)} times in ten minutes`);
    isDown = false;
    await pass(601, 1_500);
    assert.deepEqual([...chat.postedIds()].sort(), [...ids].sort());
  });
});

describe('a message that may be there already', () => {
  it('is looked for again when the platform does not say now, without a new attempt or an error', async () => {
    const chat = createFakeChat();
    const find = chat.find.bind(chat);
    let isBusy = true;
    chat.find = (...given) =>
      isBusy ? Promise.resolve({ kind: 'retry', afterMs: 30_000, reason: 'rate-limited' }) : find(...given);
    const { store, dispatcher, clock, log } = createDispatch(chat);
    await store.outbox.add([delivery('a')]);
    await store.outbox.lease('lane', 0, 30_000, 1);
    for (const ms of [30_000, 60_000, 90_000]) {
      clock.set(ms);
      await dispatcher.flush();
      assert.deepEqual(await stateOf(store, 'a'), { kind: 'waiting', attempt: 1 });
    }
    isBusy = false;
    clock.set(120_000);
    await dispatcher.flush();
    assert.deepEqual(chat.postedIds(), ['a']);
    assert.ok(!log.lines.some((line) => line.startsWith('error')));
  });

  it('because a process died is not given up at the first lost answer', async () => {
    const chat = createFakeChat({
      find: 'cannot-tell',
      behave: (_id, nth) => (nth === 1 ? { kind: 'unknown', reason: '500' } : 'post'),
    });
    const { store, dispatcher, clock } = createDispatch(chat);
    await store.outbox.add([delivery('a')]);
    await store.outbox.lease('lane', 0, 30_000, 1);
    for (const ms of [30_000, 90_000]) {
      clock.set(ms);
      await dispatcher.flush();
    }
    const state = await stateOf(store, 'a');
    assert.ok(state?.kind === 'sent' && state.mayBeDoubled === true);
  });
});
