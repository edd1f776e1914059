import { languageOf } from '../members/member-view.js';
import type { Member } from '../members/types.js';
import type { Talk } from '../conversation/context.js';
import type { Tables } from '../ports/store.js';
import type { ProgrammeState } from '../reminders/member-state.js';
import { audienceOf, type Values } from './form.js';
import { checkAudience, type Issue } from './issues.js';
import type { AudienceCounts } from './messages.js';
import { reasonsOf, type Reach } from './sending.js';
import type { NoticeRow } from './types.js';

/** What an audience is counted with. */
export interface Counting {
  readonly tables: Tables;
  readonly state: ProgrammeState;
  readonly reach: Reach;
}

/** An audience by language, by platform, and who is reached nowhere and why. */
export async function countsOf(
  { state, tables, reach }: Counting,
  receivers: readonly Member[],
): Promise<AudienceCounts> {
  const { programme, preferences } = state;
  const why = await reasonsOf(tables, programme.id);
  const languages = new Map<AudienceCounts['languages'][number]['language'], number>();
  const platforms = new Map<string, number>();
  const reasons = new Map<string, number>();
  for (const member of receivers) {
    const lane = reach.laneOf(programme.id, member.id);
    if (lane === undefined) add(reasons, why(member.id));
    else add(platforms, reach.platformOf(lane));
    add(languages, languageOf(programme, member, preferences.get(member.id)));
  }
  return {
    count: receivers.length,
    languages: mostFirst(languages).map(([language, count]) => ({ language, count })),
    platforms: mostFirst(platforms).map(([platform, count]) => ({ platform, count })),
    unreached: mostFirst(reasons).map(([reason, count]) => ({ reason, count })),
  };
}

function add<K>(map: Map<K, number>, key: K): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}

function mostFirst<K>(map: ReadonlyMap<K, number>): readonly (readonly [K, number])[] {
  return [...map].sort((a, b) => b[1] - a[1]);
}

/** Whom a form would reach as it stands, or what is wrong with that; what else is typed does not matter yet. */
export async function countForm(
  talk: Talk & Counting,
  values: Values,
  model?: NoticeRow,
): Promise<{ readonly counts?: AudienceCounts; readonly issues: readonly Issue[] }> {
  const audience = audienceOf(values, model?.notice.audience);
  const { receivers, issues } = checkAudience('notice', audience, talk.state, talk);
  return issues.length > 0 ? { issues } : { counts: await countsOf(talk, receivers), issues };
}
