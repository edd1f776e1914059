import { isoInstant } from '../calendar/iso-instant.js';
import { statement } from '../conversation/context.js';
import { roleKindsOf } from '../members/member-view.js';
import type { Answer } from '../ports/interaction.js';
import type { Tables } from '../ports/store.js';
import type { Programme } from '../programme/schema.js';

const UNINSTALLED = 'uninstalled';

/** Nobody is reached in a workspace that has removed Samling; the coordinators are told once, with how many. */
export async function removeWorkspace(
  tables: Tables,
  programme: Programme,
  workspace: string,
  nowMs: number,
): Promise<Answer> {
  const gone = (await tables.accounts.list(programme.id)).filter(
    (each) => each.workspace === workspace && each.state === 'active',
  );
  if (gone.length === 0) return { say: [] };
  const at = isoInstant(nowMs);
  await tables.accounts.put(
    ...gone.map((each) => ({ ...each, state: 'unreachable' as const, reason: UNINSTALLED, at })),
  );
  const members = await tables.members.list(programme.id);
  const coordinators = members.filter(
    (each) => each.active && roleKindsOf(programme, each).includes('coordinator'),
  );
  const notice = statement('workspace-removed', 'problem', { count: gone.length });
  return {
    say: [],
    tell: coordinators.map((each) => ({ member: each.id, message: notice })),
    replan: true,
  };
}

/** Those who were reached in a workspace before it removed Samling are reached there again. */
export async function restoreWorkspace(
  tables: Tables,
  programme: Programme,
  workspace: string,
  nowMs: number,
): Promise<boolean> {
  const back = (await tables.accounts.list(programme.id)).filter(
    (each) => each.workspace === workspace && each.reason === UNINSTALLED,
  );
  const at = isoInstant(nowMs);
  await tables.accounts.put(
    ...back.map(({ reason, ...each }) => ({ ...each, state: 'active' as const, at })),
  );
  return back.length > 0;
}
