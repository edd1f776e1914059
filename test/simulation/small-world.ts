import { accountId, type Account } from '../../src/core/identity/types.js';
import { noticeSchema } from '../../src/core/notices/definition.js';
import { noticeRowSchema, type NoticeRow } from '../../src/core/notices/types.js';
import type { Member } from '../../src/core/members/types.js';
import type { Programme } from '../../src/core/programme/schema.js';
import { programmeWith } from '../support/programmes.js';
import { pulseWith } from '../support/pulse-parts.js';

/** The programme's year without its summer, over both changes of the clock. */
export const START_MS = Date.parse('2013-09-02T05:00:00Z');
export const END_MS = Date.parse('2014-06-25T05:00:00Z');

export const IDS = ['north', 'south'] as const;

/** Two organisations, two gatherings and two deadlines; every text says whose it is. */
function smallProgramme(id: string, months: readonly string[]): Programme {
  const [first, second, third, fourth] = months;
  return programmeWith('saman', (raw) => {
    const roles = ['coordinator', 'project-leader', 'employee'];
    raw['id'] = id;
    raw['languages'] = ['nb', 'nn'];
    raw['name'] = id;
    raw['about'] = id;
    raw['cohorts'] = [];
    raw['networks'] = [];
    raw['themes'] = [];
    raw['roles'] = (raw['roles'] as { id: string }[]).filter((each) => roles.includes(each.id));
    raw['organisations'] = [
      { id: 'sekretariat', name: `Kontor (${id})` },
      { id: 'dal', name: `Dal (${id})`, languages: ['nb'] },
      { id: 'fjell', name: `Fjell (${id})`, languages: ['nn'] },
    ];
    const audience = { roles: ['project-leader', 'employee'] };
    raw['gatherings'] = [first, third].map((day, index) => ({
      ...{ id: `samling-${String(index)}`, kind: 'other', title: `Samling ${String(index)} (${id})` },
      ...{ starts: day, audience },
    }));
    raw['deadlines'] = [second, fourth].map((day, index) => ({
      ...{ id: `rapport-${String(index)}`, title: `Rapport ${String(index)} (${id})` },
      ...{ due: day, audience: { roles: ['project-leader'] } },
    }));
    raw['policy'] = {
      ...(raw['policy'] as object),
      ...{ gatheringLeadDays: [7, 1], deadlineLeadDays: [14, 3], overdueDays: [1] },
      ...{ maxMessagesPerDay: 5, escalation: [{ afterDays: 3, to: 'coordinator' }] },
    };
  });
}

export const programmes: readonly Programme[] = [
  smallProgramme('north', ['2013-10-28', '2014-02-03', '2014-03-31', '2014-05-15']),
  smallProgramme('south', ['2013-10-29', '2013-12-02', '2014-03-31', '2014-06-16']),
];

/** The workspace of each organisation. One of them knows what arrived, the other cannot tell. */
const WORKSPACES = { sekretariat: 'slack/T1', dal: 'slack/T1', fjell: 'teams/t2' } as const;

export const members: readonly Member[] = IDS.flatMap((programme) => {
  const member = (organisation: keyof typeof WORKSPACES, role: string): Member => ({
    ...{ programme, id: `${organisation}-${role}`, organisation, roles: [role], networks: [], active: true },
  });
  return [
    member('sekretariat', 'coordinator'),
    member('dal', 'project-leader'),
    member('dal', 'employee'),
    member('fjell', 'project-leader'),
    member('fjell', 'employee'),
  ];
});

/** People are the same in both programmes, and have one account in the workspace of their organisation. */
export const accounts: readonly Account[] = members.map(({ programme, id, organisation }) => {
  const workspace = WORKSPACES[organisation as keyof typeof WORKSPACES];
  const platform = workspace.startsWith('slack') ? ('slack' as const) : ('teams' as const);
  const user = `U-${id}`;
  return {
    ...{ programme, id: accountId(workspace, user), member: id, platform, workspace, user, address: {} },
    ...{ state: 'active', at: '2013-09-01T00:00:00Z' },
  };
});

/** Asked once in each; five people are too few to be shown anything of. */
export const pulses = [
  ['north', '2014-01-14'],
  ['south', '2013-11-12'],
].map(([programme = '', starts]) => {
  const audience = { roles: ['project-leader', 'employee'] };
  const pulse = pulseWith({ title: `Nærvær (${programme})`, schedule: { starts }, audience });
  return { programme, id: pulse.id, pulse, state: 'active' as const, by: 'x' };
});

/** What a notice says, by which it is known. */
export const noticeTitle = (programme: string) => `Nytt fra kontoret (${programme})`;

/** One to everybody in each, on the first working day after a change of the clock. */
export const notices: readonly NoticeRow[] = [
  ['north', '2013-10-28'],
  ['south', '2014-03-31'],
].map(([programme = '', date]) => {
  const both = (text: string) => ({ nb: text, nn: text });
  const notice = noticeSchema.parse({
    ...{ id: 'nytt', title: both(noticeTitle(programme)), body: both(`Les dette (${programme}).`) },
    ...{ audience: {}, ask: 'read', when: { date } },
  });
  const row = { programme, id: notice.id, notice, state: 'scheduled', by: 'sekretariat-coordinator' };
  return noticeRowSchema.parse({ ...row, version: 1 });
});
