import type { Talk } from '../conversation/context.js';
import { may, type Right } from '../rights/rights.js';
import type { NoticeRow } from './types.js';

/** Whoever may for the whole programme acts on every notice, others on their own. */
export function mayFollow(
  { state, member }: Pick<Talk, 'state' | 'member'>,
  row: NoticeRow,
  right: Right = 'notice-send',
): boolean {
  return may(state.programme, member, right) || (right === 'notice-send' && row.by === member.id);
}
