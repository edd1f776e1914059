import { readFileSync } from 'node:fs';
import { pickAudience, type Population } from '../src/core/members/audience.js';
import { matchesAudience } from '../src/core/members/member-view.js';
import type { Member, Preferences } from '../src/core/members/types.js';
import { checkProgramme } from '../src/core/programme/check.js';
import type { Audience } from '../src/core/programme/schema.js';
import { median, report, timeMs } from './support.js';

/**
 * Picking an audience out of 100,000 members by rules of three parts, and by one that names organisations one by one.
 * Peers: asking each member by itself what the rule says of it, and the least that any picking must do, reading each
 * member's organisation once.
 */
const MEMBERS = 100_000;
const RUNS = 15;

const file: unknown = JSON.parse(
  readFileSync(new URL('../data/programmes/saman.json', import.meta.url), 'utf8'),
);
const { programme } = checkProgramme('saman.json', file);
if (programme === undefined) throw new TypeError('The programme of the bench is wrong.');

const roles = programme.roles.map((each) => each.id);
const places = programme.organisations.map((each) => each.id);
const networks = programme.networks.map((each) => each.id);
const PARTIES = ['political', 'administrative', 'union'] as const;

const members = Array.from({ length: MEMBERS }, (_, index): Member => {
  const party = PARTIES[index % 4];
  return {
    programme: programme.id,
    id: `member-${String(index)}`,
    organisation: places[index % places.length] ?? '',
    roles: [roles[index % roles.length] ?? ''],
    // One of a hundred leads a network of their own.
    networks: index % 100 === 0 ? [networks[index % networks.length] ?? ''] : [],
    active: index % 50 !== 0,
    ...(party === undefined ? {} : { party }),
  };
});
const preferences = new Map(
  members
    .filter((_, index) => index % 3 === 0)
    .map(({ id }, index): [string, Preferences] => [
      id,
      { programme: programme.id, id, language: index % 2 === 0 ? 'nn' : 'nb' },
    ]),
);
const population: Population = { programme, members, preferences };

const RULES: Readonly<Record<string, Audience>> = {
  'role, network, language': {
    roles: roles.slice(0, 2),
    networks: networks.slice(0, 2),
    languages: ['nn'],
  },
  'party, cohort, theme': {
    parties: ['union'],
    cohorts: programme.cohorts.slice(0, 1).map((each) => each.id),
    themes: programme.themes.slice(0, 2).map((each) => each.id),
  },
  'role, party, organisations': {
    roles: roles.slice(0, 3),
    parties: ['political', 'union'],
    organisations: places.slice(0, 8),
  },
};

async function middleOf(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) times.push(await timeMs(work));
  return median(times);
}

const least = await middleOf(() => {
  let count = 0;
  for (const { organisation, active } of members) if (active && organisation !== '') count += 1;
  return count;
});
const rows: Record<string, string | number>[] = [];
let worst = 0;
for (const [rule, audience] of Object.entries(RULES)) {
  const picked = pickAudience(population, audience).length;
  const own = await middleOf(() => pickAudience(population, audience));
  const plain = await middleOf(() =>
    members.filter((each) => each.active && matchesAudience(programme, each, audience)),
  );
  worst = Math.max(worst, own);
  rows.push({
    rule,
    picked,
    ms: own.toFixed(1),
    'one by one, ms': plain.toFixed(1),
    'least, ms': least.toFixed(2),
    'of the least': (own / least).toFixed(1),
  });
}
report('audience', rows, { 'ms for 100,000 members, the slowest rule': { value: worst, goal: '< 50' } });
