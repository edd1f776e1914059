import type { Log } from './dispatcher.js';

/** What another process has written; undefined: nobody knows what, since for a while nothing was heard. */
export type Change = { readonly kind: string; readonly programme: string } | undefined;

export interface ShareOptions {
  readonly log: Log;
  /** Told that there may be something to send in lanes of this process. */
  readonly due: () => void;
  /** Told that another process has changed something. */
  readonly changed: (change: Change) => void;
}

/** One of the processes that work on a store. */
export interface Shared {
  /** Whether this process does what one does for all of them: planning. */
  leads(): boolean;
  /** Gives its lanes to the others; what is under way in them has to have ended before. */
  stop(): Promise<void>;
}

/**
 * Joins the processes that work on a store. From then on the store's outbox gives this process lanes of its own only:
 * each lane is worked by one process at a time, and by another when that dies.
 */
export type Share = (options: ShareOptions) => Promise<Shared>;
