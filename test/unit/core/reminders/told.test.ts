import assert from 'node:assert/strict';
import type { OutboxEntry } from '../../../../src/core/ports/outbox.js';
import { demoPeople } from '../../../../src/core/programme/demo-people.js';
import { toldToday } from '../../../../src/core/reminders/told.js';
import { programmeWith } from '../../../support/programmes.js';

const programme = programmeWith('saman');
const reader = demoPeople(programme)[0]!;
const NOON = Date.parse('2014-01-20T12:00:00Z');
const entry = (id: string, item: string, state: OutboxEntry['state'], kind = 'nudges'): OutboxEntry => ({
  ...{ programme: 'saman', id, items: [item], kind, member: reader.id, lane: 'lane' },
  ...{ notBeforeMs: 0, urgent: false, data: null, state },
});
const sent = (atMs: number) => ({ kind: 'sent', atMs, ref: {} }) as const;
const late = entry('late', `nudge/rapport/T-7/${reader.id}`, { kind: 'leased', attempt: 1, untilMs: 0 });
const told = (...recent: OutboxEntry[]) => [...toldToday(programme, reader, late, recent, NOON)];

describe('what somebody has been told today', () => {
  it('is what another nudge of the same event said on the same day, in the reader’s zone', () => {
    const item = `nudge/rapport/T-1/${reader.id}`;
    assert.deepEqual(told(entry('a', item, sent(NOON - 3_600_000))), [`rapport/${reader.id}`]);
    assert.deepEqual(told(entry('a', item, sent(Date.parse('2014-01-19T22:59:00Z')))), []);
    assert.deepEqual(told(entry('a', item, sent(Date.parse('2014-01-19T23:01:00Z')))), [
      `rapport/${reader.id}`,
    ]);
  });

  it('is not what still waits, what another kind says, another event, another member, nor the delivery itself', () => {
    const item = `nudge/rapport/T-1/${reader.id}`;
    const waiting = { kind: 'waiting', attempt: 0 } as const;
    assert.deepEqual(told(entry('a', item, waiting)), []);
    assert.deepEqual(told(entry('a', item, sent(NOON), 'digest')), []);
    assert.deepEqual(told(entry('a', `nudge/samling/T-1/${reader.id}`, sent(NOON))), []);
    assert.deepEqual(told(entry('a', 'nudge/rapport/T-1/other', sent(NOON))), []);
    assert.deepEqual(told({ ...late, state: sent(NOON) }), []);
  });

  it('is what an earlier one is about to say, of which nobody knows whether it arrived', () => {
    const item = `nudge/rapport/T-1/${reader.id}`;
    const leased = { kind: 'leased', attempt: 1, untilMs: NOON } as const;
    assert.deepEqual(told({ ...entry('a', item, leased), notBeforeMs: -1 }), [`rapport/${reader.id}`]);
    assert.deepEqual(told(entry('a', item, leased)), [`rapport/${reader.id}`], 'at the same time, by its id');
    assert.deepEqual(told(entry('z', item, leased)), [], 'the other leaves it out');
    assert.deepEqual(told({ ...entry('a', item, leased), notBeforeMs: 1 }), []);
  });

  it('is what one is about to say again that was tried before and may be there, however late it is due', () => {
    const item = `nudge/rapport/T-1/${reader.id}`;
    const again = [`rapport/${reader.id}`];
    const tried = { kind: 'leased', attempt: 2, untilMs: NOON } as const;
    assert.deepEqual(told({ ...entry('z', item, tried), notBeforeMs: 9 }), again);
    const waits = { kind: 'waiting', attempt: 1 } as const;
    assert.deepEqual(told({ ...entry('z', item, waits), notBeforeMs: 9 }), again);
    const lateAgain: OutboxEntry = { ...late, state: tried, notBeforeMs: 9 };
    const leased = entry('a', item, { kind: 'leased', attempt: 1, untilMs: NOON });
    assert.deepEqual(
      [...toldToday(programme, reader, lateAgain, [leased], NOON)],
      [],
      'the other leaves it out',
    );
    const more: OutboxEntry = { ...lateAgain, state: { ...tried, attempt: 3 } };
    const once = { ...leased, state: tried };
    assert.deepEqual([...toldToday(programme, reader, more, [once], NOON)], [], 'tried more often');
    const both = { ...leased, state: tried };
    assert.deepEqual([...toldToday(programme, reader, lateAgain, [both], NOON)], again, 'the one due first');
  });

  it('is for a leader what another digest of the same day said', () => {
    const digest = (id: string, state: OutboxEntry['state']) =>
      entry(id, `escalation/rapport/voss/${reader.id}`, state, 'digest');
    const today = digest('digest/2', { kind: 'leased', attempt: 1, untilMs: 0 });
    const earlier = digest('digest/1', sent(NOON - 60_000));
    assert.deepEqual([...toldToday(programme, reader, today, [earlier], NOON)], [`rapport/${reader.id}`]);
    const yesterday = digest('digest/1', sent(NOON - 86_400_000));
    assert.deepEqual([...toldToday(programme, reader, today, [yesterday], NOON)], []);
    const reply = { ...today, kind: 'reply' };
    assert.deepEqual([...toldToday(programme, reader, reply, [{ ...earlier, kind: 'reply' }], NOON)], []);
  });

  it('is not a gathering as it was before it was moved', () => {
    assert.deepEqual(told(entry('a', `nudge/rapport@1/T-1/${reader.id}`, sent(NOON))), []);
    const moved = { ...late, items: [`nudge/rapport@1/T-7/${reader.id}`] };
    const recent = [entry('a', `nudge/rapport@1/T-1/${reader.id}`, sent(NOON))];
    assert.deepEqual([...toldToday(programme, reader, moved, recent, NOON)], [`rapport/${reader.id}`]);
  });
});
