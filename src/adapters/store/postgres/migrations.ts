/** One step of the database's structure; a step that is released is never changed, only followed. */
export interface Migration {
  readonly number: number;
  readonly sql: string;
}

/**
 * Bodies are `json`, not `jsonb`: what comes out is what was put in, to the letter. Instants are milliseconds since
 * 1970, as everywhere in Samling. An entry is due at `due_ms`: when it is to be sent, or when its lease runs out;
 * none once it is settled, so the index of what is due holds nothing else.
 */
const FIRST = `
  CREATE TABLE samling.rows (
    kind text NOT NULL,
    programme text NOT NULL,
    id text NOT NULL,
    seq bigint GENERATED ALWAYS AS IDENTITY,
    body json NOT NULL,
    PRIMARY KEY (kind, programme, id)
  );
  CREATE TABLE samling.outbox (
    programme text NOT NULL,
    id text NOT NULL,
    seq bigint GENERATED ALWAYS AS IDENTITY,
    lane text NOT NULL,
    member text NOT NULL,
    urgent boolean NOT NULL,
    due_ms double precision,
    not_before_ms double precision NOT NULL,
    delivery json NOT NULL,
    state text NOT NULL CHECK (state IN ('waiting', 'leased', 'settled')),
    attempt integer NOT NULL DEFAULT 0,
    settled json,
    PRIMARY KEY (programme, id),
    CHECK ((state = 'settled') = (due_ms IS NULL)),
    CHECK ((state = 'settled') = (settled IS NOT NULL))
  );
  CREATE INDEX outbox_due ON samling.outbox (lane, urgent, due_ms, seq) WHERE due_ms IS NOT NULL;
  CREATE INDEX outbox_member ON samling.outbox (programme, member, not_before_ms);
  CREATE TABLE samling.taken (
    programme text NOT NULL,
    item text NOT NULL,
    PRIMARY KEY (programme, item)
  );
  CREATE TABLE samling.claims (
    programme text NOT NULL,
    event_id text NOT NULL,
    at_ms double precision NOT NULL,
    until_ms double precision NOT NULL,
    done boolean NOT NULL DEFAULT false,
    PRIMARY KEY (programme, event_id)
  );
  CREATE INDEX claims_at ON samling.claims (at_ms);
`;

/**
 * Ballot boxes: no time, no number that counts, one row for a round. A sealed box is as good as random, so it is not
 * compressed; former versions are cleared away as soon as there are some.
 */
const BALLOTS = `
  CREATE TABLE samling.ballots (
    programme text NOT NULL,
    round text NOT NULL,
    key_id text NOT NULL,
    nonce bytea NOT NULL,
    is_first boolean NOT NULL,
    sealed bytea NOT NULL,
    PRIMARY KEY (programme, round)
  ) WITH (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 50,
    toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 500
  );
  ALTER TABLE samling.ballots ALTER COLUMN sealed SET STORAGE EXTERNAL;
`;

/** A number that every write of a kind of rows changes, and that never comes again: what is kept of them is known by it. */
const VERSIONS = `
  CREATE SEQUENCE samling.version;
  CREATE TABLE samling.versions (
    kind text NOT NULL,
    programme text NOT NULL,
    version bigint NOT NULL DEFAULT nextval('samling.version'),
    PRIMARY KEY (kind, programme)
  ) WITH (fillfactor = 50);
  INSERT INTO samling.versions (kind, programme) SELECT DISTINCT kind, programme FROM samling.rows;
`;

/** All steps, in order. */
export const MIGRATIONS: readonly Migration[] = [
  { number: 1, sql: FIRST },
  { number: 2, sql: BALLOTS },
  { number: 3, sql: VERSIONS },
];
