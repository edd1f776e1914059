import assert from 'node:assert/strict';
import { noticeSchema } from '../../src/core/notices/definition.js';
import { demoPeople } from '../../src/core/programme/demo-people.js';
import { programmeWith } from '../support/programmes.js';
import { pulseParts, type PulseParts } from '../support/pulse-parts.js';

const EVENT = 'sykefravaer-pulje-2-2014-04-28';
const DEADLINE = 'arsrapport-2014';
const programme = programmeWith('saman');
const members = demoPeople(programme);
const leads = (network: string) => members.find((each) => each.networks.includes(network))!.id;

/** Everybody who may try, by what they are to network `sykefravaer-pulje-2` and to Voss, which takes part in it. */
const PEOPLE = {
  coordinator: 'sekretariat-coordinator-2',
  'own leader': leads('sykefravaer-pulje-2'),
  'other leader': leads('omdomme'),
  'own project leader': 'voss-project-leader',
  'other project leader': 'tromso-project-leader',
  employee: 'voss-employee',
} as const;
type Who = keyof typeof PEOPLE;

const texts = { sv: 'a', nb: 'a', nn: 'a', da: 'a', en: 'a' };
const filled = Object.fromEntries(
  programme.languages.flatMap((each) => [
    [`title-${each}`, 'A'],
    [`body-${each}`, 'B'],
  ]),
);

/** A deed, its data, and who may do it. Whoever is not named is refused, and nothing changes. */
const DEEDS: readonly (readonly [string, Record<string, string>, readonly Who[]])[] = [
  ['notice-make', { ...filled, network: 'sykefravaer-pulje-2' }, ['coordinator', 'own leader']],
  ['notice-edit', { notice: 'n' }, ['coordinator']],
  ['notice-send', { notice: 'n' }, ['coordinator']],
  ['notice-template', { notice: 'n' }, ['coordinator']],
  ['notice-people', { notice: 'n' }, ['coordinator']],
  ['notice-approve', { notice: 'asked' }, ['coordinator']],
  ['notice-refuse', { notice: 'asked' }, ['coordinator']],
  ['notice-cancel', { notice: 'n' }, ['coordinator']],
  ['notice-recall', { notice: 'n' }, ['coordinator']],
  ['notice-pause', { sending: 'sent/1' }, ['coordinator']],
  ['notice-resume', { sending: 'sent/1' }, ['coordinator']],
  ['notice-retry', { sending: 'sent/1' }, ['coordinator']],
  ['notice-report', { sending: 'sent/1' }, ['coordinator']],
  ['gathering-new', {}, ['coordinator', 'own leader', 'other leader']],
  ['gathering-edit', { event: EVENT }, ['coordinator', 'own leader']],
  [
    'gathering-make',
    { ...filled, event: EVENT, starts: '2014-05-05', network: 'sykefravaer-pulje-2' },
    ['coordinator', 'own leader'],
  ],
  ['gathering-cancel', { event: EVENT }, ['coordinator', 'own leader']],
  ['materials', { event: EVENT }, ['coordinator', 'own leader']],
  ['materials-send', { event: EVENT, text: 'x' }, ['coordinator', 'own leader']],
  ['gathering-pulse', { event: EVENT }, ['coordinator', 'own leader']],
  ['attendance', { event: EVENT }, ['coordinator', 'own leader']],
  ['attendance-send', { event: EVENT, present: '' }, ['coordinator', 'own leader']],
  [
    'gathering-list',
    {},
    ['coordinator', 'own leader', 'other leader', 'own project leader', 'other project leader'],
  ],
  [
    'rsvp',
    { event: EVENT, answer: 'yes', member: 'voss-political' },
    ['coordinator', 'own leader', 'own project leader'],
  ],
  [
    'deadline-open',
    { event: DEADLINE },
    ['coordinator', 'own leader', 'other leader', 'own project leader', 'other project leader'],
  ],
  ['deadline-accept', { event: DEADLINE, organisation: 'voss' }, ['coordinator', 'own leader']],
  ['deadline-return', { event: DEADLINE, organisation: 'voss', comment: 'x' }, ['coordinator', 'own leader']],
];

const REFUSED: readonly (string | undefined)[] = [
  ...['notice-not-allowed', 'gathering-not-allowed', 'attendance-not-allowed', 'deadline-not-allowed'],
  'unknown-event',
];
const LOST: readonly (string | undefined)[] = ['notice-gone', 'unknown-event'];

describe('what each may do', () => {
  let parts: PulseParts;
  beforeEach(async () => {
    parts = await pulseParts(programme, members, Date.parse('2014-04-29T08:00:00Z'));
    const notice = (id: string) =>
      noticeSchema.parse({ id, title: texts, body: texts, audience: { roles: ['coordinator'] } });
    const base = { programme: 'saman', by: 'sekretariat-coordinator', version: 1, isTemplate: false };
    await parts.store.notices.put(
      { ...base, id: 'n', notice: notice('n'), state: 'draft' },
      { ...base, id: 'asked', notice: notice('asked'), state: 'asked' },
      { ...base, id: 'sent', notice: notice('sent'), state: 'sent' },
    );
    await parts.store.sendings.put({
      ...{ programme: 'saman', id: 'sent/1', notice: 'sent', turn: '1', state: 'paused', receivers: [] },
      ...{ unreached: [], startedMs: 0, retries: 0, corrections: 0 },
    });
    const submission = { programme: 'saman', id: `${DEADLINE}/voss`, event: DEADLINE, organisation: 'voss' };
    await parts.store.submissions.put({
      ...submission,
      by: 'voss-project-leader',
      at: '2014-01-01T00:00:00Z',
    });
  });
  afterEach(() => parts.close());

  const world = async () => {
    const tables = [
      ...[parts.store.notices, parts.store.sendings, parts.store.gatherings, parts.store.rsvps],
      ...[
        parts.store.attendance,
        parts.store.submissions,
        parts.store.works,
        parts.store.pulses,
        parts.store.audit,
      ],
    ];
    return JSON.stringify(await Promise.all(tables.map((each) => each.list('saman'))));
  };

  /** The sentence that a member is answered; another card, or nothing. */
  const statementTo = async (member: string) => {
    const all = await parts.store.outbox.ofMember('saman', member, 20);
    const replies = all.filter((each) => each.kind === 'reply' && each.urgent);
    const last = replies.at(-1)?.data as
      { message: { template: string; data: { key?: string } } } | undefined;
    return last === undefined ? 'nothing' : (last.message.data.key ?? last.message.template);
  };

  for (const [verb, data, allowed] of DEEDS) {
    for (const who of Object.keys(PEOPLE) as Who[]) {
      const mayDo = allowed.includes(who);
      it(`${verb}: ${who} ${mayDo ? 'may' : 'may not'}`, async () => {
        const before = await world();
        const received = await parts.press(PEOPLE[who], verb, data);
        const said = await statementTo(PEOPLE[who]);
        const replaced = received.kind === 'handled' && received.replace !== undefined;
        if (mayDo) {
          assert.ok((replaced || said !== 'nothing') && !REFUSED.includes(said), said);
          return;
        }
        const form = replaced ? JSON.stringify(received.replace) : '';
        assert.ok(form.includes('foreign') || REFUSED.includes(said), said);
        assert.equal(await world(), before);
      });
    }
  }

  for (const [verb, data] of DEEDS) {
    if (Object.keys(data).every((key) => !['event', 'notice', 'sending'].includes(key))) continue;
    it(`${verb}: says so when what it is about is not there`, async () => {
      const before = await world();
      const lost = { ...data, ...(data['event'] && { event: 'x' }), ...(data['notice'] && { notice: 'x' }) };
      await parts.press(PEOPLE.coordinator, verb, { ...lost, ...(data['sending'] && { sending: 'x' }) });
      assert.equal(await world(), before);
      assert.ok(LOST.includes(await statementTo(PEOPLE.coordinator)));
    });
  }
});
