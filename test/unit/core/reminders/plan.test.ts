import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { isQuietTime } from '../../../../src/core/calendar/quiet-hours.js';
import { quietDaysOf } from '../../../../src/core/calendar/working-days.js';
import type { Member, Preferences } from '../../../../src/core/members/types.js';
import { demoPeople } from '../../../../src/core/programme/demo-people.js';
import { nextDueMs } from '../../../../src/core/reminders/next-due.js';
import { planDue, type Said } from '../../../../src/core/reminders/plan.js';
import { plansOf, type PlanInput } from '../../../../src/core/reminders/plan-input.js';
import { preview } from '../../../../src/core/reminders/preview.js';
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
const wishes = (id: string, rest: Partial<Preferences>) =>
  new Map<string, Preferences>([[id, { programme: 'saman', id, ...rest }]]);
const voss = 'voss-project-leader';

describe('planning reminders', () => {
  it('tells every second-cohort organisation at each lead time, never on a weekend or in quiet hours', () => {
    const lines = preview(input(0, everybody), '2013-10-01', '2014-03-01');
    const isQuiet = quietDaysOf(saman);
    const cohort = saman.organisations.filter((each) => each.cohort === 'pulje-2');
    assert.ok(cohort.length > 8);
    for (const { id } of cohort) {
      const leads = lines
        .filter((l) => l.organisation === id && l.event === 'arsrapport-2014')
        .map((l) => l.lead);
      assert.deepEqual(leads, ['T-30', 'T-14', 'T-7', 'T-1', 'T-0', 'T+1', 'T+7'], id);
    }
    for (const line of lines) {
      assert.equal(isQuiet(Temporal.PlainDate.from(line.date)), undefined, line.date);
      assert.ok(!isQuietTime(line.time, saman.policy.quietHours));
    }
  });

  it('merges what falls on one day into one card', () => {
    const [only, ...others] = planDue(
      input(at('2014-01-31T09:00'), of(voss), { fromMs: at('2014-01-30T09:00') }),
      nothingSaid,
    );
    assert.deepEqual(only?.items, [`nudge/arsrapport-2014/T-0/${voss}`, `nudge/arsrapport-2014/T-1/${voss}`]);
    assert.deepEqual(others, []);
  });

  it('after a downtime gives only the latest that is still useful', () => {
    assert.deepEqual(itemsAt(at('2014-01-28T10:00'), of(voss)), [`nudge/arsrapport-2014/T-7/${voss}`]);
    assert.deepEqual(itemsAt(at('2014-02-12T10:00'), of(voss)), [`nudge/arsrapport-2014/T+7/${voss}`]);
    assert.deepEqual(itemsAt(at('2014-03-12T10:00'), of(voss)), [], 'too old');
  });

  it('waits for the morning when it catches up at night or on a weekend', () => {
    const [delivery] = planDue(input(at('2014-01-25T23:00'), of(voss)), nothingSaid);
    assert.equal(delivery?.notBeforeMs, at('2014-01-27T09:00'));
    const [early] = planDue(input(at('2014-01-28T06:00'), of(voss)), nothingSaid);
    assert.equal(early?.notBeforeMs, at('2014-01-28T08:00'));
  });

  it('stops for the whole organisation once it has handed in, and for nobody else', () => {
    const members = of(voss, 'gjovik-project-leader');
    const rest = { submissions: new Set(['arsrapport-2014/voss']) };
    assert.deepEqual(itemsAt(at('2014-01-28T10:00'), members, rest), [
      'nudge/arsrapport-2014/T-7/gjovik-project-leader',
    ]);
  });

  it('tells the deputy of one who is away, once, and says whom it concerns', () => {
    const members = of(voss, 'voss-project-owner');
    const preferences = wishes(voss, {
      absence: { from: '2014-01-01', until: '2014-02-28', deputy: 'voss-project-owner' },
    });
    const [delivery] = planDue(input(at('2014-01-28T10:00'), members, { preferences }), nothingSaid);
    assert.equal(delivery?.member, 'voss-project-owner');
    assert.deepEqual(delivery.items, [`nudge/arsrapport-2014/T-7/${voss}`]);
  });

  it('does not tell a deputy twice who is told of the same for the same organisation anyway', () => {
    const [leader] = of(voss);
    const twin = { ...leader!, id: 'voss-project-leader-2' };
    const preferences = wishes(voss, {
      absence: { from: '2014-01-01', until: '2014-02-28', deputy: twin.id },
    });
    assert.deepEqual(itemsAt(at('2014-01-28T10:00'), [leader!, twin], { preferences }), [
      'nudge/arsrapport-2014/T-7/voss-project-leader-2',
    ]);
  });

  it('tells nobody when the deputy is away too, and the member on return', () => {
    const members = of(voss, 'voss-project-owner');
    const preferences = new Map([
      ...wishes(voss, { absence: { from: '2014-01-01', until: '2014-01-28', deputy: 'voss-project-owner' } }),
      ...wishes('voss-project-owner', { pause: { from: '2014-01-01' } }),
    ]);
    assert.deepEqual(itemsAt(at('2014-01-28T10:00'), members, { preferences }), []);
    const back = { preferences, fromMs: at('2014-01-28T10:00') };
    assert.deepEqual(itemsAt(at('2014-01-29T09:00'), members, back), [`nudge/arsrapport-2014/T-7/${voss}`]);
  });

  it('is quiet during a pause, and on the morning after it tells what still matters', () => {
    const preferences = wishes(voss, { pause: { from: '2014-01-01', until: '2014-01-27' } });
    assert.deepEqual(itemsAt(at('2014-01-24T09:00'), of(voss), { preferences }), []);
    const state = { preferences: preferences.values(), snoozes: [] };
    assert.equal(
      nextDueMs(saman, plansOf(saman, of(voss)), state, at('2014-01-24T09:00')),
      at('2014-01-28T09:00'),
    );
    const rest = {
      preferences: wishes(voss, { pause: { from: '2014-01-01', until: '2014-01-27' } }),
      fromMs: at('2014-01-24T09:00'),
    };
    assert.deepEqual(itemsAt(at('2014-01-28T09:00'), of(voss, 'gjovik-project-leader'), rest), [
      `nudge/arsrapport-2014/T-7/${voss}`,
    ]);
  });

  it('gives a handed-over event to the one who was named, and takes it off the other', () => {
    const members = of(voss, 'voss-project-owner');
    const id = `arsrapport-2014/${voss}`;
    const row = {
      programme: 'saman',
      id,
      event: 'arsrapport-2014',
      member: voss,
      to: 'voss-project-owner',
      at: '',
    };
    assert.deepEqual(itemsAt(at('2014-01-28T10:00'), members, { handovers: new Map([[id, row]]) }), [
      'nudge/arsrapport-2014/T-7/voss-project-owner',
    ]);
  });

  it('keeps to the cap of a day, and to the member’s own quiet hours', () => {
    const said: Said = { taken: new Set(), countOn: (_member, date) => (date === '2014-01-28' ? 2 : 0) };
    const [capped] = planDue(input(at('2014-01-28T10:00'), of(voss)), said);
    assert.equal(capped?.notBeforeMs, at('2014-01-29T09:00'));
    const preferences = wishes(voss, { quietHours: { from: '08:00', until: '12:30' } });
    const [later] = planDue(input(at('2014-01-28T10:00'), of(voss), { preferences }), nothingSaid);
    assert.equal(later?.notBeforeMs, at('2014-01-28T12:30'));
  });

  it('tells network leaders, then coordinators, what is overdue, in one digest a day, and no more once it is in', () => {
    const members = [
      ...of(voss, 'gjovik-project-leader'),
      ...everybody.filter((m) => m.organisation === 'ks' || m.organisation === 'sekretariat'),
    ];
    const digests = (day: string, rest: Partial<PlanInput> = {}) =>
      planDue(input(at(day), members, rest), nothingSaid).filter((each) => each.kind === 'digest');
    assert.deepEqual(digests('2014-02-03T09:00'), []);
    const leaders = digests('2014-02-04T09:00');
    assert.deepEqual(
      leaders.map((each) => each.id),
      ['digest/2014-02-04/ks-network-leader-sykefravaer-pulje-2'],
    );
    assert.equal(leaders[0]?.items.length, 2);
    assert.equal(digests('2014-02-10T09:00').length, 3);
    const all = new Set(['arsrapport-2014/voss', 'arsrapport-2014/gjovik']);
    assert.deepEqual(digests('2014-02-10T09:00', { submissions: all }), []);
    assert.deepEqual(digests('2014-04-10T09:00'), [], 'history');
    const preferences = wishes('ks-network-leader-sykefravaer-pulje-2', { pause: { from: '2014-01-01' } });
    assert.deepEqual(digests('2014-02-04T09:00', { preferences }), []);
  });

  it('plans nothing for whom no account is known, or who has left', () => {
    assert.deepEqual(itemsAt(at('2014-01-28T10:00'), of(voss), { laneOf: () => undefined }), []);
    const [leader] = of(voss);
    assert.deepEqual(itemsAt(at('2014-01-28T10:00'), [{ ...leader!, active: false }]), []);
  });

  it('knows when nothing is left', () => {
    const state = { preferences: [], snoozes: [] };
    assert.equal(nextDueMs(saman, plansOf(saman, everybody), state, at('2030-01-01T00:00')), undefined);
  });
});

describe('the final report', () => {
  it('is asked of an organisation that leaves early, in the year in which it leaves, and of no other', () => {
    const programme = programmeWith('saman', (raw) => {
      raw['organisations'].find((each: { id: string }) => each.id === 'voss').leavesIn = 2014;
    });
    const members = demoPeople(programme);
    const asked = preview({ ...input(0, members), programme }, '2012-01-01', '2015-12-31')
      .filter((line) => line.event.startsWith('sluttrapport') && line.kind === 'nudge')
      .map((line) => `${line.event} ${line.organisation} ${line.due}`);
    assert.deepEqual([...new Set(asked)], ['sluttrapport-2014 voss 2014-11-15']);
    const plain = preview(input(0, everybody), '2014-10-01', '2014-11-30');
    assert.deepEqual(
      plain.filter((line) => line.event.startsWith('sluttrapport')),
      [],
    );
  });
});
