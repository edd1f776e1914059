import { markUnreachable } from '../core/identity/admission.js';
import { accountsOf } from '../core/identity/accounts.js';
import { accountId } from '../core/identity/types.js';
import type { Directory } from '../core/ports/directory.js';
import type { Clock } from '../core/ports/environment.js';
import type { Programmes } from '../core/ports/programmes.js';
import type { Store } from '../core/ports/store.js';
import type { OnUnreachable } from './dispatcher.js';
import { repliesOf, type SpeakAt } from './interactions.js';
import type { Planner } from './planner.js';

export interface UnreachableOptions {
  readonly store: Store;
  readonly programmes: Programmes;
  readonly directory: Directory;
  readonly planner: Planner;
  readonly clock: Clock;
  readonly speakAt?: SpeakAt;
}

/** Creates what remembers that an account reaches nobody, and tells the coordinators once. */
export function createUnreachable(options: UnreachableOptions): OnUnreachable {
  const { store, programmes, directory, planner, clock } = options;
  return async (entry, to, reason) => {
    const programme = programmes.get(entry.programme);
    const user = to.account['user'];
    if (programme === undefined || user === undefined) return 'give-up';
    await store.transact(async (tables) => {
      const account = await tables.accounts.get(programme.id, accountId(to.workspace, user));
      if (account?.state !== 'active') return;
      const nowMs = clock.nowMs();
      const answer = await markUnreachable(tables, programme, account, reason, nowMs);
      // The instant of the linking: somebody who comes back and leaves again is told of again.
      const about = {
        id: `unreachable/${account.id}/${account.at}`,
        programme: programme.id,
        member: entry.member,
      };
      await tables.outbox.add(await repliesOf(options, tables, about, answer, nowMs));
      await planner.replanIn(tables, programme.id);
    });
    await directory.refresh?.(programme.id);
    planner.changed(programme.id);
    return directory.laneOf(programme.id, entry.member) === undefined ? 'give-up' : 'try-again';
  };
}

/** Creates what takes note that a platform says of a person that they are gone, in every programme that knows them. */
export function createPersonGone(
  { store, programmes }: Pick<UnreachableOptions, 'store' | 'programmes'>,
  onUnreachable: OnUnreachable,
): (workspace: string, user: string, reason: string) => Promise<void> {
  return async (workspace, user, reason) => {
    for (const { programme, member } of await accountsOf(store, programmes, workspace, user)) {
      await onUnreachable({ programme, member }, { programme, member, workspace, account: { user } }, reason);
    }
  };
}
