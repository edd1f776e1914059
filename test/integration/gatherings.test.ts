import assert from 'node:assert/strict';
import { demoPeople } from '../../src/core/programme/demo-people.js';
import type { Gathering } from '../../src/core/programme/schema.js';
import { programmeWith } from '../support/programmes.js';
import { buttonData, pulseParts, renderer, type PulseParts } from '../support/pulse-parts.js';

const EVENT = 'sykefravaer-pulje-2-2014-04-28';
const NETWORK = 'sykefravaer-pulje-2';
const programme = programmeWith('saman', (raw) => {
  raw['roles'].push({ ...raw['roles'].at(-1), id: 'minute-taker', kind: 'minute-taker' });
  const found = (raw['gatherings'] as Gathering[]).find((each) => each.id === EVENT)!;
  Object.assign(found, { capacity: 3, signUpBy: '2014-04-22' });
});
const members = [
  ...demoPeople(programme),
  {
    ...{ programme: 'saman', id: 'referent', organisation: 'voss', roles: ['minute-taker'] },
    ...{ networks: [NETWORK], active: true },
  },
];
const boss = 'sekretariat-coordinator';
const leader = 'voss-project-leader';
const political = 'voss-political';
const day = (text: string) => Date.parse(`${text}Z`);

describe('a gathering in chat', () => {
  let parts: PulseParts;
  beforeEach(async () => {
    parts = await pulseParts(programme, members, day('2014-04-01T08:00:00'));
  });
  afterEach(() => parts.close());

  const press = async (member: string, verb: string, data: Record<string, string> = {}) => {
    const received = await parts.press(member, verb, { event: EVENT, ...data });
    const replace = received.kind === 'handled' ? received.replace : undefined;
    await parts.samling.tick();
    return replace as { template: string; data: any } | undefined;
  };
  const comes = (member: string, answer = 'yes') => press(member, 'rsvp', { answer });
  const answerOf = async (member: string) =>
    (await parts.store.rsvps.get('saman', `${EVENT}/${member}`))?.answer;
  const latest = (member: string) =>
    parts.got.filter((each) => each.member === member && each.delivery.startsWith('reply/')).at(-1)?.message;
  const matrix = async (member = boss) => {
    await press(member, 'gathering-open');
    return JSON.stringify(latest(member)!.card);
  };

  it('takes yes, maybe and no, and says on the card what was said', async () => {
    const card = await comes(leader);
    assert.equal(card?.template, 'nudge');
    assert.equal(card.data.items[0].rsvp, 'yes');
    const { card: shown } = renderer.render(
      { template: 'nudge', data: card.data },
      { language: 'nn', programme },
    );
    assert.match(JSON.stringify(shown), /Du kjem\./);
    assert.equal(buttonData(shown, 'rsvp')?.['answer'], 'maybe');
    await comes(leader, 'no');
    assert.equal(await answerOf(leader), 'no');
  });

  it('reminds who has not answered, and nobody who has said no', async () => {
    await comes(leader, 'no');
    parts.got.length = 0;
    await parts.advance(day('2014-04-15T12:00:00'));
    const nudged = parts.got
      .filter((each) => each.delivery.startsWith(`nudge/${EVENT}/`))
      .map((each) => each.member);
    assert.ok(nudged.includes(political));
    assert.ok(!nudged.includes(leader));
  });

  it('has a waiting list when it is full, whose first moves up and is told', async () => {
    for (const member of ['voss-political', 'voss-administrative', 'voss-union']) await comes(member);
    parts.moment.ms += 60_000;
    await comes(leader);
    parts.moment.ms += 60_000;
    await comes('gjovik-project-leader');
    assert.equal(await answerOf(leader), 'waiting');
    await comes('voss-union', 'no');
    await parts.advance(day('2014-04-01T12:00:00'));
    assert.equal(await answerOf(leader), 'yes');
    assert.equal(await answerOf('gjovik-project-leader'), 'waiting');
    assert.match(latest(leader)!.text, /Du har fått plass/);
  });

  it('takes nobody in after the last day for signing up, but lets people go', async () => {
    await comes(political);
    parts.moment.ms = day('2014-04-23T08:00:00');
    await comes(leader);
    assert.equal(await answerOf(leader), undefined);
    assert.match(latest(leader)!.text, /Påmeldingsfristen gjekk ut/);
    await comes(political, 'no');
    assert.equal(await answerOf(political), 'no');
  });

  it('shows who is missing, and asks the project leader to fill the gap two weeks and one week before', async () => {
    await comes(political);
    assert.match(await matrix(), /Voss.*?manglar|Voss.*?mangler/);
    await parts.advance(day('2014-04-14T12:00:00'));
    const gaps = () =>
      parts.got.filter((each) => each.delivery.startsWith('gap/')).map((each) => each.member);
    assert.deepEqual(gaps().sort(), ['gjovik-project-leader', 'hoyanger-project-leader', leader]);
    await comes('voss-administrative');
    const form = await press(leader, 'rsvp-others-send', { name: 'Ein tillitsvald', party: 'union' });
    assert.deepEqual(form?.data.missing, []);
    await parts.advance(day('2014-04-24T12:00:00'));
    assert.deepEqual(gaps().filter((each) => each === leader).length, 1, 'Voss is complete');
    assert.equal(gaps().length, 5);
    assert.match(await matrix(), /tillitsvalgte: 1 kommer/);
  });

  it('keeps names and needs only until it is over', async () => {
    await comes(leader);
    await press(leader, 'rsvp-needs-send', { needs: 'vegetar' });
    await press(leader, 'rsvp-others-send', { name: 'Ein tillitsvald', party: 'union', needs: 'rullestol' });
    assert.equal((await parts.store.guests.list('saman')).length, 1);
    await parts.advance(day('2014-05-02T12:00:00'));
    assert.deepEqual(await parts.store.guests.list('saman'), []);
    const kept = JSON.stringify(await parts.store.rsvps.list('saman'));
    assert.doesNotMatch(kept, /vegetar/);
    assert.match(kept, /"answer":"yes"/);
  });

  it('signs nobody up for another organisation, nor by somebody who may not', async () => {
    await press('voss-employee', 'rsvp-others-send', { name: 'X', party: 'union' });
    assert.deepEqual(await parts.store.guests.list('saman'), []);
    await press(leader, 'rsvp', { answer: 'yes', member: 'gjovik-political' });
    assert.equal(await answerOf('gjovik-political'), undefined);
    await press(leader, 'rsvp', { answer: 'yes', member: political });
    assert.equal(await answerOf(political), 'yes');
  });

  it('is moved: everybody who answered is told and asked again, and reminders follow', async () => {
    await comes(leader);
    await comes(political, 'no');
    const values = { starts: '2014-05-12', ends: '2014-05-13', network: NETWORK, sameTitle: 'true' };
    const titles = Object.fromEntries(
      programme.languages.map((each) => [`title-${each}`, 'Nettverkssamling']),
    );
    const card = await press(boss, 'gathering-make', { ...values, ...titles });
    assert.equal(card?.template, 'gathering-detail');
    await parts.advance(day('2014-04-01T12:00:00'));
    assert.match(latest(leader)!.text, /Flytta/);
    assert.match(latest(political)!.text, /Flytta/);
    assert.equal(await answerOf(leader), undefined);
    parts.got.length = 0;
    await parts.advance(day('2014-04-28T12:00:00'));
    const told = await parts.store.outbox.ofMember('saman', leader, 9);
    assert.ok(told.flatMap((each) => each.items).includes(`nudge/${EVENT}@1/T-14/${leader}`));
  });

  it('is cancelled: whoever answered is told, and nobody is reminded', async () => {
    await comes(leader);
    await press(boss, 'gathering-cancel');
    await parts.advance(day('2014-04-01T12:00:00'));
    assert.match(latest(leader)!.text, /Avlyst/);
    parts.got.length = 0;
    await parts.advance(day('2014-04-27T12:00:00'));
    assert.deepEqual(
      parts.got
        .filter((each) => JSON.stringify(each.message.card).includes(EVENT))
        .map((each) => each.delivery),
      [],
    );
  });

  it('keeps all that was typed when something is wrong, and says what, all at once', async () => {
    const typed = {
      event: '',
      starts: '2014-03-01',
      ends: '2014-02-01',
      startTime: '10:00',
      endTime: '9',
      signUpBy: '2014-06-01',
      capacity: '0',
      network: 'no-such',
      agenda: 'Velkommen',
    };
    const { event, ...values } = typed;
    const received = await parts.press(boss, 'gathering-make', values);
    assert.equal(received.kind, 'handled');
    const form = received.replace as unknown as { data: any };
    assert.deepEqual(form.data.values, values);
    assert.deepEqual(form.data.issues, [
      'title-missing',
      'date-past',
      'ends-before',
      'times',
      'sign-up-late',
      'capacity',
      'network',
      'agenda',
    ]);
    assert.deepEqual(await parts.store.gatherings.list('saman'), []);
  });

  it('is made by a network leader for the own network alone', async () => {
    const titles = Object.fromEntries(programme.languages.map((each) => [`title-${each}`, 'Ny samling']));
    const own = `sekretariat-network-leader-${NETWORK}`;
    const who = members.find(
      (each) => each.networks.includes(NETWORK) && each.roles[0] === 'network-leader',
    )!;
    assert.ok(own.length > 0);
    const make = (network: string) =>
      parts.press(who.id, 'gathering-make', { ...titles, starts: '2014-06-02', network });
    await make('omdomme');
    assert.deepEqual(await parts.store.gatherings.list('saman'), []);
    await make(NETWORK);
    assert.equal((await parts.store.gatherings.list('saman')).length, 1);
  });

  it('is followed by attendance, and by what was shown to those who came and those who did not', async () => {
    await comes(leader);
    await comes(political);
    await press('referent', 'attendance');
    assert.match(latest('referent')!.text, /ikkje byrja/);
    parts.moment.ms = day('2014-05-02T08:00:00');
    await press('referent', 'attendance-send', { present: `${leader},nobody-there` });
    assert.deepEqual((await parts.store.attendance.get('saman', EVENT))?.members, [leader]);
    await press(boss, 'materials-send', { text: 'Her er lysarka.', link: 'https://example.org/x' });
    await parts.advance(day('2014-05-02T12:00:00'));
    assert.match(latest(leader)!.text, /Frå samlinga du var på/);
    assert.match(latest(political)!.text, /Du var ikkje med/);
  });

  it('leaves a trace of each act of those who may', async () => {
    await press(boss, 'gathering-cancel');
    assert.deepEqual(
      (await parts.store.audit.list('saman')).map(({ act, by, subject }) => [act, by, subject]),
      [['gathering-cancel', boss, EVENT]],
    );
  });

  it('takes back what one needs, and lets nobody else say it', async () => {
    await press(leader, 'rsvp-needs');
    assert.match(latest(leader)!.text, /finn eg ikkje/);
    await comes(leader);
    await press(leader, 'rsvp-needs-send', { needs: 'vegetar' });
    await press(leader, 'rsvp-needs');
    assert.match(JSON.stringify(latest(leader)!.card), /vegetar/);
    await press(leader, 'rsvp-needs-send', { needs: ' ' });
    assert.doesNotMatch(JSON.stringify(await parts.store.rsvps.list('saman')), /needs/);
    await press(political, 'rsvp-needs-send', { needs: 'x' });
    assert.doesNotMatch(JSON.stringify(await parts.store.rsvps.list('saman')), /needs/);
  });

  it('keeps a name that cannot be taken in the form, and gives up the place of whoever is taken off', async () => {
    const empty = await press(leader, 'rsvp-others-send', { name: ' ', needs: 'x' });
    assert.equal(empty?.data.issue, 'name');
    assert.equal(empty.data.values.needs, 'x');
    for (const name of ['A', 'B', 'C']) await press(leader, 'rsvp-others-send', { name, party: 'none' });
    parts.moment.ms += 1000;
    await press('gjovik-project-leader', 'rsvp-others-send', { name: 'D' });
    const [guest] = (await parts.store.guests.list('saman')).filter((each) => each.name === 'A');
    await press('gjovik-project-leader', 'rsvp-others-remove', { guest: guest!.id });
    assert.equal((await parts.store.guests.list('saman')).length, 4);
    await press(leader, 'rsvp-others-remove', { guest: guest!.id });
    const left = await parts.store.guests.list('saman');
    assert.deepEqual(left.map((each) => [each.name, each.answer]).sort(), [
      ['B', 'yes'],
      ['C', 'yes'],
      ['D', 'yes'],
    ]);
    await parts.advance(day('2014-04-01T12:00:00'));
    assert.match(latest('gjovik-project-leader')!.text, /D har fått plass/);
    parts.moment.ms = day('2014-04-25T08:00:00');
    assert.equal((await press(leader, 'rsvp-others-send', { name: 'E' }))?.data.issue, 'closed');
  });

  it('lets a deputy answer for somebody who is away', async () => {
    await parts.store.preferences.put({
      ...{ programme: 'saman', id: leader },
      absence: { from: '2014-03-30', until: '2014-04-10', deputy: political },
    });
    await press(political, 'rsvp', { answer: 'maybe', member: leader });
    assert.equal(await answerOf(leader), 'maybe');
    await press('voss-union', 'rsvp', { answer: 'no', member: leader });
    assert.equal(await answerOf(leader), 'maybe');
    await press(political, 'rsvp', { answer: 'no', member: 'nobody' });
  });

  it('takes no answer when it is over or not there', async () => {
    parts.moment.ms = day('2014-05-20T08:00:00');
    await comes(leader, 'no');
    assert.match(latest(leader)!.text, /over/);
    await press(leader, 'rsvp', { answer: 'yes', event: 'x' });
    assert.deepEqual(await parts.store.rsvps.list('saman'), []);
  });

  it('sends nothing on without a text, or with a link that is none', async () => {
    for (const values of [{ text: '' }, { text: 'x', link: 'molde' }]) {
      const form = await press(boss, 'materials-send', values);
      assert.equal(form?.data.issue, true);
      assert.equal(form.data.values.text, values.text);
    }
  });
});
