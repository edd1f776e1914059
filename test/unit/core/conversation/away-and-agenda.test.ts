import assert from 'node:assert/strict';
import { composeNudges } from '../../../../src/core/reminders/compose.js';
import { loadState } from '../../../../src/core/reminders/member-state.js';
import { key, openTalk, status, talkMs, talkProgramme, voss } from '../../../support/talk.js';

const report = { event: 'arsrapport-2014' };

describe('a member who is away', () => {
  it('pauses until a date or without end, and resumes', async () => {
    const { store, press, say } = await openTalk();
    // In words there is no card whose place the answer could take.
    const paused = await say('pause til 15. mars');
    assert.deepEqual([key(paused), paused.replace], ['paused-until', undefined]);
    assert.deepEqual((await store.preferences.get('saman', voss))?.pause, {
      from: '2014-01-20',
      until: '2014-03-15',
    });
    const shown = await say('hva skjer');
    assert.equal((shown.say[0]?.data as { pausedUntil: string }).pausedUntil, '2014-03-15');
    assert.equal((await say('resume')).replan, true);
    assert.equal((await store.preferences.get('saman', voss))?.pause, undefined);
    await press('pause-send', { until: '' });
    assert.deepEqual((await store.preferences.get('saman', voss))?.pause, { from: '2014-01-20' });
    assert.equal((await say('pause')).say[0]?.template, 'pause');
  });

  it('takes a colleague as deputy, with a date, and nobody else', async () => {
    const { store, press, say } = await openTalk();
    await press('pause-send', { until: '2014-02-10', deputy: 'voss-project-owner' });
    assert.equal((await store.preferences.get('saman', voss))?.absence?.deputy, 'voss-project-owner');
    assert.equal((await say('pause')).say[0]?.template, 'pause');
    assert.deepEqual(status(await press('handed-in', report, { member: 'voss-project-owner' })), [
      'handed-in',
    ]);
    assert.equal(
      key(await press('pause-send', { until: '2014-02-10', deputy: 'gjovik-union' })),
      'deputy-wrong',
    );
    assert.equal(key(await press('pause-send', { until: '2014-02-10', deputy: voss })), 'deputy-wrong');
    assert.equal(key(await press('pause-send', { deputy: 'voss-union' })), 'date-wrong');
    assert.equal(key(await press('pause-send', { until: '2014-01-19' })), 'date-wrong');
    assert.equal(key(await press('pause-send', { until: '31.12.' })), 'date-wrong');
  });

  it('shows somebody who is away until when, and no more once that is over', async () => {
    const { store, press } = await openTalk();
    const shown = async () =>
      (await press('show', { what: 'coming' })).say[0]!.data as { paused: boolean; pausedUntil?: string };
    await press('pause-send', { until: '2014-02-10', deputy: 'voss-union' });
    assert.deepEqual([(await shown()).paused, (await shown()).pausedUntil], [true, '2014-02-10']);
    const absence = { from: '2014-01-01', until: '2014-01-10', deputy: 'voss-union' };
    await store.preferences.put({ programme: 'saman', id: voss, absence });
    assert.deepEqual([(await shown()).paused, (await shown()).pausedUntil], [false, undefined]);
  });
});

describe('the agenda', () => {
  it('shows of a yearly deadline the next time only, and the one after once that is handed in', async () => {
    const { press } = await openTalk();
    const shown = async () => {
      const { data } = (await press('show', { what: 'deadlines' })).say[0]!;
      return (data as { items: { event: string }[] }).items.map((each) => each.event);
    };
    assert.deepEqual(await shown(), ['arsrapport-2014']);
    await press('handed-in', report);
    assert.deepEqual(await shown(), ['arsrapport-2015']);
  });

  it('takes a task that was given away off the agenda, and shows it so on a card that has it', async () => {
    const { store, press } = await openTalk();
    await press('not-mine-send', { ...report, to: 'voss-project-owner' });
    const answer = await press('show', { what: 'deadlines' });
    const { items } = answer.say[0]!.data as { items: { event: string }[] };
    assert.ok(!items.some((each) => each.event === report.event));
    const entry = { member: voss, data: { about: [{ ...report, member: voss }] } };
    const composed = composeNudges(await loadState(store, talkProgramme), entry, {
      nowMs: talkMs,
      keepAnswered: true,
    });
    assert.ok('message' in composed);
    assert.equal(composed.message.data.items[0]?.status, 'not-mine');
  });
});
