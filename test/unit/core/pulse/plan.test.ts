import assert from 'node:assert/strict';
import type { Preferences } from '../../../../src/core/members/types.js';
import { planPulses } from '../../../../src/core/pulse/plan.js';
import { earliestMs, nextPulseMs } from '../../../../src/core/pulse/timing.js';
import { Temporal } from 'temporal-polyfill';
import {
  activeRow,
  at,
  localAt,
  memberOf,
  planInput,
  roundOf,
  saman,
  seatIn,
} from '../../../support/pulse-cases.js';
import { pulseWith } from '../../../support/pulse-parts.js';

const voss = ['m-1', 'm-2', 'm-3'].map((id) => memberOf('voss', id));
const stord = memberOf('stord', 's-1');
const opening = at('2014-03-04T09:30');

describe('the opening of a round', () => {
  it('waits for its hour, then gives every member of the audience a seat and a card', () => {
    const given = { members: [...voss, stord], pulses: [activeRow()] };
    assert.deepEqual(planPulses(planInput(opening - 1, given)).rounds, []);
    const { rounds, seats, deliveries } = planPulses(planInput(opening, given));
    assert.deepEqual(
      rounds.map(({ id, number, opened, groups }) => ({ id, number, opened, groups })),
      [{ id: 'naervaer-1', number: 1, opened: '2014-03-04', groups: ['stord', 'voss'] }],
    );
    assert.deepEqual(
      seats.map(({ member, group }) => [member, group]),
      [
        ['m-1', 1],
        ['m-2', 1],
        ['m-3', 1],
        ['s-1', 0],
      ],
    );
    assert.deepEqual(
      deliveries.map(({ id, notBeforeMs }) => [id, localAt(notBeforeMs)]),
      ['m-1', 'm-2', 'm-3', 's-1'].map((id) => [`pulse/naervaer-1/${id}`, '2014-03-04T09:30']),
    );
  });

  it('gives the same when planned again, and nothing for a draft, a stopped pulse or a turn that is over', () => {
    const given = { members: voss, pulses: [activeRow()] };
    assert.deepEqual(planPulses(planInput(opening, given)), planPulses(planInput(opening, given)));
    for (const state of ['draft', 'stopped'] as const) {
      const pulses = [activeRow({}, state)];
      assert.deepEqual(planPulses(planInput(opening, { members: voss, pulses })).rounds, []);
    }
    assert.deepEqual(planPulses(planInput(at('2014-03-12T09:00'), given)).rounds, []);
  });

  it('makes up for no turn that was missed whole: only the latest is sent', () => {
    const rule = 'FREQ=DAILY;COUNT=4';
    const schedule = { starts: '2014-03-04', rule, openDays: 1, remindAfterDays: [] };
    const { rounds } = planPulses(
      planInput(at('2014-03-06T10:00'), { members: voss, pulses: [activeRow({ schedule })] }),
    );
    assert.deepEqual(
      rounds.map((each) => each.opened),
      ['2014-03-06'],
    );
  });

  it('numbers on from the round before, and asks the questions whose turn it is', () => {
    const questions = ['a', 'b', 'c'].map((id) => ({ id, kind: 'yes-no', text: id }));
    const row = activeRow({
      questions,
      questionsPerRound: 1,
      schedule: { starts: '2014-03-04', rule: 'FREQ=WEEKLY;INTERVAL=2' },
    });
    const before = roundOf(row.pulse, { state: 'closed' });
    const { rounds } = planPulses(
      planInput(at('2014-03-18T09:30'), { members: voss, pulses: [row], rounds: [before] }),
    );
    assert.deepEqual(
      rounds.map(({ id, questions: asked }) => ({ id, asked })),
      [{ id: 'naervaer-2', asked: [1] }],
    );
  });

  it('comes at the hour of each member, wherever they live, also on the day the clocks change', () => {
    const sunday = { ...saman, policy: { ...saman.policy, quietWeekdays: [] } };
    const far = memberOf('stord', 's-2', { zone: 'Atlantic/Azores' });
    const pulses = [activeRow({ schedule: { starts: '2014-03-30' } })];
    const given = { programme: sunday, members: [voss[0]!, far], pulses };
    assert.equal(planPulses(planInput(at('2014-03-30T09:29'), given)).deliveries.length, 0);
    const { deliveries } = planPulses(planInput(at('2014-03-30T09:30'), given));
    const [near, away] = deliveries.map((each) => each.notBeforeMs);
    assert.equal(localAt(near!), '2014-03-30T09:30');
    assert.equal(localAt(away!, 'Atlantic/Azores'), '2014-03-30T09:30');
    assert.equal(new Date(near!).toISOString(), '2014-03-30T07:30:00.000Z');
  });

  it('leaves members alone outside their own quiet hours, and asks nobody who can be told only after closing', () => {
    const late = new Map<string, Preferences>([
      ['m-1', { programme: saman.id, id: 'm-1', quietHours: { from: '08:00', until: '13:00' } }],
    ]);
    const given = { members: voss, pulses: [activeRow()], preferences: late };
    const [first] = planPulses(planInput(opening, given)).deliveries;
    assert.equal(localAt(first!.notBeforeMs), '2014-03-04T13:00');
    const short = activeRow({
      schedule: { starts: '2014-03-04', openDays: 0, closesAt: '12:00', remindAfterDays: [] },
    });
    const { seats } = planPulses(planInput(opening, { ...given, pulses: [short] }));
    assert.deepEqual(
      seats.map((each) => each.member),
      ['m-2', 'm-3'],
    );
  });

  it('asks nobody in two pulses at once', () => {
    const pulses = [activeRow(), activeRow({ id: 'annet' })];
    const { rounds, seats } = planPulses(planInput(opening, { members: voss, pulses }));
    assert.equal(rounds.length, 2);
    assert.deepEqual(
      seats.map((each) => each.id),
      voss.map((each) => `naervaer-1/${each.id}`),
    );
  });
});

describe('the cap on messages to one person a day', () => {
  const full = (date: string) => (_: string, on: string) =>
    on === date ? saman.policy.maxMessagesPerDay : 0;

  it('holds for a pulse: on a full day its card waits for the next morning', () => {
    const given = { members: voss, pulses: [activeRow()], countOn: full('2014-03-04') };
    const { deliveries } = planPulses(planInput(opening, given));
    assert.deepEqual(
      deliveries.map((each) => localAt(each.notBeforeMs)),
      voss.map(() => '2014-03-05T09:00'),
    );
  });

  it('leaves out of the round whom it has no day for', () => {
    const always = () => saman.policy.maxMessagesPerDay;
    const countOn = (member: string, date: string) =>
      member === 'm-1' && date < '2014-03-20' ? always() : 0;
    const { seats, deliveries } = planPulses(
      planInput(opening, { members: voss, pulses: [activeRow()], countOn }),
    );
    assert.equal(seats.length, 2);
    assert.equal(deliveries.length, 2);
  });

  it('counts what the same planning sends: two reminders of two rounds and a cap of one', () => {
    const strict = { ...saman, policy: { ...saman.policy, maxMessagesPerDay: 1 } };
    const rounds = ['a', 'b'].map((id) => roundOf(pulseWith({ id })));
    const seats = rounds.map((round) => seatIn(round, voss[0]!));
    const given = { programme: strict, members: [voss[0]!], rounds, seats };
    const { deliveries } = planPulses(planInput(at('2014-03-06T09:30'), given));
    assert.deepEqual(
      deliveries.map((each) => localAt(each.notBeforeMs)),
      ['2014-03-06T09:30', '2014-03-07T09:00'],
    );
  });
});

describe('a late joiner', () => {
  const round = roundOf(pulseWith());
  const given = {
    members: [...voss, stord],
    rounds: [round],
    seats: voss.map((each) => seatIn(round, each)),
  };

  it('is asked while the round is open, with an organisation of their own if need be', () => {
    const { rounds, seats, deliveries } = planPulses(planInput(at('2014-03-05T10:00'), given));
    assert.deepEqual(
      rounds.map((each) => each.groups),
      [['voss', 'stord']],
      'added at the end: ballots carry places in this list',
    );
    assert.deepEqual(
      seats.map(({ member, group }) => [member, group]),
      [['s-1', 1]],
    );
    assert.equal(localAt(deliveries[0]!.notBeforeMs), '2014-03-05T10:00');
  });

  it('of a known organisation changes nothing but the seats', () => {
    const joined = memberOf('voss', 'm-4');
    const found = planPulses(planInput(at('2014-03-05T10:00'), { ...given, members: [...voss, joined] }));
    assert.deepEqual(found.rounds, []);
    assert.deepEqual(
      found.seats.map((each) => each.id),
      ['naervaer-1/m-4'],
    );
  });

  it('is not asked on the last day, nor into a sample', () => {
    const late = planPulses(planInput(at('2014-03-10T16:01'), given));
    assert.deepEqual(late.seats, []);
    const sampled = { ...round, definition: pulseWith({ share: 0.5 }) };
    const { seats } = planPulses(planInput(at('2014-03-05T10:00'), { ...given, rounds: [sampled] }));
    assert.deepEqual(seats, []);
  });

  it('is none of another audience, or asked lately by another pulse', () => {
    const others = { ...round, definition: pulseWith({ audience: { organisations: ['voss'] } }) };
    assert.deepEqual(planPulses(planInput(at('2014-03-05T10:00'), { ...given, rounds: [others] })).seats, []);
    const asked = roundOf(pulseWith(), { id: 'annet-1', groups: ['stord'], state: 'closed' });
    const seats = [...given.seats, seatIn(asked, stord)];
    const found = planPulses(planInput(at('2014-03-05T10:00'), { ...given, rounds: [round, asked], seats }));
    assert.deepEqual(found.seats, []);
  });
});

describe('reminders of a round', () => {
  const round = roundOf(pulseWith({ schedule: { starts: '2014-03-04', remindAfterDays: [4, 2] } }));
  const gone = memberOf('voss', 'm-4', { active: false });
  const unreached = memberOf('voss', 'm-5');
  const seats = [
    seatIn(round, voss[0]!, true),
    ...[voss[1]!, voss[2]!, gone, unreached].map((each) => seatIn(round, each)),
    seatIn(roundOf(pulseWith(), { id: 'other-1' }), voss[0]!),
  ];
  const given = {
    members: [...voss, gone, unreached],
    rounds: [round],
    seats,
    laneOf: (member: { id: string }) => (member.id === 'm-5' ? undefined : 'lane'),
  };

  it('go to those who have not answered, are still here and are reached; once', () => {
    const nowMs = at('2014-03-06T09:30');
    assert.deepEqual(planPulses(planInput(nowMs - 1, given)).waves, []);
    const { waves, deliveries } = planPulses(planInput(nowMs, given));
    assert.deepEqual(waves, ['naervaer-1/remind-1']);
    assert.deepEqual(
      deliveries.map((each) => each.id),
      ['m-2', 'm-3'].map((id) => `pulse/naervaer-1/remind-1/${id}`),
    );
    assert.deepEqual(planPulses(planInput(nowMs, { ...given, waves: new Set(waves) })).deliveries, []);
  });

  it('come on a working day, and never when the round has closed by then', () => {
    const monday = planPulses(
      planInput(at('2014-03-10T09:30'), { ...given, waves: new Set(['naervaer-1/remind-1']) }),
    );
    assert.deepEqual(monday.waves, ['naervaer-1/remind-2'], 'Saturday became Monday');
    const closing = { ...round, closesMs: at('2014-03-10T12:00') };
    const quiet = { quietHours: { from: '09:00', until: '13:00' } };
    const preferences = new Map(['m-2', 'm-3'].map((id) => [id, { programme: saman.id, id, ...quiet }]));
    const late = planPulses(planInput(at('2014-03-10T09:30'), { ...given, rounds: [closing], preferences }));
    assert.deepEqual(late.deliveries, []);
  });
});

describe('the end of a round', () => {
  it('is its closing time, whether planned or brought forward; a closed one stays closed', () => {
    const open = roundOf(pulseWith());
    const half = roundOf(pulseWith(), { id: 'naervaer-2', state: 'closing' });
    const closed = roundOf(pulseWith(), { id: 'naervaer-3', state: 'closed' });
    const rounds = [open, half, closed];
    assert.deepEqual(planPulses(planInput(open.closesMs - 1, { rounds })).closing, []);
    assert.deepEqual(planPulses(planInput(open.closesMs, { rounds })).closing, [open, half]);
    const early = { ...open, closesMs: at('2014-03-05T10:00') };
    const { closing, seats } = planPulses(
      planInput(at('2014-03-05T10:00'), { rounds: [early], members: voss }),
    );
    assert.deepEqual(closing, [early]);
    assert.deepEqual(seats, [], 'and nobody is asked any more');
  });
});

describe('the next moment to plan pulses at', () => {
  const next = (nowMs: number, change: Parameters<typeof planInput>[1]) => {
    const found = nextPulseMs(planInput(nowMs, change));
    return found === undefined ? undefined : localAt(found);
  };

  it('is the next opening of a running pulse, in the zone that comes first', () => {
    const rule = 'FREQ=WEEKLY;COUNT=2';
    const pulses = [activeRow({ schedule: { starts: '2014-03-04', rule } }), activeRow({ id: 'b' }, 'draft')];
    assert.equal(next(at('2014-03-01T12:00'), { pulses }), '2014-03-04T09:30');
    assert.equal(next(at('2014-03-04T09:30'), { pulses }), '2014-03-11T09:30');
    assert.equal(next(at('2014-03-11T09:30'), { pulses }), undefined);
    const east = memberOf('voss', 'e', { zone: 'Europe/Helsinki' });
    assert.equal(next(at('2014-03-01T12:00'), { pulses, members: [east] }), '2014-03-04T08:30');
    assert.equal(
      localAt(
        earliestMs({ programme: saman, members: [east] }, Temporal.PlainDate.from('2014-03-04'), '09:30'),
      ),
      '2014-03-04T08:30',
    );
  });

  it('is a reminder or the end of an open round, and nothing of a closed one', () => {
    const round = roundOf(pulseWith());
    assert.equal(next(opening, { rounds: [round] }), '2014-03-06T09:30');
    assert.equal(next(at('2014-03-06T09:30'), { rounds: [round] }), '2014-03-11T16:00');
    assert.equal(next(opening, { rounds: [{ ...round, state: 'closed' }] }), undefined);
  });
});
