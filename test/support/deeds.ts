import { noticeSchema } from '../../src/core/notices/definition.js';
import type { Store } from '../../src/core/ports/store.js';
import { demoPeople } from '../../src/core/programme/demo-people.js';
import { programmeWith } from './programmes.js';

export const EVENT = 'sykefravaer-pulje-2-2014-04-28';
export const DEADLINE = 'arsrapport-2014';
export const programme = programmeWith('saman');
export const members = demoPeople(programme);
const leads = (network: string) => members.find((each) => each.networks.includes(network))!.id;

/** Everybody who may try, by what they are to network `sykefravaer-pulje-2` and to Voss, which takes part in it. */
export const PEOPLE = {
  coordinator: 'sekretariat-coordinator-2',
  'own leader': leads('sykefravaer-pulje-2'),
  'other leader': leads('omdomme'),
  'own project leader': 'voss-project-leader',
  'other project leader': 'tromso-project-leader',
  employee: 'voss-employee',
} as const;
export type Who = keyof typeof PEOPLE;

const texts = { sv: 'a', nb: 'a', nn: 'a', da: 'a', en: 'a' };
const filled = Object.fromEntries(
  programme.languages.flatMap((each) => [
    [`title-${each}`, 'A'],
    [`body-${each}`, 'B'],
  ]),
);

/** The day of the deeds: the gathering is under way. */
export const START_MS = Date.parse('2014-04-29T08:00:00Z');

/** A deed, its data, and who may do it. Whoever is not named is refused, and nothing changes. */
export const DEEDS: readonly (readonly [string, Record<string, string>, readonly Who[]])[] = [
  ['notice-make', { ...filled, network: 'sykefravaer-pulje-2' }, ['coordinator', 'own leader']],
  ['notice-count', { network: 'sykefravaer-pulje-2' }, ['coordinator', 'own leader', 'other leader']],
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

/** What those are told who may not. */
export const REFUSED: readonly (string | undefined)[] = [
  ...['notice-not-allowed', 'gathering-not-allowed', 'attendance-not-allowed', 'deadline-not-allowed'],
  'unknown-event',
];

/** What the deeds are done to. */
export async function putDeeds(store: Store): Promise<void> {
  const notice = (id: string) =>
    noticeSchema.parse({ id, title: texts, body: texts, audience: { roles: ['coordinator'] } });
  const base = { programme: 'saman', by: 'sekretariat-coordinator', version: 1, isTemplate: false };
  await store.notices.put(
    { ...base, id: 'n', notice: notice('n'), state: 'draft' },
    { ...base, id: 'asked', notice: notice('asked'), state: 'asked' },
    { ...base, id: 'sent', notice: notice('sent'), state: 'sent' },
  );
  await store.sendings.put({
    ...{ programme: 'saman', id: 'sent/1', notice: 'sent', turn: '1', state: 'paused', receivers: [] },
    ...{ unreached: [], startedMs: 0, retries: 0, corrections: 0 },
  });
  const submission = { programme: 'saman', id: `${DEADLINE}/voss`, event: DEADLINE, organisation: 'voss' };
  await store.submissions.put({ ...submission, by: 'voss-project-leader', at: '2014-01-01T00:00:00Z' });
}

const tablesOf = (store: Store) => [
  ...[store.notices, store.sendings, store.gatherings, store.rsvps, store.attendance],
  ...[store.submissions, store.works, store.pulses, store.audit],
];

/** All that a deed could change. */
export async function deedsDone(store: Store): Promise<string> {
  return JSON.stringify(await Promise.all(tablesOf(store).map((each) => each.list('saman'))));
}

/** Undoes all deeds. */
export async function undoDeeds(store: Store): Promise<void> {
  for (const table of tablesOf(store)) {
    const rows = await table.list('saman');
    await table.remove(
      'saman',
      rows.map(({ id }) => id),
    );
  }
  await putDeeds(store);
}
