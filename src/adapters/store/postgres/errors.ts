import { SamlingError } from '../../../core/errors.js';

/** SQLSTATE of a transaction that may simply be run again: serialization failure, deadlock. */
const CONFLICTS = new Set(['40001', '40P01']);
/**
 * Classes of SQLSTATE that say that the database is not there, or not able, for now: connection, resources (a full
 * disk, too many connections), operator (it shuts down or starts), its own system, a time limit. PostgreSQL, Appendix A.
 */
const AWAY = /^(08|53|57|58|55P03|25006)/;

function stateOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Whether the same transaction may succeed when it is run again at once. */
export function isConflict(error: unknown): boolean {
  return CONFLICTS.has(stateOf(error) ?? '');
}

const SQLSTATE = /^[0-9A-Z]{5}$/;

/**
 * What the rest of Samling is told of an error of the database: `STORE_WRITE_FAILED`, retryable where it is away or
 * unable for now. What it says in words may quote data, and stays in `cause`.
 */
export function storeError(cause: unknown): SamlingError {
  if (cause instanceof SamlingError) return cause;
  const state = stateOf(cause) ?? '';
  const isAnswer = SQLSTATE.test(state) && cause instanceof Error && 'severity' in cause;
  // What is no answer of the database, is one that did not come.
  const retryable = !isAnswer || AWAY.test(state) || CONFLICTS.has(state);
  const about = isAnswer ? ` (SQLSTATE ${state})` : '';
  const message = `The database could not be used${about}; nothing has changed. Look at DATABASE_URL and its server.`;
  return new SamlingError('STORE_WRITE_FAILED', message, { cause, retryable });
}
