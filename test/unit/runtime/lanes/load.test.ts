import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { createLoad } from '../../../../src/runtime/lanes/load.js';
import { createDispatch } from '../../../support/dispatch.js';
import { delivery } from '../../../support/delivery.js';
import { createFakeChat } from '../../../support/fake-chat.js';

describe('how much a lane has under way', () => {
  let busy = { active: 0, idle: 0 };
  beforeEach(() => (busy = { active: 0, idle: 0 }));
  const spend = (active: number, idle: number) =>
    (busy = { active: busy.active + active, idle: busy.idle + idle });

  it('is shared by the lanes: few in all in a busy process, more and more in one that waits', () => {
    const load = createLoad(() => busy);
    assert.equal(load(32), 8);
    const seen = [];
    for (const [active, idle] of [
      [100, 0],
      [95, 5],
      [100, 0],
      [80, 20],
      [60, 40],
      [10, 90],
      [10, 90],
    ] as const) {
      spend(active, idle);
      seen.push(load(32));
    }
    assert.deepEqual(seen, [4, 4, 4, 4, 8, 16, 16]);
  });

  it('is one at least, and sixteen at most, however many lanes there are', () => {
    const load = createLoad(() => busy);
    assert.deepEqual([load(1), load(16), load(256), load(100_000)], [16, 16, 1, 1]);
    for (let nth = 0; nth < 20; nth += 1) {
      spend(0, 100);
      load(1_000);
    }
    assert.deepEqual([load(1), load(1_000)], [16, 16]);
  });

  it('is not decided by a moment, nor by what was long ago', () => {
    const load = createLoad(() => busy);
    spend(49, 0);
    assert.equal(load(32), 8);
    spend(1, 0);
    assert.equal(load(32), 4);
    spend(0, 3_600_000);
    assert.equal(load(32), 8);
  });

  it('is what the dispatcher keeps to', async () => {
    const chat = createFakeChat();
    let [now, most] = [0, 0];
    const send = chat.send.bind(chat);
    chat.send = async (...given) => {
      most = Math.max(most, (now += 1));
      await pause(2);
      now -= 1;
      return send(...given);
    };
    const { dispatcher, store } = createDispatch(chat, { mostUnderWay: () => 3 });
    await store.outbox.add(Array.from({ length: 12 }, (_, n) => delivery(`d${n}`, { member: `m${n}` })));
    await dispatcher.flush();
    assert.equal(most, 3);
    assert.equal(chat.posted.length, 12);
  });
});
