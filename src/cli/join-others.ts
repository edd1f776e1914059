import type { AccountDirectory } from '../core/identity/directory.js';
import type { Programmes } from '../core/ports/programmes.js';
import type { Samling } from '../main.js';
import { errorPart, type Log } from '../runtime/dispatcher.js';
import type { Change, Share } from '../runtime/sharing.js';

export interface JoinOptions {
  /** Left out where there are no others. */
  readonly share: Share | undefined;
  readonly samling: Samling;
  readonly directory: AccountDirectory;
  readonly programmes: Programmes;
  readonly log: Log;
}

/** This process among the others that work on the same store. */
export interface Joined {
  readonly tick: () => Promise<void>;
  stop(): Promise<void>;
}

/** What the directory is read from. */
const REACHED_BY = new Set(['accounts', 'preferences']);

/** Joins the others: one plans for all, and each hears what the others change. */
export async function joinOthers(options: JoinOptions): Promise<Joined> {
  const { share, samling, programmes, log } = options;
  if (share === undefined) return { tick: samling.tick, stop: () => Promise.resolve() };
  const refresh = createRefresh(options);
  const changed = (change: Change) => {
    for (const { id } of programmes.all()) {
      if (change !== undefined && change.programme !== id) continue;
      samling.planner.changed(id);
      if (change === undefined || REACHED_BY.has(change.kind)) refresh(id);
    }
  };
  const shared = await share({ log, due: samling.hub.dispatch, changed });
  return {
    tick: () => (shared.leads() ? samling.tick() : samling.dispatcher.start()),
    stop: () => shared.stop(),
  };
}

/** Reads a programme's directory anew, once for what comes while it is read. */
function createRefresh({ directory, log }: JoinOptions): (programme: string) => void {
  const reading = new Map<string, 'once' | 'again'>();
  const refresh = (programme: string): void => {
    if (reading.has(programme)) return void reading.set(programme, 'again');
    reading.set(programme, 'once');
    void directory
      .refresh(programme)
      .catch((error: unknown) => log.error({ programme, ...errorPart(error) }, 'reading accounts failed'))
      .then(() => {
        const isAgain = reading.get(programme) === 'again';
        reading.delete(programme);
        if (isAgain) refresh(programme);
      });
  };
  return refresh;
}
