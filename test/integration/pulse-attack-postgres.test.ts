import assert from 'node:assert/strict';
import { randomBytes, randomInt } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openPostgresBallotBox } from '../../src/adapters/store/postgres/ballots/ballot-box.js';
import { openPostgresStore } from '../../src/adapters/store/postgres/store.js';
import type { Seat } from '../../src/core/pulse/types.js';
import { boxName } from '../../src/runtime/ballots/hashes.js';
import { unpack, unseal } from '../../src/runtime/ballots/packed.js';
import { postgres } from '../support/postgres.js';

/**
 * An adversary with the database and the keys in hand, and with what PostgreSQL says of its own rows (which transaction
 * wrote them, where they lie), tries to join answers to people, as in `pulse-attack.test.ts`: whoever guesses blindly is
 * right for one member of a round on average.
 */
const ROUNDS = 400;
const AT_ONCE = 40;
const MEMBERS = 8;
const programme = 'attacked';

function shuffled<T>(list: readonly T[]): T[] {
  const left = [...list];
  return list.map(() => left.splice(randomInt(left.length), 1)[0]!);
}

const numbers = Array.from({ length: MEMBERS }, (_, index) => index);

describe('an adversary with the database and the keys', function () {
  this.timeout(300_000);
  let [url, keysFolder] = ['', ''];
  let client: pg.Client;
  const truth = new Map<string, readonly number[]>();
  const right = new Map<string, number>();
  let unsealed = 0;

  const seatOf = (round: string, index: number): Seat => {
    const member = `member-${String(index)}`;
    return { programme, id: `${round}/${member}`, round, member, group: 0, answered: false };
  };

  /** Rounds in which each member answers something else, in an order that chance picks. */
  async function simulate(): Promise<void> {
    const [store, ballots] = [await openPostgresStore(url), await openPostgresBallotBox(url, { keysFolder })];
    const play = async (round: string) => {
      const values = shuffled(numbers);
      truth.set(round, values);
      for (const index of shuffled(numbers)) {
        const token = randomBytes(16).toString('base64url');
        const ballot = await ballots.mark({ programme, round }, token);
        await ballots.cast({ programme, round }, token, { question: 0, group: 0, value: values[index]! });
        await store.seats.put({ ...seatOf(round, index), ballot, answered: true });
      }
    };
    for (let start = 0; start < ROUNDS; start += AT_ONCE)
      await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => play(`r-${String(start + index)}`)));
    await ballots.close();
    await store.close();
  }

  /** What was answered in a round, by hash, as it is packed. */
  async function answersOf(round: string): Promise<{ hash: string; value: number }[]> {
    const query = 'SELECT key_id, sealed FROM samling.ballots WHERE round = $1';
    const { rows } = await client.query<{ key_id: string; sealed: Buffer }>(query, [round]);
    assert.equal(rows.length, 1);
    const name = boxName({ programme, round });
    const key = await readFile(join(keysFolder, `${name}.${rows[0]!.key_id}`));
    const bodies = unpack(unseal(key, name, rows[0]!.sealed)!);
    return [...bodies].map(([hash, body]) => ({
      hash,
      value: (JSON.parse(body.toString()) as number[])[2]!,
    }));
  }

  async function attack(round: string): Promise<void> {
    const query = `SELECT body FROM samling.rows WHERE kind = 'seats' AND body->>'round' = $1`;
    const seatsBy = async (order: string) =>
      (await client.query<{ body: Seat }>(`${query} ORDER BY ${order}`, [round])).rows.map((row) => row.body);
    const byTransaction = await seatsBy('xmin::text::bigint');
    const byPlace = await seatsBy('ctid');
    const byMark = [...byTransaction].sort((a, b) => (a.ballot! < b.ballot! ? -1 : 1));
    const packed = await answersOf(round);
    assert.ok(byMark.every((seat) => packed.every((each) => each.hash !== seat.ballot)));
    unsealed += packed.length;
    const byHash = [...packed].sort((a, b) => (a.hash < b.hash ? -1 : 1));
    const guesses = { packed, 'turned around': [...packed].reverse(), hash: byHash };
    for (const [seats, of] of [
      [byTransaction, 'transaction'],
      [byPlace, 'place'],
      [byMark, 'mark'],
    ] as const)
      for (const [order, answers] of Object.entries(guesses)) {
        const hits = seats.filter(
          ({ member }, index) => truth.get(round)![Number(member.slice(7))] === answers[index]?.value,
        ).length;
        const name = `${of} of the seats and order of the answers: ${order}`;
        right.set(name, (right.get(name) ?? 0) + hits);
      }
  }

  before(async () => {
    url = await (await postgres()).database();
    keysFolder = await mkdtemp(join(tmpdir(), 'samling-attack-'));
    await simulate();
    client = new pg.Client(url);
    await client.connect();
    for (const round of truth.keys()) await attack(round);
  });
  after(async () => {
    await client.end();
    await rm(keysFolder, { recursive: true, force: true });
  });

  it(`reads ${String(ROUNDS)} rounds with the keys`, async () => {
    assert.equal(unsealed, ROUNDS * MEMBERS);
    assert.ok((await readdir(keysFolder)).length >= ROUNDS);
  });

  it('guesses no better than blindly, by whatever order', () => {
    assert.equal(right.size, 9);
    for (const [name, hits] of right) {
      // Right guesses of a blind order have mean 1 and variance 1. Nine guesses: five standard errors either side.
      const mean = hits / ROUNDS;
      assert.ok(Math.abs(mean - 1) < 5 / Math.sqrt(ROUNDS), `${name}: ${String(mean)} right guesses a round`);
    }
  });
});
