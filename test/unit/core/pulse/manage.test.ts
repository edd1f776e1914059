import assert from 'node:assert/strict';
import { createMemoryStore } from '../../../../src/adapters/store/lowdb/memory.js';
import {
  closeRound,
  draftPulse,
  extendRound,
  faultLines,
  repeatPulse,
  sayTodo,
  startPulse,
  stopPulse,
} from '../../../../src/core/pulse/manage.js';
import type { PulseResult } from '../../../../src/core/pulse/types.js';
import { activeRow, at, localAt, memberOf, roundOf, saman } from '../../../support/pulse-cases.js';
import { pulseWith } from '../../../support/pulse-parts.js';

const tables = createMemoryStore();
const state = (organisation = 'voss') => ({
  ...{ programme: saman, members: [memberOf(organisation, 'm')], preferences: new Map() },
  ...{ submissions: new Set<string>(), snoozes: new Map(), rsvps: new Map(), handovers: new Map() },
});
const json = (change: Record<string, unknown> = {}) => ({ ...pulseWith(), ...change });
const inNynorsk = { title: { nn: 'Nærvær' } };
after(() => tables.close());

describe('a draft', () => {
  it('is kept when nothing is wrong with it, and written over until it has begun', async () => {
    const { row } = await draftPulse(tables, state(), json(), 'boss');
    assert.deepEqual(await tables.pulses.get(saman.id, 'naervaer'), row);
    assert.deepEqual([row?.state, row?.by], ['draft', 'boss']);
    assert.equal((await draftPulse(tables, state(), json({ threshold: 7 }), 'boss')).row?.pulse.threshold, 7);
    await startPulse(tables, state(), row!);
    const { row: none, faults } = await draftPulse(tables, state(), json(), 'boss');
    assert.equal(none, undefined);
    assert.match(faultLines(faults).join(), /id: found naervaer, expected an id that no started pulse has/);
  });

  it('with faults is not kept', async () => {
    const { row, faults } = await draftPulse(tables, state(), json({ id: 'wrong', threshold: 1 }), 'boss');
    assert.equal(row, undefined);
    assert.equal(faults.length, 1);
    assert.equal(await tables.pulses.get(saman.id, 'wrong'), undefined);
  });
});

describe('starting, stopping and repeating a pulse', () => {
  it('looks again at who is asked by now, and in what language', async () => {
    const draft = activeRow(inNynorsk, 'draft');
    assert.equal((await startPulse(tables, state(), draft)).row?.state, 'active');
    const { row, faults } = await startPulse(tables, state('lillehammer'), draft);
    assert.equal(row, undefined);
    assert.match(faultLines(faults).join(), /a text in "nb"/);
  });

  it('stops it without a trace on what was asked', async () => {
    const stopped = await stopPulse(tables, activeRow());
    assert.equal(stopped.state, 'stopped');
    assert.deepEqual(await tables.pulses.get(saman.id, 'naervaer'), stopped);
  });

  it('asks the same once more from the next working day on, with its days open and no last day of before', async () => {
    const schedule = { starts: '2014-03-04', closes: '2014-03-10', openDays: 4 };
    const { row } = await repeatPulse(tables, state(), activeRow({ schedule }, 'stopped'), '2014-04-16');
    assert.equal(row?.state, 'active');
    assert.equal(row.pulse.schedule.starts, '2014-04-22', 'after Easter');
    assert.equal(row.pulse.schedule.closes, undefined);
    assert.equal(row.pulse.schedule.openDays, 4);
  });
});

describe('changing a round', () => {
  it('extends it to its hour on a working day, never to an earlier one', async () => {
    const round = roundOf(pulseWith());
    const extended = await extendRound(tables, saman, round, 4);
    assert.equal(localAt(extended!.closesMs), '2014-03-17T16:00', 'a Saturday becomes Monday');
    assert.deepEqual(await tables.rounds.get(saman.id, round.id), extended);
    const late = { ...round, closesMs: at('2014-03-11T20:00') };
    assert.equal((await extendRound(tables, saman, late, 0))!.closesMs, late.closesMs);
  });

  it('extends over the change of the clocks to the same hour', async () => {
    const round = roundOf(pulseWith(), { closesMs: at('2014-03-28T16:00') });
    assert.equal(localAt((await extendRound(tables, saman, round, 3))!.closesMs), '2014-03-31T16:00');
  });

  it('closes it now, or leaves it when its time is over already', async () => {
    const round = roundOf(pulseWith());
    const nowMs = at('2014-03-05T10:00');
    assert.equal((await closeRound(tables, round, nowMs))!.closesMs, nowMs);
    assert.equal((await closeRound(tables, round, round.closesMs + 1))!.closesMs, round.closesMs);
  });

  it('leaves a closed one closed', async () => {
    for (const state of ['closing', 'closed'] as const) {
      const round = roundOf(pulseWith(), { state });
      assert.equal(await extendRound(tables, saman, round, 2), undefined);
      assert.equal(await closeRound(tables, round, 0), undefined);
    }
  });

  it('keeps what is done about its result', async () => {
    const result: PulseResult = {
      ...{ programme: saman.id, id: 'naervaer-1' },
      results: { pulse: 'naervaer', number: 1, opened: '2014-03-04', named: false, threshold: 5, cells: [] },
    };
    assert.equal((await sayTodo(tables, result, 'Kortare møte')).todo, 'Kortare møte');
    assert.equal((await tables.pulseResults.get(saman.id, 'naervaer-1'))?.todo, 'Kortare møte');
  });
});
