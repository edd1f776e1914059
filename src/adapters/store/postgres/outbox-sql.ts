/** What an entry is made of again. */
export const ENTRY = 'delivery, not_before_ms, due_ms, state, attempt, settled';

export const HAS_IDS = 'SELECT id FROM samling.outbox WHERE programme = $1 AND id = ANY ($2::text[])';
export const TAKEN = 'SELECT item FROM samling.taken WHERE programme = $1 AND item = ANY ($2::text[])';
export const TAKE = 'INSERT INTO samling.taken (programme, item) SELECT $1, unnest($2::text[])';

export const ADD = `INSERT INTO samling.outbox
    (programme, id, lane, member, urgent, due_ms, not_before_ms, delivery, state)
  SELECT $1, id, lane, member, urgent, at_ms, at_ms, delivery::json, 'waiting'
    FROM unnest($2::text[], $3::text[], $4::text[], $5::boolean[], $6::double precision[], $7::text[])
      WITH ORDINALITY AS given (id, lane, member, urgent, at_ms, delivery, nth)
    ORDER BY nth`;

/**
 * $1 lane, $2 now, $3 until, $4 limit, $5 how many urgent ones in a row were taken before, at most nine. The n-th urgent
 * one comes in the round ($5 + n - 1) / 9, and after the urgent ones of a round one that is not.
 */
export const LEASE = `WITH replies AS (
    SELECT programme, id, urgent, due_ms, seq FROM samling.outbox
      WHERE lane = $1 AND urgent AND due_ms <= $2 ORDER BY due_ms, seq LIMIT $4 FOR UPDATE SKIP LOCKED
  ), planned AS (
    SELECT programme, id, urgent, due_ms, seq FROM samling.outbox
      WHERE lane = $1 AND NOT urgent AND due_ms <= $2 ORDER BY due_ms, seq LIMIT $4 FOR UPDATE SKIP LOCKED
  ), due AS (
    SELECT * FROM replies UNION ALL SELECT * FROM planned
  ), numbered AS (
    SELECT *, row_number() OVER (PARTITION BY urgent ORDER BY due_ms, seq) - 1 AS nth FROM due
  ), ordered AS (
    SELECT programme, id,
        row_number() OVER (ORDER BY CASE WHEN urgent THEN ($5::integer + nth) / 9 ELSE nth END, NOT urgent, nth) AS place
      FROM numbered
  )
  UPDATE samling.outbox AS entry
    SET state = 'leased', attempt = entry.attempt + 1, due_ms = $3
    FROM ordered
    WHERE entry.programme = ordered.programme AND entry.id = ordered.id AND ordered.place <= $4
    RETURNING ${ENTRY}, entry.seq, ordered.place`;

/** $6: whether an attempt is not counted after all. What is settled stays as it is. Gives when lanes have to try again. */
export const SETTLE = `WITH changed AS (UPDATE samling.outbox AS entry
    SET state = given.state, settled = given.settled::json,
      due_ms = given.at_ms, not_before_ms = coalesce(given.at_ms, entry.not_before_ms),
      attempt = CASE WHEN given.untried THEN greatest(0, entry.attempt - 1) ELSE entry.attempt END
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::double precision[], $6::boolean[])
      AS given (programme, id, state, settled, at_ms, untried)
    WHERE entry.programme = given.programme AND entry.id = given.id AND entry.due_ms IS NOT NULL
    RETURNING entry.lane, entry.due_ms)
  SELECT lane, min(due_ms) AS due_ms FROM changed WHERE due_ms IS NOT NULL GROUP BY lane ORDER BY lane`;

export const OF_MEMBER = `SELECT ${ENTRY} FROM samling.outbox
  WHERE programme = $1 AND member = $2 ORDER BY not_before_ms DESC, seq LIMIT $3`;
export const BY_IDS = `SELECT id, ${ENTRY} FROM samling.outbox WHERE programme = $1 AND id = ANY ($2::text[])`;
export const DEPTHS = `SELECT lane, count(*)::double precision AS depth FROM samling.outbox
  WHERE due_ms IS NOT NULL GROUP BY lane`;

/** Goes from lane to lane through the index, however many entries each has. */
const KNOWN = `WITH RECURSIVE known AS (
    (SELECT lane FROM samling.outbox WHERE due_ms IS NOT NULL ORDER BY lane LIMIT 1)
    UNION ALL
    SELECT (SELECT next.lane FROM samling.outbox AS next
        WHERE next.due_ms IS NOT NULL AND next.lane > known.lane ORDER BY next.lane LIMIT 1)
      FROM known WHERE known.lane IS NOT NULL
  )`;
export const OPEN_LANES = `${KNOWN} SELECT lane FROM known WHERE lane IS NOT NULL`;
export const LANES = `${KNOWN}
  SELECT lane, least(
      (SELECT min(due_ms) FROM samling.outbox AS entry WHERE entry.lane = known.lane AND urgent AND due_ms IS NOT NULL),
      (SELECT min(due_ms) FROM samling.outbox AS entry
        WHERE entry.lane = known.lane AND NOT urgent AND due_ms IS NOT NULL)
    ) AS due_ms
  FROM known WHERE lane IS NOT NULL`;

/** $1 lanes, $2 now. Lets what waits behind something under way in the same conversation become due right after it. */
export const HOLD_BACK = `UPDATE samling.outbox AS entry SET due_ms = held.due_ms
  FROM (SELECT lane, programme, member, max(due_ms) AS due_ms, min(seq) AS seq FROM samling.outbox
      WHERE lane = ANY ($1::text[]) AND state = 'leased' AND due_ms > $2 GROUP BY lane, programme, member) AS held
  WHERE entry.lane = held.lane AND entry.programme = held.programme AND entry.member = held.member
    AND entry.state = 'waiting' AND entry.due_ms < held.due_ms AND entry.seq > held.seq`;
