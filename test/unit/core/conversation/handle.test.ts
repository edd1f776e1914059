import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { programmeWith } from '../../../support/programmes.js';
import { key, openTalk, said, status, voss } from '../../../support/talk.js';

const atOslo = (text: string) =>
  Temporal.PlainDateTime.from(text).toZonedDateTime('Europe/Oslo').epochMilliseconds;
const report = { event: 'arsrapport-2014' };

describe('whatever a member writes', () => {
  it('answers anything, and never throws', async () => {
    const { say } = await openTalk();
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 300, unit: 'binary' }), async (text) => {
        assert.ok((await say(text)).say.length > 0);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a conversation', () => {
  it('shows what is ahead, deadlines, gatherings, languages, pause and help', async () => {
    const { press, say } = await openTalk();
    for (const [what, template] of [
      ['coming', 'agenda'],
      ['deadlines', 'agenda'],
      ['gatherings', 'agenda'],
      ['language', 'language'],
      ['pause', 'pause'],
      ['help', 'help'],
    ]) {
      const first = said(await press('show', { what: what! }))[0];
      assert.deepEqual(first, template);
    }
    const answer = await say('frister');
    const { items } = answer.say[0]!.data as { items: { event: string }[] };
    assert.deepEqual(
      items.map((each) => each.event),
      ['arsrapport-2014'],
    );
  });

  it('shows with help what one may do for others, and to nobody else', async () => {
    const { say } = await openTalk();
    const doors = async (member: string) =>
      ((await say('hjelp', { member })).say[0]?.data as { doors: string[] }).doors;
    assert.deepEqual(await doors('sekretariat-coordinator'), [
      'notices',
      'gatherings',
      'deadlines',
      'pulses',
      'audit',
    ]);
    assert.ok((await doors('ks-network-leader-omdomme')).includes('notices'));
    assert.deepEqual(await doors('voss-employee'), []);
    const unsaid = (await say('qqq', { member: 'sekretariat-coordinator' })).say[0];
    assert.deepEqual((unsaid?.data as { doors: string[] }).doors, []);
  });

  it('takes "handed in" once for the organisation, shows it on the card, and takes it back', async () => {
    const { store, press } = await openTalk();
    assert.deepEqual(status(await press('handed-in', report)), ['handed-in']);
    assert.deepEqual(status(await press('handed-in', report)), ['handed-in']);
    assert.equal((await store.submissions.list('saman')).length, 1);
    const undone = await press('undo-handed-in', report);
    assert.deepEqual([status(undone), undone.replan], [['open'], true]);
    assert.deepEqual(await store.submissions.list('saman'), []);
    assert.equal(key(await press('undo-handed-in', { event: 'nothing' })), 'unknown-event');
  });

  it('takes "handed in" as a word when only one deadline can be meant', async () => {
    const { store, say } = await openTalk();
    assert.deepEqual(said(await say('vi har levert')), ['nudge']);
    assert.equal((await store.submissions.list('saman')).length, 1);
    assert.deepEqual(said(await say('levert')), ['agenda']);
  });

  it('does not let anybody hand in what is not theirs, or what is no deadline', async () => {
    const { store, press } = await openTalk();
    assert.equal(key(await press('handed-in', report, { member: 'voss-employee' })), 'unknown-event');
    assert.equal(
      key(await press('handed-in', { event: 'sykefravaer-pulje-2-2014-04-28' })),
      'cannot-hand-in',
    );
    assert.equal(key(await press('handed-in', { event: 'omdomme-2012-02-16' })), 'unknown-event');
    assert.deepEqual(await store.submissions.list('saman'), []);
    assert.deepEqual(status(await press('handed-in', report, { member: 'voss-project-owner' })), [
      'handed-in',
    ]);
  });

  it('puts off a nudge, and says when it cannot', async () => {
    const { store, press } = await openTalk();
    assert.deepEqual(status(await press('snooze', { ...report, until: 'in-3-days' })), ['snoozed']);
    assert.equal((await store.snoozes.list('saman'))[0]?.until, '2014-01-23');
    assert.equal(key(await press('snooze', { ...report, until: 'never' })), 'action-not-understood');
    assert.equal(key(await press('snooze', { event: 'gone', until: 'tomorrow' })), 'unknown-event');
    const passed = { event: 'sykefravaer-pulje-2-2014-04-28', until: 'tomorrow' };
    assert.deepEqual(status(await press('snooze', passed)), ['snoozed']);
  });

  it('answers one event of a card with several and keeps the others', async () => {
    const { store, press } = await openTalk();
    const about = [report.event, 'sykefravaer-pulje-2-2014-04-28'].map((event) => ({ event, member: voss }));
    const delivery = {
      programme: 'saman',
      id: 'd',
      items: ['a'],
      kind: 'nudges',
      member: voss,
      lane: 'l',
      notBeforeMs: 0,
      urgent: false,
    };
    await store.outbox.add([{ ...delivery, data: { about } }]);
    assert.deepEqual(status(await press('handed-in', report, { delivery: 'd' })), ['handed-in', 'open']);
    assert.deepEqual(
      status(await press('handed-in', report, { delivery: 'd', member: 'voss-project-owner' })),
      ['handed-in'],
    );
  });

  it('asks whose task it is, tells the coordinators, and gives it to the one who is named', async () => {
    const { store, press } = await openTalk();
    assert.deepEqual(said(await press('not-mine', report)), ['not-mine']);
    const answer = await press('not-mine-send', { ...report, to: 'voss-project-owner', note: 'ny leiar' });
    assert.deepEqual(
      answer.tell?.map((each) => each.member),
      ['sekretariat-coordinator', 'sekretariat-coordinator-2'],
    );
    assert.equal((await store.handovers.list('saman'))[0]?.to, 'voss-project-owner');
    assert.equal(answer.replace?.template, 'statement');
    assert.deepEqual(status(await press('handed-in', report, { member: 'voss-project-owner' })), [
      'handed-in',
    ]);
  });

  it('leaves it open when nobody is named, and refuses a stranger', async () => {
    const { store, press } = await openTalk();
    assert.equal(
      key(await press('not-mine-send', { ...report, to: 'gjovik-project-owner' })),
      'deputy-wrong',
    );
    assert.equal(key(await press('not-mine', { event: 'x' })), 'unknown-event');
    assert.equal(key(await press('not-mine-send', { event: 'x' })), 'unknown-event');
    await press('not-mine-send', { ...report, to: '' });
    assert.equal((await store.handovers.list('saman'))[0]?.to, undefined);
  });

  it('speaks the language that was chosen, if the programme has it', async () => {
    const { store, press, say } = await openTalk();
    await press('set-language', { language: 'da' });
    assert.equal((await store.preferences.get('saman', voss))?.language, 'da');
    await say('svenska');
    assert.equal((await store.preferences.get('saman', voss))?.language, 'sv');
    assert.equal(key(await press('set-language', { language: 'fi' })), 'action-not-understood');
  });

  it('says so when a button is unknown, and nothing to whom it does not know', async () => {
    const { press, say } = await openTalk();
    assert.equal(key(await press('__proto__')), 'action-not-understood');
    assert.equal(key(await press('launch')), 'action-not-understood');
    assert.deepEqual((await say('hei', { member: 'nobody' })).say, []);
    assert.deepEqual((await say('hei', { programme: 'other' })).say, []);
  });

  it('says when it is too late to be told later, and when the programme does not speak a language', async () => {
    const small = programmeWith('saman', (raw) => {
      raw['languages'] = ['nn', 'nb'];
    });
    const { press } = await openTalk({ programme: small, nowMs: atOslo('2014-05-20T10:00') });
    const last = { event: 'sykefravaer-pulje-2-2014-04-28', until: 'next-week' };
    assert.equal(key(await press('snooze', last)), 'too-late-to-snooze');
    assert.equal(key(await press('set-language', { language: 'da' })), 'language-not-offered');
  });

  it('keeps two interleaved conversations apart', async () => {
    const { store, press } = await openTalk();
    const other = { member: 'gjovik-project-leader' };
    await Promise.all([
      press('set-language', { language: 'da' }),
      press('set-language', { language: 'en' }, other),
      press('handed-in', report, other),
    ]);
    assert.equal((await store.preferences.get('saman', voss))?.language, 'da');
    assert.equal((await store.preferences.get('saman', other.member))?.language, 'en');
    assert.deepEqual(
      (await store.submissions.list('saman')).map((each) => each.organisation),
      ['gjovik'],
    );
  });
});
