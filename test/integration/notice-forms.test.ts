import assert from 'node:assert/strict';
import { demoPeople } from '../../src/core/programme/demo-people.js';
import { programmeWith } from '../support/programmes.js';
import { buttonData, pulseParts, type PulseParts } from '../support/pulse-parts.js';

const programme = programmeWith('saman', (raw) => {
  raw['policy'].noticeYesOver = 16;
});
const network = programme.networks.find((each) =>
  programme.organisations.some((one) => one.networks.includes(each.id)),
)!.id;
const day = (text: string) => Date.parse(`${text}Z`);
const members = demoPeople(programme);
const boss = 'sekretariat-coordinator';

const leader = members.find((each) => each.networks.includes(network))!;

const TEXTS = {
  'title-nb': 'Nytt om samlingen',
  'body-nb': 'Vi møtes i **Molde**.',
  'title-nn': 'Nytt om samlinga',
  'body-nn': 'Vi møtest i **Molde**.',
};

describe('what a form of a notice does not ask', () => {
  let parts: PulseParts;
  beforeEach(async () => {
    parts = await pulseParts(programme, members, day('2014-03-03T08:00:00'));
  });
  afterEach(() => parts.close());

  const press = async (verb: string, data: Record<string, string | number>, member = boss) => {
    const received = await parts.press(member, verb, data);
    const replace = received.kind === 'handled' ? received.replace : undefined;
    await parts.samling.tick();
    return replace as { template: string; data: any } | undefined;
  };
  const latest = (member: string) =>
    parts.got.filter((each) => each.member === member && each.delivery.startsWith('reply/')).at(-1)?.message;
  const make = async (values: Record<string, string> = {}, member = boss) => {
    const card = await press('notice-make', { ...TEXTS, ...values }, member);
    return card!;
  };
  const rows = () => parts.store.notices.list('saman');
  const idOf = async () => (await rows())[0]!.id;

  it('is corrected by the leader of a network with what the form of a correction has', async () => {
    const title = { nb: 'Til nettverket', nn: 'Til nettverket' };
    const audience = { networks: [network], roles: ['project-leader', 'project-owner'] };
    await make({ network, role: 'project-leader' }, leader.id);
    const id = await idOf();
    const row = (await rows())[0]!;
    await parts.store.notices.put({ ...row, notice: { ...row.notice, title, audience } });
    await press('notice-send', { notice: id }, leader.id);
    // A correction asks for texts, picture, link and gathering only.
    await press('notice-make', { ...TEXTS, notice: id, 'title-nb': 'Rettet' }, leader.id);
    const corrected = (await rows())[0]!;
    assert.equal(corrected.version, 2);
    assert.deepEqual(corrected.notice.audience, audience);
    assert.equal(corrected.notice.title.nb, 'Rettet');
  });

  it('made of another, or changed, goes to whom that goes where the form does not say otherwise', async () => {
    await make({ role: 'project-leader' });
    const id = await idOf();
    const row = (await rows())[0]!;
    const audience = { roles: ['project-leader', 'project-owner'], organisations: ['voss', 'stord'] };
    await parts.store.notices.put({ ...row, notice: { ...row.notice, audience } });
    const shown = { ...TEXTS, role: 'project-leader', organisation: 'voss' };
    await press('notice-make', { ...shown, notice: id, 'title-nb': 'Endret' });
    assert.deepEqual((await rows())[0]?.notice.audience, audience);
    await press('notice-new', { from: id });
    assert.deepEqual(buttonData(latest(boss)!.card, 'notice-make'), { from: id });
    await press('notice-make', { ...shown, from: id, 'title-nb': 'Et annet' });
    assert.deepEqual((await rows())[1]?.notice.audience, audience);
    await press('notice-new', { from: id }, leader.id);
    assert.deepEqual(
      buttonData(latest(leader.id)!.card, 'notice-make'),
      {},
      'it is not the leader’s to copy',
    );
  });
});
