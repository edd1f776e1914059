import assert from 'node:assert/strict';
import { demoPeople } from '../../src/core/programme/demo-people.js';
import { programmeWith } from '../support/programmes.js';
import { pulseParts, type PulseParts } from '../support/pulse-parts.js';

const EVENT = 'arsrapport-2014';
const programme = programmeWith('saman');
const members = demoPeople(programme);
const boss = 'sekretariat-coordinator';
const leader = 'voss-project-leader';
const networkLeader = members.find((each) => each.networks.includes('sykefravaer-pulje-2'))!.id;
const day = (text: string) => Date.parse(`${text}Z`);

describe('a deadline in chat', () => {
  let parts: PulseParts;
  beforeEach(async () => {
    parts = await pulseParts(programme, members, day('2014-01-20T08:00:00'));
  });
  afterEach(() => parts.close());

  const press = async (member: string, verb: string, data: Record<string, string> = {}) => {
    const received = await parts.press(member, verb, { event: EVENT, ...data });
    const replace = received.kind === 'handled' ? received.replace : undefined;
    await parts.samling.tick();
    return replace as { template: string; data: any } | undefined;
  };
  const latest = (member: string) =>
    parts.got.filter((each) => each.member === member && each.delivery.startsWith('reply/')).at(-1)?.message;
  const seen = async (member = boss) => {
    await press(member, 'deadline-open');
    return JSON.stringify(latest(member)!.card);
  };
  const stateOf = async (organisation: string) => {
    const text = await seen();
    return new RegExp(`"text":"${organisation}".*?"text":"([^"]*)"`).exec(text)?.[1];
  };

  it('shows how far each organisation is, from not begun to accepted', async () => {
    assert.equal(await stateOf('Voss'), 'Ikke begynt');
    await press(leader, 'deadline-begin');
    assert.equal(await stateOf('Voss'), 'I arbeid');
    await press(leader, 'hand-in-link-send', { link: 'https://example.org/rapport', note: 'Med vedlegg' });
    assert.equal(await stateOf('Voss'), 'Levert');
    assert.match(await seen(), /https:\/\/example\.org\/rapport/);
    await press(boss, 'deadline-accept', { organisation: 'voss' });
    assert.equal(await stateOf('Voss'), 'Godkjent');
    parts.moment.ms = day('2014-02-03T08:00:00');
    assert.equal(await stateOf('Gjøvik'), 'Over fristen');
    assert.equal(await stateOf('Voss'), 'Godkjent');
  });

  it('is sent back with a comment, tells the project leader, and reminds again', async () => {
    await press(leader, 'handed-in');
    await press(boss, 'deadline-return', { organisation: 'voss', comment: '' });
    assert.equal(await stateOf('Voss'), 'Levert');
    const form = await press(boss, 'deadline-return', { organisation: 'voss', comment: 'Tala manglar.' });
    assert.equal(form?.template, 'deadline-detail');
    await parts.advance(day('2014-01-21T12:00:00'));
    assert.match(latest(leader)!.text, /Sendt tilbake/);
    assert.match(JSON.stringify(latest(leader)!.card), /Tala manglar/);
    parts.got.length = 0;
    await parts.advance(day('2014-01-31T12:00:00'));
    assert.ok(parts.got.some((each) => each.member === leader && each.delivery.startsWith('nudge')));
  });

  it('keeps what was typed when the link is none', async () => {
    const form = await press(leader, 'hand-in-link-send', { link: 'rapport.pdf', note: 'Hei' });
    assert.deepEqual(form?.data.values, { link: 'rapport.pdf', note: 'Hei' });
    assert.equal(form.data.issue, true);
    assert.deepEqual(await parts.store.submissions.list('saman'), []);
    await press(leader, 'hand-in-link-send', { link: 'javascript:alert(1)' });
    assert.deepEqual(await parts.store.submissions.list('saman'), []);
  });

  it('shows and lets each decide only what is theirs', async () => {
    await press(leader, 'handed-in');
    await press('gjovik-project-leader', 'handed-in');
    assert.doesNotMatch(await seen(leader), /Gjøvik/);
    assert.match(await seen(networkLeader), /Gjøvik/);
    assert.doesNotMatch(await seen(networkLeader), /Tromsø/);
    await press(leader, 'deadline-accept', { organisation: 'voss' });
    await press(networkLeader, 'deadline-accept', { organisation: 'tromso' });
    const accepted = (await parts.store.submissions.list('saman')).filter(
      (each) => each.accepted !== undefined,
    );
    assert.deepEqual(accepted, []);
    await press(networkLeader, 'deadline-accept', { organisation: 'voss' });
    assert.equal((await parts.store.submissions.get('saman', `${EVENT}/voss`))?.accepted?.by, networkLeader);
    await press('voss-employee', 'deadline-open');
    assert.match(latest('voss-employee')!.text, /koordinatoren/);
  });

  it('leaves a trace of what was accepted and sent back', async () => {
    await press(leader, 'handed-in');
    await press(boss, 'deadline-accept', { organisation: 'voss' });
    await press(boss, 'deadline-return', { organisation: 'voss', comment: 'Nei' });
    assert.deepEqual(
      (await parts.store.audit.list('saman')).map(({ act, by, subject }) => [act, by, subject]),
      [
        ['deadline-accept', boss, `${EVENT}/voss`],
        ['deadline-return', boss, `${EVENT}/voss`],
      ],
    );
  });

  it('comes again the next year by itself', async () => {
    await press(leader, 'handed-in');
    parts.moment.ms = day('2015-01-02T08:00:00');
    await press(boss, 'deadline-open', { event: 'arsrapport-2015' });
    assert.match(JSON.stringify(latest(boss)!.card), /Ikke begynt/);
  });

  it('is listed for those who follow it, and handed in with a link that can be changed', async () => {
    await press(boss, 'deadline-list');
    assert.match(JSON.stringify(latest(boss)!.card), /Årsrapport/);
    await press('voss-employee', 'deadline-list');
    assert.match(latest('voss-employee')!.text, /koordinatoren/);
    await press(leader, 'hand-in-link');
    assert.match(JSON.stringify(latest(leader)!.card), /Lenkje til det du leverer/);
    await press(leader, 'hand-in-link-send', { link: 'https://example.org/1' });
    await press(leader, 'hand-in-link-send', { link: 'https://example.org/2' });
    assert.equal(
      (await parts.store.submissions.get('saman', `${EVENT}/voss`))?.link,
      'https://example.org/2',
    );
    for (const verb of ['hand-in-link', 'hand-in-link-send', 'deadline-begin']) {
      await press(leader, verb, { event: 'x' });
      assert.match(latest(leader)!.text, /finn eg ikkje/);
    }
    const form = await press(boss, 'deadline-accept', { organisation: 'gjovik' });
    assert.equal(form?.data.issue, 'organisation');
  });
});
