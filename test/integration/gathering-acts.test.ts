import assert from 'node:assert/strict';
import { loadPulseTemplates } from '../../src/adapters/files/pulse-templates.js';
import { asset } from '../../src/cli/assets.js';
import { demoPeople } from '../../src/core/programme/demo-people.js';
import type { Gathering } from '../../src/core/programme/schema.js';
import { programmeWith } from '../support/programmes.js';
import { pulseParts, type PulseParts } from '../support/pulse-parts.js';

const EVENT = 'sykefravaer-pulje-2-2014-04-28';
const programme = programmeWith('saman', (raw) => {
  const found = (raw['gatherings'] as Gathering[]).find((each) => each.id === EVENT)!;
  Object.assign(found, { capacity: 2, signUpBy: '2014-04-22' });
});
const boss = 'sekretariat-coordinator';
const leader = 'voss-project-leader';
const nobody = 'voss-employee';
const day = (text: string) => Date.parse(`${text}Z`);

describe('acts around a gathering', () => {
  let parts: PulseParts;
  beforeEach(async () => {
    parts = await pulseParts(programme, demoPeople(programme), day('2014-04-01T08:00:00'), {
      templates: loadPulseTemplates(asset('data', 'pulses')),
    });
  });
  afterEach(() => parts.close());

  /** What takes the card's place, or else what is said. */
  const press = async (member: string, verb: string, data: Record<string, string> = {}) => {
    const before = parts.got.length;
    const received = await parts.press(member, verb, { event: EVENT, ...data });
    await parts.samling.tick();
    const replaced = received.kind === 'handled' ? received.replace : undefined;
    const told = parts.got.slice(before).filter((each) => each.member === member);
    return {
      template: replaced?.template,
      data: replaced?.data as any,
      text: JSON.stringify(told.map((each) => each.message.card)),
    };
  };

  it('are refused to those who may not, and for gatherings that are not there', async () => {
    const verbs = ['gathering-open', 'gathering-edit', 'gathering-cancel', 'materials', 'materials-send'];
    for (const verb of [...verbs, 'gathering-pulse', 'gathering-file']) {
      assert.match((await press(nobody, verb)).text, /koordinatoren/i, verb);
      assert.match((await press(boss, verb, { event: 'no-such' })).text, /Det finn|finner/, verb);
    }
    assert.match((await press(nobody, 'gathering-new')).text, /koordinatoren/i);
    assert.match((await press(nobody, 'gathering-list')).text, /koordinatoren/i);
    assert.match((await press(nobody, 'gathering-make', { starts: '2014-06-01' })).text, /koordinatoren/);
    assert.match((await press(boss, 'gathering-make', { event: 'no-such' })).text, /finner/);
    assert.match((await press(nobody, 'attendance')).text, /referenten/i);
    assert.match((await press(boss, 'attendance', { event: 'no-such' })).text, /finner/);
    assert.match((await press(nobody, 'rsvp-others')).text, /prosjektleiaren/i);
    assert.match((await press(leader, 'rsvp-others', { event: 'no-such' })).text, /finn/);
    assert.match((await press(leader, 'rsvp', { event: 'no-such', answer: 'yes' })).text, /finn/);
    assert.match((await press(leader, 'rsvp-needs')).text, /finn/);
    assert.match((await press(leader, 'rsvp-needs-send', { needs: 'x' })).text, /finn/);
  });

  it('begin in forms: a new one, one that is there, and the list of all', async () => {
    assert.match((await press(boss, 'gathering-new')).text, /Ny samling/);
    const form = (await press(boss, 'gathering-edit')).text;
    assert.match(form, /Endre samlingen/);
    assert.match(form, /2014-04-28/);
    assert.match((await press(boss, 'gathering-list')).text, /Nettverkssamling 3/);
    parts.moment.ms = day('2031-01-01T08:00:00');
    assert.match((await press(boss, 'gathering-list')).text, /ingen samlinger/);
  });

  it('are listed with what is to come first, and told apart where they are called the same', async () => {
    parts.moment.ms = day('2012-10-01T08:00:00');
    const { text } = await press(boss, 'gathering-list');
    assert.match(text, /Åpne «Nettverkssamling 2, 14\.–15\. november 2012»/);
    assert.match(text, /Åpne «Temaverksted om heltidskultur»/);
    assert.match(text, /nettverk omdømme, pulje 2/);
    const [over, next, last] = ['24.–25. september 2012', '14.–15. november 2012', '5.–6. mai 2014'];
    const places = [next, last, over].map((each) => text.indexOf(each));
    assert.ok(places.every((each) => each > 0));
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
    );
  });

  it('are listed for a project leader where the own organisation is asked', async () => {
    parts.moment.ms = day('2014-04-01T08:00:00');
    assert.match((await press(leader, 'gathering-list')).text, /Nettverkssamling 3/);
    const others = (await press('stord-project-leader', 'gathering-list')).text;
    assert.match(others, /Etter nettverksarbeidet/);
    assert.doesNotMatch(others, /Nettverkssamling 3/);
  });

  it('have attendance and materials only once it has begun', async () => {
    const before = (await press(boss, 'gathering-open')).text;
    assert.match(before, /Avlys/);
    assert.doesNotMatch(before, /Før opp hvem|Send det som ble vist/);
    parts.moment.ms = day('2014-04-28T08:00:00');
    assert.match((await press(boss, 'gathering-open')).text, /Før opp hvem[^]*Send det som ble vist/);
  });

  it('of a deputy count for whoever is away', async () => {
    const id = 'voss-political';
    const absence = { from: '2014-03-30', until: '2014-04-10', deputy: nobody };
    assert.match((await press(nobody, 'rsvp', { answer: 'yes', member: id })).text, /finn/);
    await parts.store.preferences.put({ programme: 'saman', id, absence });
    await press(nobody, 'rsvp', { answer: 'yes', member: id });
    const row = await parts.store.rsvps.get('saman', `${EVENT}/${id}`);
    assert.deepEqual([row?.answer, row?.by], ['yes', nobody]);
    await press(nobody, 'rsvp', { answer: 'yes', member: 'no-such' });
    assert.equal((await parts.store.rsvps.list('saman')).length, 1);
  });

  it('of a project leader sign up, wait, move up and take off; a slip loses nothing', async () => {
    assert.match((await press(leader, 'rsvp-others')).text, /Påmelding for Voss/);
    const slip = await press(leader, 'rsvp-others-send', { name: ' ', needs: 'vegan' });
    assert.deepEqual([slip.data.issue, slip.data.values.needs], ['name', 'vegan']);
    await press('voss-political', 'rsvp', { answer: 'yes' });
    for (const name of ['Ein', 'To']) {
      parts.moment.ms += 1000;
      await press(leader, 'rsvp-others-send', { name, party: 'union' });
    }
    const guests = async () => {
      const all = [...(await parts.store.guests.list('saman'))];
      return all.sort((a, b) => (a.at < b.at ? -1 : 1)).map((each) => [each.name, each.answer]);
    };
    assert.deepEqual(await guests(), [
      ['Ein', 'yes'],
      ['To', 'waiting'],
    ]);
    const first = (await parts.store.guests.list('saman')).find((each) => each.name === 'Ein')!;
    await press('gjovik-project-leader', 'rsvp-others-remove', { guest: first.id });
    assert.equal((await guests()).length, 2, "another organisation's");
    await press(leader, 'rsvp-others-remove', { guest: first.id });
    assert.deepEqual(await guests(), [['To', 'yes']]);
    await parts.advance(day('2014-04-01T12:00:00'));
    assert.ok(
      parts.got.some((each) => each.member === leader && /To har fått plass/.test(each.message.text)),
    );
    parts.moment.ms = day('2014-04-24T08:00:00');
    const late = await press(leader, 'rsvp-others-send', { name: 'Tre' });
    assert.deepEqual([late.data.issue, late.data.values.name], ['closed', 'Tre']);
  });

  it('keep and forget what one needs, and are over when the gathering is', async () => {
    await press(leader, 'rsvp', { answer: 'yes' });
    const needs = async () => (await parts.store.rsvps.get('saman', `${EVENT}/${leader}`))?.needs;
    assert.match((await press(leader, 'rsvp-needs')).text, /Kva treng du/);
    await press(leader, 'rsvp-needs-send', { needs: 'vegan' });
    await press(leader, 'rsvp', { answer: 'yes' });
    assert.equal(await needs(), 'vegan');
    await press(leader, 'rsvp', { answer: 'no' });
    assert.equal(await needs(), undefined);
    await press(leader, 'rsvp', { answer: 'maybe' });
    await press(leader, 'rsvp-needs-send', { needs: ' ' });
    assert.equal(await needs(), undefined);
    parts.moment.ms = day('2014-05-09T08:00:00');
    assert.match((await press(leader, 'rsvp', { answer: 'yes' })).text, /Samlinga er over/);
  });

  it('come afterwards: who was there, what was shown, how it was', async () => {
    await press(leader, 'rsvp', { answer: 'yes' });
    await press(leader, 'rsvp-others-send', { name: 'Ein gjest' });
    parts.moment.ms = day('2014-04-28T08:00:00');
    const list = (await press(boss, 'attendance')).text;
    assert.match(list, /Hvem var der/);
    assert.match(list, /Ein gjest/);
    await press(boss, 'attendance-send');
    assert.deepEqual((await parts.store.attendance.get('saman', EVENT))?.members, []);
    await press(boss, 'attendance-send', { present: leader });
    parts.moment.ms = day('2014-05-02T08:00:00');
    assert.match((await press(boss, 'gathering-open')).text, /1 person var til stede|1 var/);
    assert.match((await press(boss, 'materials')).text, /Materiell fra samlingen/);
    const slip = await press(boss, 'materials-send', { text: 'Hei', link: 'ftp://x' });
    assert.deepEqual([slip.data.issue, slip.data.values.link], [true, 'ftp://x']);
    assert.equal((await press(boss, 'materials-send', { link: 'https://x.no' })).data.issue, true);
    assert.equal((await press(boss, 'materials-send', { text: 'Hei' })).template, 'statement');
    await press(boss, 'gathering-pulse');
    const [pulse] = await parts.store.pulses.list('saman');
    assert.deepEqual([pulse?.state, pulse?.pulse.id], ['draft', `etter-samling-${EVENT}`]);
    await parts.store.pulses.put({ ...pulse!, state: 'active' });
    await press(boss, 'gathering-pulse');
    assert.equal((await parts.store.pulses.list('saman')).length, 1);
  });
});
