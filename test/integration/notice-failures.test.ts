import assert from 'node:assert/strict';
import type { Account } from '../../src/core/identity/types.js';
import { demoPeople } from '../../src/core/programme/demo-people.js';
import { programmeWith } from '../support/programmes.js';
import { pulseParts, type PulseParts } from '../support/pulse-parts.js';

const programme = programmeWith('saman');
const members = demoPeople(programme);
const boss = 'sekretariat-coordinator';
const leaders = members.filter((each) => each.roles[0] === 'network-leader').map((each) => each.id);
const [first, second, third] = leaders;
const account = (member: string, state: Account['state'] = 'active'): Account => ({
  ...{ programme: 'saman', id: `slack/T1/${member}`, member, platform: 'slack', workspace: 'slack/T1' },
  ...{ user: member, address: {}, state, at: '2014-01-01T00:00:00Z' },
  ...(state === 'unreachable' ? { reason: 'account_inactive' } : {}),
});
const TEXTS = { 'title-nb': 'Hei', 'body-nb': 'Tekst', instead: 'nb', role: 'network-leader' };

describe('a notice that does not reach everybody', () => {
  let parts: PulseParts;
  beforeEach(async () => {
    const accounts = [account(boss), account(first!), account(second!, 'unreachable')];
    parts = await pulseParts(programme, members, Date.parse('2014-03-03T08:00:00Z'), { accounts });
  });
  afterEach(() => parts.close());

  const press = async (verb: string, data: Record<string, string>, member = boss) => {
    const received = await parts.press(member, verb, data);
    await parts.samling.tick();
    return (received as { replace?: { template: string; data: any } }).replace;
  };
  const sent = () =>
    parts.got
      .filter((each) => /^notice\/[^/]+\/1\/(again-\d\/)?[^/]+$/.test(each.delivery))
      .map((each) => each.member);
  const make = async (values: Record<string, string> = {}) => {
    const card = await press('notice-make', { ...TEXTS, ...values });
    return card!.data as { id: string; unreached: { reason: string; count: number }[]; count: number };
  };

  it('says before it is sent who is not reached, and why', async () => {
    const { unreached, count } = await make();
    assert.deepEqual(
      [...unreached].sort((a, b) => a.count - b.count),
      [
        { reason: 'account_inactive', count: 1 },
        { reason: 'no-account', count: count - 2 },
      ],
    );
  });

  it('is tried again for those who are reached meanwhile, and for nobody twice', async () => {
    const { id } = await make();
    await press('notice-send', { notice: id });
    assert.deepEqual(sent(), [first]);
    const none = await press('notice-retry', { sending: `${id}/1` });
    assert.ok(none !== undefined);
    assert.deepEqual(sent(), [first]);
    await parts.store.accounts.put(account(second!), account(third!));
    await parts.samling.planner.replan('saman');
    parts.moment.ms += 3_600_000;
    await parts.samling.tick();
    await press('notice-retry', { sending: `${id}/1` });
    assert.deepEqual(sent().sort(), [first, second, third].sort());
    await press('notice-retry', { sending: `${id}/1` });
    assert.equal(sent().length, 3);
    const report = (await parts.store.sendings.get('saman', `${id}/1`))!;
    assert.equal(report.receivers.length, 3);
  });

  it('is not corrected, retried or taken back once more when it has been taken back', async () => {
    const { id } = await make();
    await press('notice-send', { notice: id });
    await press('notice-recall', { notice: id });
    assert.deepEqual(sent(), []);
    await press('notice-retry', { sending: `${id}/1` });
    await press('notice-resume', { sending: `${id}/1` });
    await press('notice-pause', { sending: `${id}/1` });
    await press('notice-cancel', { notice: id });
    await press('notice-recall', { notice: id });
    assert.equal((await parts.store.sendings.get('saman', `${id}/1`))?.state, 'recalled');
    assert.deepEqual(sent(), []);
  });

  it('reaches whom it still waits for in the words of its correction', async () => {
    parts.moment.ms = Date.parse('2014-03-03T20:00:00Z');
    const { id } = await make();
    await press('notice-send', { notice: id });
    assert.deepEqual(sent(), []);
    await press('notice-make', { ...TEXTS, notice: id, 'title-nb': 'Rettet' });
    await parts.advance(Date.parse('2014-03-04T09:00:00Z'));
    assert.deepEqual(sent(), [first]);
    const got = parts.got.find((each) => each.member === first && each.delivery.startsWith('notice/'));
    assert.match(got!.message.text, /Rettet/);
  });
});

describe('notices as a coordinator keeps them', () => {
  let parts: PulseParts;
  beforeEach(async () => {
    const alone = members.filter((each) => each.id !== `${boss}-2`);
    parts = await pulseParts(
      { ...programme, policy: { ...programme.policy, noticeYesOver: 1 } },
      alone,
      Date.parse('2014-03-03T08:00:00Z'),
    );
  });
  afterEach(() => parts.close());

  const press = async (verb: string, data: Record<string, string>, member = boss) => {
    const received = await parts.press(member, verb, data);
    await parts.samling.tick();
    return (received as { replace?: { template: string; data: any } }).replace;
  };
  const latest = () =>
    parts.got.filter((each) => each.member === boss && each.delivery.startsWith('reply/')).at(-1)!.message;

  it('cannot go to many when there is nobody else to say yes', async () => {
    const card = await press('notice-make', TEXTS);
    const asked = await press('notice-send', { notice: card!.data.id });
    assert.equal(asked?.data.state, 'asked');
    assert.match(latest().text, /ingen annen koordinator/);
    const edited = await press('notice-make', { ...TEXTS, notice: card!.data.id, role: 'coordinator' });
    assert.equal(edited?.data.state, 'draft');
  });

  it('are listed, opened, kept as templates and made into others', async () => {
    await press('notice-list', {});
    assert.match(latest().text, /ingen meldinger/);
    const { data } = (await press('notice-make', { ...TEXTS, date: '2014-05-01' }))!;
    const kept = await press('notice-template', { notice: data.id });
    assert.equal(kept?.data.isTemplate, true);
    await press('notice-list', {});
    assert.match(JSON.stringify(latest().card), /Mal/);
    assert.equal((await press('notice-open', { notice: data.id }))?.data.id, data.id);
    await press('notice-new', { from: data.id });
    assert.match(JSON.stringify(latest().card), /"value":"Hei"/);
    assert.doesNotMatch(JSON.stringify(latest().card), /2014-05-01/);
    await press('notice-edit', { notice: data.id });
    assert.match(JSON.stringify(latest().card), /2014-05-01/);
    const again = await press('notice-make', TEXTS);
    assert.notEqual(again?.data.id, data.id);
  });

  it('are decided once', async () => {
    const { data } = (await press('notice-make', { ...TEXTS, role: 'coordinator' }))!;
    const decided = await press('notice-approve', { notice: data.id }, boss);
    assert.equal(decided, undefined);
    await press('notice-preview', { notice: data.id, language: 'sv' });
    assert.match(latest().text, /Forhåndsvisning/);
    await press('notice-send', { notice: data.id });
    const after = await press('notice-send', { notice: data.id });
    assert.equal(after?.data.state, 'sent');
  });
});
