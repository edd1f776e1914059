import type { BoxKey } from '../../core/ports/ballots.js';

/** Whole boxes, for moving them and for backups: answers under their hashes, of nobody. */
export interface Boxes {
  /** The rounds that have a box. */
  rounds(): Promise<readonly BoxKey[]>;
  /** Everything in a box: bodies by hash (`packed.ts`). */
  bodies(key: BoxKey): Promise<ReadonlyMap<string, Buffer>>;
  /** Puts everything into a box, beside what is there; what lies under the same hash is replaced. */
  fill(key: BoxKey, bodies: ReadonlyMap<string, Buffer>): Promise<void>;
}
