import { createHash } from 'node:crypto';
import type { Fault as SlackFault } from '../../local/slack/faults.js';
import type { Fault as TeamsFault } from '../../local/teams/faults.js';
import type { World } from './world.js';

/** What a platform does to the first message of one in a hundred people, by the hundredth that they fall into. */
const IN_SLACK: ReadonlyMap<number, SlackFault> = new Map([
  [0, { kind: 'limited', retryAfterS: 1 }],
  [1, { kind: 'status', status: 500, takesEffect: false }],
  [2, { kind: 'status', status: 503, takesEffect: true }],
  [3, { kind: 'cut', takesEffect: false }],
  [4, { kind: 'cut', takesEffect: true }],
  [5, { kind: 'out-of-order' }],
]);
const IN_TEAMS: ReadonlyMap<number, TeamsFault> = new Map<number, TeamsFault>([
  [0, { kind: 'status', status: 429, retryAfter: '1' }],
  [1, { kind: 'status', status: 429 }],
  [2, { kind: 'status', status: 412 }],
  [3, { kind: 'status', status: 500 }],
  [4, { kind: 'status-after', status: 500 }],
  [5, { kind: 'status', status: 503 }],
  [6, { kind: 'status-after', status: 502 }],
  [7, { kind: 'cut', when: 'before' }],
  [8, { kind: 'cut', when: 'after' }],
  [9, { kind: 'out-of-order' }],
]);
/** A refusal that does not say for how long holds a workspace of Slack for half a minute: one in a thousand. */
const UNSAID: SlackFault = { kind: 'limited' };

/** What went wrong, by kind, and for whom a platform took the message and did not say so. */
export interface FaultsMet {
  readonly counts: ReadonlyMap<string, number>;
  /** Places as `World.receivers` names them. */
  readonly silent: ReadonlySet<string>;
}

/** Gives always the same number, from 0 to 999, to the same person. */
const lotOf = (text: string) => createHash('sha256').update(text).digest().readUInt16BE() % 1000;

/** Has both platforms fail from now on, always in the same way for the same person. */
export function failFromNowOn({ slack, teams, receivers }: World): FaultsMet {
  const counts = new Map<string, number>();
  const silent = new Set<string>();
  const meet = <F>(platform: string, name: string, fault: F, isSilent: boolean, place: string): F => {
    counts.set(`${platform} ${name}`, (counts.get(`${platform} ${name}`) ?? 0) + 1);
    if (isSilent) silent.add(place);
    return fault;
  };
  const inSlack = new Set([...receivers.values()].map(({ place }) => place.split(' ')[1] ?? place));
  slack.faults.plan(({ method, channel, nth }) => {
    if (method !== 'chat.postMessage' || nth > 1 || !inSlack.has(channel)) return undefined;
    const lot = lotOf(channel);
    const fault = lot === 999 ? UNSAID : IN_SLACK.get(Math.floor(lot / 10));
    if (fault === undefined) return undefined;
    return meet('slack', nameOf(fault), fault, false, channel);
  });
  teams.connector.faults(({ method, path, nth }) => {
    if (method !== 'POST' || nth > 1 || !path.endsWith('/activities')) return undefined;
    const place = decodeURIComponent(path.split('/')[4] ?? '');
    const lot = lotOf(place);
    const fault = IN_TEAMS.get(Math.floor(lot / 10));
    if (fault === undefined) return undefined;
    const isSilent = fault.kind === 'status-after' || (fault.kind === 'cut' && fault.when === 'after');
    return meet('teams', nameOf(fault), fault, isSilent, place);
  });
  return { counts, silent };
}

function nameOf(fault: SlackFault | TeamsFault): string {
  const { kind, ...rest } = fault;
  return [kind, ...Object.values(rest).map(String)].join(' ');
}
