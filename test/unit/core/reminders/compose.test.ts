import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { createMemoryStore } from '../../../../src/adapters/store/lowdb/memory.js';
import { demoPeople } from '../../../../src/core/programme/demo-people.js';
import { composeDigest, composeNudges } from '../../../../src/core/reminders/compose.js';
import type { CalendarUrl } from '../../../../src/core/reminders/event-item.js';
import { loadState } from '../../../../src/core/reminders/member-state.js';
import { programmeWith } from '../../../support/programmes.js';

const programme = programmeWith('saman');
const nowMs = Temporal.ZonedDateTime.from('2014-01-20T10:00[Europe/Oslo]').epochMilliseconds;
const voss = 'voss-project-leader';
const submission = (organisation: string) => ({
  programme: 'saman',
  id: `arsrapport-2014/${organisation}`,
  event: 'arsrapport-2014',
  organisation,
  by: 'x',
  at: '',
});

async function open() {
  const store = createMemoryStore();
  await store.members.put(...demoPeople(programme));
  return store;
}

describe('writing at the moment of sending', () => {
  const data = (event: string, member = voss) => ({ about: [{ event, member }] });

  it('drops a nudge that is settled, over, or for somebody who has left', async () => {
    const store = await open();
    const state = () => loadState(store, programme);
    const compose = async (event: string, member = voss) =>
      composeNudges(await state(), { member, data: data(event, member) }, { nowMs });
    assert.ok('message' in (await compose('arsrapport-2014')));
    assert.deepEqual(await compose('vest-ost-kompetanse-2012-02-15'), { drop: 'settled' });
    assert.deepEqual(await compose('arsrapport-2014', 'nobody'), { drop: 'member-inactive' });
    await store.submissions.put(submission('voss'));
    assert.deepEqual(await compose('arsrapport-2014'), { drop: 'settled' });
  });

  it('writes a deputy whom the task belongs to, each event once, nearest first', async () => {
    const store = await open();
    const about = [
      { event: 'sykefravaer-pulje-2-2014-04-28', member: voss },
      { event: 'arsrapport-2014', member: voss },
      { event: 'arsrapport-2014', member: voss },
      { event: 'gone', member: voss },
      { event: 'arsrapport-2015', member: 'nobody' },
      { event: 'arsrapport-2015', member: voss },
    ];
    const entry = { member: 'voss-union', data: { about } };
    const composed = composeNudges(await loadState(store, programme), entry, { nowMs });
    assert.ok('message' in composed);
    const { items } = composed.message.data;
    assert.deepEqual(
      items.map((each) => each.event),
      ['arsrapport-2014', 'sykefravaer-pulje-2-2014-04-28', 'arsrapport-2015'],
    );
    assert.ok(items.every((each) => each.onBehalfOf !== undefined));
  });

  it('gives the calendar in the language that the reader has chosen, a deputy included', async () => {
    const store = await open();
    await store.preferences.put({ programme: 'saman', id: voss, language: 'en' });
    await store.preferences.put({ programme: 'saman', id: 'voss-union', language: 'da' });
    const state = await loadState(store, programme);
    const calendarUrl: CalendarUrl = (_programme, { id }, language) => `${id} in ${language}`;
    const urlFor = (member: string) => {
      const entry = { member, data: data('sykefravaer-pulje-2-2014-04-28') };
      const composed = composeNudges(state, entry, { nowMs, calendarUrl });
      assert.ok('message' in composed);
      return composed.message.data.items[0]?.calendarUrl;
    };
    assert.equal(urlFor(voss), 'sykefravaer-pulje-2-2014-04-28 in en');
    assert.equal(urlFor('voss-union'), 'sykefravaer-pulje-2-2014-04-28 in da');
  });

  it('tells a leader only of the own networks, a coordinator of all, and nobody of what has come in', async () => {
    const store = await open();
    const later = Temporal.ZonedDateTime.from('2014-02-10T10:00[Europe/Oslo]').epochMilliseconds;
    const items = ['escalation/arsrapport-2014/voss/x'];
    const digest = async (member: string) =>
      composeDigest(await loadState(store, programme), { member, items }, { nowMs: later });
    const counts = [];
    for (const member of ['ks-network-leader-sykefravaer-pulje-2', 'sekretariat-coordinator']) {
      const composed = await digest(member);
      assert.ok('message' in composed);
      counts.push(composed.message.data.overdue[0]?.organisations.length);
    }
    assert.deepEqual(counts, [3, programme.organisations.length - 2]);
    assert.deepEqual(await digest('nobody'), { drop: 'member-inactive' });
    for (const { id } of programme.organisations) {
      await store.submissions.put(submission(id));
    }
    assert.deepEqual(await digest('sekretariat-coordinator'), { drop: 'settled' });
  });
});
