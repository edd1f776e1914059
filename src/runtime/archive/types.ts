import type { BoxKey } from '../../core/ports/ballots.js';
import type { Row } from '../../core/ports/store.js';

/** One stored thing, as every store has it. */
export interface StoredRow {
  readonly table: string;
  readonly programme: string;
  readonly id: string;
  readonly row: Row;
}

/** The answers of an open round, packed and sealed with the round's own key, which lies in the folder of keys. */
export interface SealedBox extends BoxKey {
  readonly sealed: Buffer;
}

/** A whole store as it was at one moment, also while others write. */
export interface StoreReader {
  /** Boxes of rounds that are not closed. Asked for first. */
  boxes(): AsyncIterable<SealedBox>;
  /** All rows, those of one table and programme together, in the order in which they came. */
  rows(): AsyncIterable<StoredRow>;
  close(): Promise<void>;
}

/** Fills an empty store: all of it, or nothing. One call at a time. */
export interface StoreWriter {
  /** @throws SamlingError `BALLOT_KEY_MISSING` when the round's key is not there. */
  box(box: SealedBox): Promise<void>;
  /** Rows of one table and programme come together. */
  row(row: StoredRow): Promise<void>;
  /** What `commit` will make true, read back from where it lies. */
  rows(): AsyncIterable<StoredRow>;
  commit(): Promise<void>;
  /** Leaves the store empty; does nothing after `commit`. */
  abandon(): Promise<void>;
}
