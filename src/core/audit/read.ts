import type { Member } from '../members/types.js';
import { may, mayAny } from '../rights/rights.js';
import type { ProgrammeState } from '../reminders/member-state.js';
import type { AuditEntry } from './types.js';

/**
 * The acts that a member may see, the newest first: all for the whole programme; a network leader sees the own acts and
 * those of others who lead or take down the same networks.
 *
 * @returns undefined for whom the log is not.
 */
export function auditFor(
  { state, member }: { readonly state: ProgrammeState; readonly member: Member },
  entries: readonly AuditEntry[],
): readonly AuditEntry[] | undefined {
  const { programme, members } = state;
  if (!mayAny(programme, member, 'audit-read')) return undefined;
  const seesAll = may(programme, member, 'audit-read');
  const seen = new Set(
    members
      .filter((each) => each.networks.some((network) => may(programme, member, 'audit-read', { network })))
      .map((each) => each.id),
  );
  return entries
    .filter(({ by }) => seesAll || by === member.id || seen.has(by))
    .sort((a, b) => (a.at === b.at ? (a.id < b.id ? 1 : -1) : a.at < b.at ? 1 : -1));
}
