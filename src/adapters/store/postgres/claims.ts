import type { Claims } from '../../../core/ports/claims.js';
import type { Runs } from './rows.js';

/** Takes a claim that nobody holds; no row when somebody does. */
const CLAIM = `INSERT INTO samling.claims AS claims (programme, event_id, at_ms, until_ms)
  VALUES ($1, $2, $3, $4)
  ON CONFLICT (programme, event_id) DO UPDATE SET at_ms = excluded.at_ms, until_ms = excluded.until_ms
    WHERE NOT claims.done AND claims.until_ms <= excluded.at_ms
  RETURNING programme`;
const IS_DONE = 'SELECT done FROM samling.claims WHERE programme = $1 AND event_id = $2';
const DONE = 'UPDATE samling.claims SET done = true WHERE programme = $1 AND event_id = $2';
/** Of all programmes: an age says nothing of any of them. */
const FORGET = 'DELETE FROM samling.claims WHERE at_ms < $1 RETURNING programme';

/** Claims: each is one row that is taken by one statement. */
export function claimsIn({ write }: Runs): Claims {
  return {
    claim: (programme, eventId, nowMs, leaseMs) =>
      write(async (session) => {
        const taken = await session.query(CLAIM, [programme, eventId, nowMs, nowMs + leaseMs]);
        if (taken.length > 0) return 'mine';
        const [known] = await session.query<{ done: boolean }>(IS_DONE, [programme, eventId]);
        return known?.done === true ? 'done' : 'busy';
      }),
    done: (programme, eventId) =>
      write(async (session) => {
        await session.query(DONE, [programme, eventId]);
      }),
    forget: (beforeMs) => write(async (session) => (await session.query(FORGET, [beforeMs])).length),
  };
}
