import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { isQuietTime, localTime } from '../../../../src/core/calendar/quiet-hours.js';
import { quietDaysOf } from '../../../../src/core/calendar/working-days.js';
import type { Member } from '../../../../src/core/members/types.js';
import { demoPeople } from '../../../../src/core/programme/demo-people.js';
import { planDue, type Said } from '../../../../src/core/reminders/plan.js';
import { type PlanInput } from '../../../../src/core/reminders/plan-input.js';
import { snoozeChoices, snoozeUntil } from '../../../../src/core/reminders/snooze.js';
import { occurrenceOf } from '../../../../src/core/programme/occurrences.js';
import { programmeWith } from '../../../support/programmes.js';

const saman = programmeWith('saman');
const everybody = demoPeople(saman);
const of = (...ids: string[]) => everybody.filter((each) => ids.includes(each.id));
const at = (text: string) =>
  Temporal.PlainDateTime.from(text).toZonedDateTime('Europe/Oslo').epochMilliseconds;
const nothingSaid: Said = { taken: new Set(), countOn: () => 0 };

function input(nowMs: number, members: readonly Member[], rest: Partial<PlanInput> = {}): PlanInput {
  return {
    programme: saman,
    members,
    preferences: new Map(),
    submissions: new Set(),
    snoozes: new Map(),
    rsvps: new Map(),
    handovers: new Map(),
    laneOf: () => 'lane',
    nowMs,
    ...rest,
  };
}
const itemsAt = (nowMs: number, members: readonly Member[], rest: Partial<PlanInput> = {}) =>
  planDue(input(nowMs, members, rest), nothingSaid).flatMap((each) => each.items);
const voss = 'voss-project-leader';

describe('snoozing', () => {
  const report = occurrenceOf(saman, 'arsrapport-2014')!;
  const isQuiet = quietDaysOf(saman);

  it('comes back on a working day, never after the event', () => {
    assert.equal(snoozeUntil('tomorrow', '2014-01-24', report, isQuiet), '2014-01-27');
    assert.equal(snoozeUntil('next-week', '2014-01-28', report, isQuiet), '2014-01-31');
    assert.equal(snoozeUntil('tomorrow', '2014-01-31', report, isQuiet), undefined);
    assert.equal(snoozeUntil('next-week', '2014-02-03', report, isQuiet), '2014-02-10');
    assert.deepEqual(snoozeChoices('2014-01-30', report, isQuiet), ['tomorrow']);
  });

  it('is silent until the day, then tells again', () => {
    const id = `arsrapport-2014/${voss}`;
    const row = {
      programme: 'saman',
      id,
      event: 'arsrapport-2014',
      member: voss,
      until: '2014-01-29',
      at: '',
    };
    const snoozes = new Map([[id, row]]);
    assert.deepEqual(itemsAt(at('2014-01-24T09:00'), of(voss), { snoozes }), []);
    const rest = { snoozes, fromMs: at('2014-01-28T09:00') };
    assert.deepEqual(itemsAt(at('2014-01-29T09:00'), of(voss), rest), [
      `nudge/arsrapport-2014/S-2014-01-29/${voss}`,
    ]);
  });

  it('never loses the event, whenever and however often somebody snoozes', () => {
    const days = fc.integer({ min: 0, max: 29 });
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(days, fc.constantFrom('tomorrow', 'in-3-days', 'next-week') as fc.Arbitrary<'tomorrow'>),
        ),
        (presses) => {
          let until: string | undefined;
          for (const [offset, choice] of presses.sort((a, b) => a[0] - b[0])) {
            const today = Temporal.PlainDate.from('2014-01-02').add({ days: offset }).toString();
            until = snoozeUntil(choice, today, report, isQuiet) ?? until;
          }
          const id = `arsrapport-2014/${voss}`;
          const row = { programme: 'saman', id, event: report.id, member: voss, until: until ?? '', at: '' };
          const snoozes = until === undefined ? new Map() : new Map([[id, row]]);
          assert.notDeepEqual(itemsAt(at('2014-01-31T09:00'), of(voss), { snoozes }), []);
        },
      ),
    );
  });
});

describe('planning, whatever happens', () => {
  const zones = [
    'Europe/Oslo',
    'Europe/Helsinki',
    'Atlantic/Reykjavik',
    'America/New_York',
    'Australia/Lord_Howe',
    'Pacific/Chatham',
  ];

  it('gives the same ids for the same input, and tells each thing once however the ticks fall', () => {
    const members = of(voss, 'gjovik-project-leader', 'hoyanger-political');
    const from = at('2013-12-15T00:00');
    const span = at('2014-05-15T00:00') - from;
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 60 }),
        (moments) => {
          const taken = new Set<string>();
          const told: string[] = [];
          let before: number | undefined;
          for (const moment of moments.sort((a, b) => a - b)) {
            const nowMs = from + Math.round(moment * span);
            const planned = input(nowMs, members, before === undefined ? {} : { fromMs: before });
            const deliveries = planDue(planned, { taken, countOn: () => 0 });
            assert.deepEqual(deliveries, planDue(planned, { taken, countOn: () => 0 }));
            for (const item of deliveries.flatMap((each) => each.items)) {
              told.push(item);
              taken.add(item);
            }
            before = nowMs;
          }
          assert.equal(new Set(told).size, told.length);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('speaks in no zone outside the allowed hours, summer time or not', () => {
    const [leader] = of(voss);
    const isQuiet = quietDaysOf(saman);
    const minutes = fc.integer({ min: 0, max: 3 * 365 * 24 * 60 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), minutes, (zone, minute) => {
        const nowMs = at('2013-01-01T00:00') + minute * 60_000;
        for (const each of planDue(input(nowMs, [{ ...leader!, zone }]), nothingSaid)) {
          const { date, time } = localTime(each.notBeforeMs, zone);
          assert.equal(isQuiet(date), undefined, `${zone} ${date.toString()}`);
          assert.ok(!isQuietTime(time, saman.policy.quietHours), `${zone} ${time}`);
        }
      }),
      { numRuns: 300 },
    );
  });
});
