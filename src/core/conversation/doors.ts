import type { Member } from '../members/types.js';
import { HOME_DOORS } from '../messages/schemas.js';
import type { Programme } from '../programme/schema.js';
import { mayAny, type Right } from '../rights/rights.js';

export type Door = (typeof HOME_DOORS)[number];

const RIGHTS: Readonly<Record<Door, Right>> = {
  notices: 'notice-send',
  gatherings: 'gathering-see',
  deadlines: 'deadline-see',
  pulses: 'pulse-manage',
  audit: 'audit-read',
};

/** What a member may do for others, beside asking and looking; most members nothing. */
export function doorsOf(programme: Programme, member: Member): readonly Door[] {
  return HOME_DOORS.filter((door) => mayAny(programme, member, RIGHTS[door]));
}
