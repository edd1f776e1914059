import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  learn,
  roomUnder,
  turnOf,
  waitUnder,
  type LaneHistory,
  type Limit,
} from '../../../../src/core/delivery/pace.js';

const limit = fc.record({
  count: fc.integer({ min: 1, max: 40 }),
  windowMs: fc.integer({ min: 500, max: 60_000 }),
});
const fresh: LaneHistory = { sentMs: [], closedUntilMs: 0, learnt: undefined, proved: 0 };

/** Sends whenever the pace lets it, and says when. */
function sendAll(limits: readonly Limit[], many: number): readonly number[] {
  const sentMs: number[] = [];
  let nowMs = 1_000_000;
  while (sentMs.length < many) {
    const waitMs = waitUnder(limits, sentMs, nowMs);
    if (waitMs === 0) sentMs.push(nowMs);
    nowMs += waitMs;
  }
  return sentMs;
}

describe('the pace of a lane', () => {
  it('never has more in any window than a limit permits', () => {
    fc.assert(
      fc.property(fc.array(limit, { minLength: 1, maxLength: 4 }), (limits) => {
        const sentMs = sendAll(limits, 200);
        for (const { count, windowMs } of limits)
          for (const [n, atMs] of sentMs.entries()) {
            const nth = sentMs[n - count];
            assert.ok(nth === undefined || atMs - nth > windowMs, `${String(count)} in ${String(windowMs)}`);
          }
      }),
      { numRuns: 100 },
    );
  });

  it('uses more than 97 % of what a window of a second or more permits', () => {
    fc.assert(
      fc.property(
        fc.record({
          count: fc.integer({ min: 1, max: 40 }),
          windowMs: fc.integer({ min: 1_000, max: 60_000 }),
        }),
        (only) => {
          const sentMs = sendAll([only], 20 * only.count + 1);
          const tookMs = (sentMs.at(-1) ?? 0) - (sentMs[0] ?? 0);
          assert.ok(20 * only.windowMs >= 0.97 * tookMs, String(tookMs));
        },
      ),
    );
  });

  it('has room exactly when there is nothing to wait for', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 3_000 }), { maxLength: 60 });
    fc.assert(
      fc.property(fc.array(limit, { minLength: 1, maxLength: 3 }), gaps, (limits, between) => {
        let atMs = 0;
        const sentMs = between.map((gap) => (atMs += gap));
        assert.equal(roomUnder(limits, sentMs, atMs) > 0, waitUnder(limits, sentMs, atMs) <= 0);
      }),
    );
  });

  it('lets bursts through where they are permitted', () => {
    const teams = [
      { count: 7, windowMs: 1_000 },
      { count: 8, windowMs: 2_000 },
    ];
    assert.equal(roomUnder(teams, [], 0), 7);
    assert.equal(roomUnder(teams, [0, 0, 0, 0, 0, 0, 0], 1_100), 1);
  });

  it('sends nothing before the platform said it may', () => {
    const history = { ...fresh, closedUntilMs: 5_000 };
    const how = { learns: false, underWay: 0 };
    assert.deepEqual(turnOf([], history, 1_000, how), { waitMs: 4_000 });
    assert.deepEqual(turnOf([], history, 5_000, how), { room: Infinity });
  });

  it('learns from a refusal how many a minute are taken, and tries a little more half an hour later', () => {
    const sentMs = Array.from({ length: 240 }, (_, n) => n * 100);
    const learnt = learn({ ...fresh, sentMs }, 24_000, 30_000);
    assert.equal(learnt.learnt?.count, 240);
    assert.equal(learnt.closedUntilMs, 54_000);
    const how = { learns: true, underWay: 0 };
    assert.ok('waitMs' in turnOf([], learnt, 55_000, how), 'the minute is full');
    const later = { ...learnt, sentMs: sentMs.map((ms) => ms + 31 * 60_000) };
    const turn = turnOf([], later, 31 * 60_000 + 24_000, how);
    assert.ok('room' in turn, 'a little more than 240 is tried');
  });

  it('tries more than was ever taken one at a time', () => {
    const sentMs = Array.from({ length: 200 }, () => 0);
    const history = { ...fresh, sentMs, proved: 200 };
    assert.deepEqual(turnOf([], history, 10, { learns: true, underWay: 0 }), { room: 1 });
    assert.deepEqual(turnOf([], history, 10, { learns: true, underWay: 1 }), { room: 0 });
  });
});
