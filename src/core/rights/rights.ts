import { organisationOf, roleKindsOf } from '../members/member-view.js';
import type { Member } from '../members/types.js';
import type { Programme, RoleKind } from '../programme/schema.js';

/** How far a right reaches: the whole programme, the networks one leads, the own organisation, oneself. */
export type Reach = 'programme' | 'network' | 'organisation' | 'self';

type Row = Partial<Record<RoleKind, Reach>>;

const everyone: Record<RoleKind, Reach> = {
  coordinator: 'self',
  'network-leader': 'self',
  'project-leader': 'self',
  'project-owner': 'self',
  'minute-taker': 'self',
  representative: 'self',
  employee: 'self',
  adviser: 'self',
};
const coordinators: Row = { coordinator: 'programme' };
const leaders: Row = { coordinator: 'programme', 'network-leader': 'network' };

/** Who may do what, and for whom: the one place that says so. A role that is not named may not. */
export const RIGHTS = {
  /** Write, preview, send, pause, correct and recall notices. */
  'notice-send': leaders,
  /** Send in quiet hours. */
  'notice-urgent': coordinators,
  /** Say yes to somebody else's notice to many. */
  'notice-approve': coordinators,
  /** Make, change, move and cancel gatherings. */
  'gathering-edit': leaders,
  /** See who comes, who is missing. */
  'gathering-see': { ...leaders, 'project-leader': 'organisation' },
  /** Say for oneself whether one comes. */
  'gathering-answer': everyone,
  /** Say whether others come. */
  'gathering-answer-others': { ...leaders, 'project-leader': 'organisation' },
  /** Take down who was there. */
  'attendance-take': { ...leaders, 'minute-taker': 'network' },
  /** Send what was shown to those who came and those who did not. */
  'materials-send': leaders,
  /** See how far organisations are with what they hand in. */
  'deadline-see': { ...leaders, 'project-leader': 'organisation', 'project-owner': 'organisation' },
  /** Hand in, begin, take back. */
  'deadline-hand-in': {
    coordinator: 'programme',
    'project-leader': 'organisation',
    'project-owner': 'organisation',
  },
  /** Accept what was handed in, or send it back. */
  'deadline-accept': leaders,
  /** Make, start, follow and close pulses. */
  'pulse-manage': coordinators,
  /** Answer what nobody's article answers, and save articles. */
  'enquiry-answer': leaders,
  /** Admit people to the programme. */
  'access-decide': coordinators,
  /** A calendar address of one's own, and of the networks and programme one sees. */
  'feed-own': everyone,
  /** Read and export what was done. */
  'audit-read': leaders,
} as const satisfies Readonly<Record<string, Row>>;

/** Something that not everybody may do. */
export type Right = keyof typeof RIGHTS;

/** For whom something is done; `{}` is the whole programme. */
export interface Target {
  readonly organisation?: string | undefined;
  readonly network?: string | undefined;
  readonly member?: string | undefined;
}

/** How far each of a member's roles carries a right; empty when none does. */
export function reachesOf(programme: Programme, member: Member, right: Right): readonly Reach[] {
  const row: Row = RIGHTS[right];
  const reaches: Reach[] = [];
  for (const kind of roleKindsOf(programme, member)) {
    const reach = row[kind];
    if (reach !== undefined && !reaches.includes(reach)) reaches.push(reach);
  }
  return reaches;
}

/** Whether a member may do something at all, for some target. */
export function mayAny(programme: Programme, member: Member, right: Right): boolean {
  return member.active && reachesOf(programme, member, right).length > 0;
}

/** Whether a member may do something for a target. */
export function may(programme: Programme, member: Member, right: Right, target: Target = {}): boolean {
  if (!member.active || member.programme !== programme.id) return false;
  return reachesOf(programme, member, right).some((reach) => covers(programme, member, reach, target));
}

function covers(programme: Programme, member: Member, reach: Reach, target: Target): boolean {
  switch (reach) {
    case 'programme':
      return true;
    case 'network':
      return coversNetwork(programme, member, target);
    case 'organisation':
      return target.organisation === member.organisation && target.network === undefined;
    case 'self':
      return target.member === member.id;
  }
}

/** A network named, or an organisation that takes part in one; led or taken down by the member. */
function coversNetwork(programme: Programme, member: Member, { network, organisation }: Target): boolean {
  if (network !== undefined && !member.networks.includes(network)) return false;
  if (organisation === undefined) return network !== undefined;
  const own = organisationOf(programme, organisation)?.networks ?? [];
  return own.some((each) => member.networks.includes(each));
}
