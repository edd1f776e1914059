import { removeWorkspace, restoreWorkspace } from '../core/identity/workspaces.js';
import { repliesOf } from './interactions.js';
import type { PlatformHub } from './platform.js';
import type { UnreachableOptions } from './unreachable.js';

/** Creates what takes note that Samling was installed in a workspace, or removed from it. */
export function createWorkspaceChanges(options: UnreachableOptions): PlatformHub['workspaceChanged'] {
  const { store, programmes, directory, planner, clock } = options;
  return async (workspace, state) => {
    const nowMs = clock.nowMs();
    for (const programme of programmes.all()) {
      await store.transact(async (tables) => {
        if (state === 'active') {
          await restoreWorkspace(tables, programme, workspace, nowMs);
        } else {
          const answer = await removeWorkspace(tables, programme, workspace, nowMs);
          const about = { id: `removed/${workspace}/${String(nowMs)}`, programme: programme.id, member: '' };
          await tables.outbox.add(await repliesOf(options, tables, about, answer, nowMs));
        }
        await planner.replanIn(tables, programme.id);
      });
      await directory.refresh?.(programme.id);
      planner.changed(programme.id);
    }
  };
}
