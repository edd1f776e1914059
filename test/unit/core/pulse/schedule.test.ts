import assert from 'node:assert/strict';
import { scheduleSchema } from '../../../../src/core/pulse/definition.js';
import { closingMs, everFires, isRule, turnsOf } from '../../../../src/core/pulse/schedule.js';
import { localAt, saman } from '../../../support/pulse-cases.js';

const schedule = (starts: string, rest: Record<string, unknown> = {}) =>
  scheduleSchema.parse({ starts, ...rest });
const datesOf = (starts: string, rule?: string) =>
  turnsOf(saman, schedule(starts, rule === undefined ? {} : { rule })).map((turn) => turn.date);

describe('the days of a schedule', () => {
  it('are one day without a rule, moved off weekends and holidays', () => {
    assert.deepEqual(datesOf('2014-03-04'), ['2014-03-04']);
    assert.deepEqual(datesOf('2014-03-08'), ['2014-03-10'], 'a Saturday');
    assert.deepEqual(datesOf('2014-05-01'), ['2014-05-02'], 'the first of May');
    assert.deepEqual(datesOf('2014-04-17'), ['2014-04-22'], 'from Maundy Thursday past Easter Monday');
  });

  it('are every second Tuesday, but none in July', () => {
    const dates = datesOf('2014-06-03', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU').filter((date) => date < '2014-09');
    assert.deepEqual(dates, ['2014-06-03', '2014-06-17', '2014-08-12', '2014-08-26']);
  });

  it('wait for the end of July where there is no rule that goes on without it', () => {
    assert.deepEqual(datesOf('2014-07-08'), ['2014-08-01']);
  });

  it('are the first Monday of each quarter', () => {
    const dates = datesOf('2014-01-01', 'FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO').slice(0, 3);
    assert.deepEqual(dates, ['2014-01-06', '2014-04-07', '2014-10-06'], 'the one of July is left out');
  });

  it('are each a day once, also when two fall on the same working day', () => {
    const dates = datesOf('2014-03-07', 'FREQ=DAILY;COUNT=4');
    assert.deepEqual(dates, ['2014-03-07', '2014-03-10']);
  });

  it('are numbered, and worked out once for a programme', () => {
    const weekly = schedule('2014-03-04', { rule: 'FREQ=WEEKLY;COUNT=3' });
    const turns = turnsOf(saman, weekly);
    assert.deepEqual(
      turns.map((turn) => turn.number),
      [1, 2, 3],
    );
    assert.equal(turnsOf(saman, weekly), turns);
    const noPause = { ...saman, policy: { ...saman.policy, quietWeekdays: [] } };
    assert.notEqual(turnsOf(noPause, weekly), turns, 'another programme has other quiet days');
  });
});

describe('a rule', () => {
  it('fires daily at most, and is one of RFC 5545', () => {
    assert.ok(isRule('FREQ=WEEKLY;INTERVAL=2;BYDAY=TU'));
    assert.ok(!isRule('FREQ=HOURLY'));
    assert.ok(!isRule('FREQ=WEEKLY;BYDAY=XX'), 'the library does not know the day');
  });

  it('that never fires is told from one that does', () => {
    assert.ok(everFires(schedule('2014-03-04')));
    assert.ok(!everFires(schedule('2014-03-04', { rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31' })));
  });
});

describe('the closing of a round', () => {
  const closes = (opened: string, rest: Record<string, unknown> = {}) =>
    localAt(closingMs(saman, schedule(opened, rest), opened));

  it('comes after the open days, at its hour, on a working day', () => {
    assert.equal(closes('2014-03-04'), '2014-03-11T16:00');
    assert.equal(closes('2014-03-04', { openDays: 4 }), '2014-03-10T16:00', 'a Saturday becomes Monday');
    assert.equal(closes('2014-04-10', { openDays: 7, closesAt: '12:00' }), '2014-04-22T12:00', 'Easter');
  });

  it('is on the day that a single round names; a recurring one counts days', () => {
    assert.equal(closes('2014-03-04', { closes: '2014-03-20' }), '2014-03-20T16:00');
    const rule = 'FREQ=MONTHLY';
    assert.equal(closes('2014-03-04', { closes: '2014-03-20', rule }), '2014-03-11T16:00');
  });

  it('keeps its local hour when the clocks change', () => {
    const spring = closingMs(saman, schedule('2014-03-28', { openDays: 3 }), '2014-03-28');
    assert.equal(localAt(spring), '2014-03-31T16:00');
    assert.equal(new Date(spring).toISOString(), '2014-03-31T14:00:00.000Z', 'summer time has begun');
    const autumn = closingMs(saman, schedule('2014-10-24', { openDays: 3 }), '2014-10-24');
    assert.equal(new Date(autumn).toISOString(), '2014-10-27T15:00:00.000Z', 'summer time is over');
  });
});
