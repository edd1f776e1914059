import { ENTRY } from '../outbox-sql.js';

/** Every table in one order; rows as they came. Nothing of it says when. */
export const READ_ROWS = 'SELECT kind, programme, id, body FROM samling.rows ORDER BY kind, programme, seq';
export const READ_OUTBOX = `SELECT programme, id, ${ENTRY} FROM samling.outbox ORDER BY programme, seq`;
export const READ_TAKEN = 'SELECT programme, item FROM samling.taken ORDER BY programme, item';
export const READ_CLAIMS =
  'SELECT programme, event_id, at_ms, until_ms, done FROM samling.claims ORDER BY programme, event_id';
export const READ_BOXES = `SELECT box.programme, box.round FROM samling.ballots AS box
  JOIN samling.rows AS round ON round.kind = 'rounds' AND round.programme = box.programme AND round.id = box.round
  WHERE round.body->>'state' <> 'closed' ORDER BY box.programme, box.round`;

export const TABLES = 'samling.rows, samling.outbox, samling.taken, samling.claims, samling.ballots';
export const IS_EMPTY = `SELECT NOT (EXISTS (SELECT FROM samling.rows) OR EXISTS (SELECT FROM samling.outbox)
  OR EXISTS (SELECT FROM samling.taken) OR EXISTS (SELECT FROM samling.claims)
  OR EXISTS (SELECT FROM samling.ballots)) AS empty`;

/** A number for each kind and programme, as every write gives it: without one its rows are not seen. */
export const ADD_ROWS = `WITH changed AS (INSERT INTO samling.versions AS known (kind, programme)
    SELECT DISTINCT kind, programme FROM unnest($1::text[], $2::text[]) AS given (kind, programme)
    ON CONFLICT (kind, programme) DO UPDATE SET version = excluded.version)
  INSERT INTO samling.rows (kind, programme, id, body)
  SELECT kind, programme, id, body::json
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) WITH ORDINALITY
      AS given (kind, programme, id, body, nth) ORDER BY nth`;
export const ADD_OUTBOX = `INSERT INTO samling.outbox
    (programme, id, lane, member, urgent, due_ms, not_before_ms, delivery, state, attempt, settled)
  SELECT programme, id, lane, member, urgent, due_ms, not_before_ms, delivery::json, state, attempt, settled::json
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::boolean[], $6::double precision[],
        $7::double precision[], $8::text[], $9::text[], $10::integer[], $11::text[]) WITH ORDINALITY
      AS given (programme, id, lane, member, urgent, due_ms, not_before_ms, delivery, state, attempt, settled, nth)
    ORDER BY nth`;
export const ADD_TAKEN =
  'INSERT INTO samling.taken (programme, item) SELECT * FROM unnest($1::text[], $2::text[])';
export const ADD_CLAIMS = `INSERT INTO samling.claims (programme, event_id, at_ms, until_ms, done)
  SELECT * FROM unnest($1::text[], $2::text[], $3::double precision[], $4::double precision[], $5::boolean[])`;
