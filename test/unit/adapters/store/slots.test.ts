import assert from 'node:assert/strict';
import { slotOf, SLOTS, slotsOf } from '../../../../src/adapters/store/postgres/sharing/slots.js';

const members = [17, 4_711, 2_000_000_000, 123_456_789];

describe('slots of lanes', () => {
  it('are each one process’s, and about as many for each', () => {
    const all = members.map((me) => slotsOf(me, members));
    const owners = Array.from({ length: SLOTS }, (_, slot) => all.filter((own) => own.has(slot)).length);
    assert.ok(owners.every((count) => count === 1));
    for (const own of all) assert.ok(own.size > 40 && own.size < 90, String(own.size));
  });

  it('move only from a process that is gone', () => {
    const gone = members[1]!;
    const left = members.filter((each) => each !== gone);
    const lost = slotsOf(gone, members);
    for (const me of left) {
      const before = slotsOf(me, members);
      const after = slotsOf(me, left);
      assert.ok([...before].every((slot) => after.has(slot)));
      assert.ok([...after].every((slot) => before.has(slot) || lost.has(slot)));
    }
  });

  it('are all of one that is alone, also before it has seen itself', () => {
    assert.equal(slotsOf(5, []).size, SLOTS);
    assert.equal(slotsOf(5, [5]).size, SLOTS);
  });

  it('spread the lanes of one platform', () => {
    const used = new Set(Array.from({ length: 110 }, (_, nth) => slotOf(`slack/T${String(nth)}`)));
    assert.ok(used.size > 75, String(used.size));
  });
});
