import type { BoxKey } from '../../../../core/ports/ballots.js';
import { SamlingError } from '../../../../core/errors.js';
import { boxName } from '../../../../runtime/ballots/hashes.js';
import { neededBytes, pack, roomFor, seal, unpack, unseal } from '../../../../runtime/ballots/packed.js';
import type { Session } from '../transaction.js';
import type { BallotKey, KeyFolder } from './key-folder.js';

/** A box as it was read, or written. */
export interface Seen {
  readonly nonce: Buffer;
  readonly key: BallotKey;
  /** Whether this is the first that was sealed with the key. */
  readonly isFirst: boolean;
  /** Answers by hash. */
  readonly bodies: ReadonlyMap<string, Buffer>;
  readonly bytes: number;
}

/** What a box is to be. */
export interface Rewrite {
  readonly bodies: ReadonlyMap<string, Buffer>;
  /** Room for so much at least. */
  readonly bytes?: number;
  readonly isNewKey?: boolean;
}

interface BoxRow {
  readonly key_id: string;
  readonly nonce: Buffer;
  readonly is_first: boolean;
  readonly sealed: Buffer | null;
}

/** $3: the one that is known already, and need not be sent again. */
const READ = `SELECT key_id, nonce, is_first, CASE WHEN nonce = $3 THEN NULL ELSE sealed END AS sealed
  FROM samling.ballots WHERE programme = $1 AND round = $2`;
const WRITE = `INSERT INTO samling.ballots (programme, round, key_id, nonce, is_first, sealed)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (programme, round) DO UPDATE SET key_id = excluded.key_id, nonce = excluded.nonce,
    is_first = excluded.is_first, sealed = excluded.sealed`;

const NONCE_BYTES = 12;
/** Between reading which key a box has and reading the key, another process may have changed both. */
const MOST_READS = 5;

/**
 * Reads a box; undefined when there is none.
 * @param known what was read before, which is given back when it is still that
 * @throws SamlingError `BALLOT_KEY_MISSING`, `STORE_DAMAGED`
 */
export async function readBox(
  session: Session,
  keys: KeyFolder,
  box: BoxKey,
  known?: Seen,
): Promise<Seen | undefined> {
  for (let reads = 1; ; reads += 1) {
    const values = [box.programme, box.round, known?.nonce ?? Buffer.alloc(0)];
    const [row] = await session.query<BoxRow & Record<string, unknown>>(READ, values);
    if (row === undefined) return undefined;
    if (row.sealed === null && known !== undefined) return known;
    const isKnown = known?.key.id === row.key_id;
    const key = isKnown ? known.key : await keys.get(boxName(box), row.key_id);
    if (key !== undefined) return opened(boxName(box), row, key);
    if (reads >= MOST_READS) throw keyMissing(box);
  }
}

/** Writes a box anew; where it was, its `now`, it keeps its key for `keyMs`. */
export async function writeBox(
  session: Session,
  keys: KeyFolder,
  box: BoxKey,
  rewrite: Rewrite,
  before?: { readonly now: Seen | undefined; readonly keyMs: number },
): Promise<Seen> {
  const now = before?.now;
  const { bodies, isNewKey = false } = rewrite;
  const isOld = now === undefined || Date.now() - now.key.madeMs >= (before?.keyMs ?? 0);
  const key = isOld || isNewKey ? await keys.make(boxName(box)) : now.key;
  const bytes = Math.max(
    now?.bytes ?? 0,
    roomFor(Math.max(rewrite.bytes ?? 0, neededBytes(bodies.values()))),
  );
  const sealed = seal(key.key, boxName(box), pack(bodies, bytes));
  const next = { nonce: sealed.subarray(0, NONCE_BYTES), key, isFirst: key !== now?.key, bodies, bytes };
  await session.query(WRITE, [box.programme, box.round, key.id, next.nonce, next.isFirst, sealed]);
  return next;
}

function opened(name: string, row: BoxRow, key: BallotKey): Seen {
  const plain = row.sealed === null ? undefined : unseal(key.key, name, row.sealed);
  if (plain === undefined) {
    throw new SamlingError(
      'STORE_DAMAGED',
      `The ballot box ${name} in the database is damaged: it does not open with its own key.`,
    );
  }
  const { nonce, is_first: isFirst } = row;
  return { nonce, key, isFirst, bodies: unpack(plain), bytes: plain.length };
}

/** Says which round cannot be read, and what to do. */
export function keyMissing({ programme, round }: BoxKey): SamlingError {
  return new SamlingError(
    'BALLOT_KEY_MISSING',
    `The key of the open round ${round} of ${programme} is not in the keys folder: its answers cannot be read. Let every ` +
      'process that uses the database have the same keys folder, or put it back.',
  );
}
