import assert from 'node:assert/strict';
import { createHash, randomInt } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBallotBox } from '../../src/adapters/store/lowdb/ballots/ballot-box.js';
import { openSlot } from '../../src/adapters/store/lowdb/ballots/slot-codec.js';
import { openLowdbStore } from '../../src/adapters/store/lowdb/persistence.js';
import { readJournal } from '../../src/adapters/store/lowdb/journal.js';
import type { Seat } from '../../src/core/pulse/types.js';

/**
 * An adversary with every file of Samling in hand, the keys included, tries to join answers to those who gave them.
 * Every member of a round answers something else, so that a guess is right or wrong. Whoever guesses blindly is right
 * for one member of a round on average, however many there are; so must be whoever looks at the files.
 */
const ROUNDS = 2_000;
const AT_ONCE = 100;
const MEMBERS = 8;
const SLOT_BYTES = 128;

const programme = 'attacked';
const members = Array.from({ length: MEMBERS }, (_, index) => `member-${String(index)}`);

/** A list in an order of its own. */
function shuffled<T>(list: readonly T[]): T[] {
  const left = [...list];
  return list.map(() => left.splice(randomInt(left.length), 1)[0]!);
}

interface Guesses {
  readonly name: string;
  /** Members and answers in orders that the adversary believes to be the same. */
  readonly members: readonly string[];
  readonly answers: readonly number[];
}

describe('an adversary with all files', function () {
  this.timeout(180_000);
  const made: string[] = [];
  const folder = async () => {
    const place = await mkdtemp(join(tmpdir(), 'samling-attack-'));
    made.push(place);
    return place;
  };
  const right = new Map<string, number>();
  let unsealed = 0;

  /** Simulates rounds in a folder of their own: the order of answering, and what each answered, by chance. */
  async function simulate(place: string, rounds: readonly string[]) {
    const store = await openLowdbStore(join(place, 'store'));
    const ballots = openBallotBox({ folder: join(place, 'ballots'), keysFolder: join(place, 'keys') });
    const truth = new Map(rounds.map((round) => [round, shuffled(members.map((_, index) => index))]));
    const order = new Map(rounds.map((round) => [round, shuffled(members.map((_, index) => index))]));
    const seat = (round: string, index: number, answered: boolean): Seat => {
      const member = members[index]!;
      return { programme, id: `${round}/${member}`, round, member, group: 0, answered };
    };
    await store.seats.put(...rounds.flatMap((round) => members.map((_, index) => seat(round, index, false))));
    for (let turn = 0; turn < MEMBERS; turn += 1) {
      await Promise.all(
        rounds.map(async (round) => {
          const index = order.get(round)![turn]!;
          const token = createHash('sha256')
            .update(`${round}${String(index)}${String(Math.random())}`)
            .digest('hex');
          const answer = { question: 0, group: 0, value: truth.get(round)![index]! };
          const ballot = await ballots.mark({ programme, round }, token);
          await store.seats.put({ ...seat(round, index, false), ballot });
          await ballots.cast({ programme, round }, token, answer);
          await store.seats.put({ ...seat(round, index, true), ballot });
        }),
      );
    }
    return { truth, close: () => Promise.all([ballots.close(), store.close()]) };
  }

  /** Who answered, in the order in which the store's journal has it, and the mark of the ballot at each seat. */
  async function participation(place: string): Promise<ReadonlyMap<string, Seat[]>> {
    const order = new Map<string, Seat[]>();
    const { records } = await readJournal(join(place, 'store', 'journal'));
    for (const write of records.flatMap(({ writes }) => writes)) {
      if (write.table !== 'seats' || !('row' in write)) continue;
      const row = write.row as Seat | null;
      if (row?.answered !== true) continue;
      order.set(row.round, [...(order.get(row.round) ?? []), row]);
    }
    return order;
  }

  /** Everything in a round's box, with the key in hand, by place in the file. */
  async function answersOf(place: string, round: string) {
    const name = encodeURIComponent(`${programme}@${round}`);
    const key = await readFile(join(place, 'keys', name));
    const bytes = await readFile(join(place, 'ballots', `${name}.choices`));
    return Array.from({ length: bytes.length / SLOT_BYTES }, (_, slot) => {
      const entry = openSlot(key, bytes.subarray(slot * SLOT_BYTES, (slot + 1) * SLOT_BYTES));
      return entry === undefined ? [] : [{ slot, hash: entry.hash, value: entry.answer.value as number }];
    }).flat();
  }

  async function attack(place: string, rounds: readonly string[], truth: ReadonlyMap<string, number[]>) {
    const order = await participation(place);
    for (const round of rounds) {
      const found = await answersOf(place, round);
      assert.equal(found.length, MEMBERS);
      unsealed += found.length;
      const seats = order.get(round)!;
      const answered = seats.map((each) => each.member);
      const byMark = [...seats].sort((a, b) => (a.ballot! < b.ballot! ? -1 : 1)).map((each) => each.member);
      for (const seat of seats) assert.ok(found.every((each) => each.hash !== seat.ballot));
      const inFile = found.map((each) => each.value);
      const byHash = [...found].sort((a, b) => (a.hash < b.hash ? -1 : 1)).map((each) => each.value);
      const byMemberHash = [...members].sort((a, b) => (sha(a) < sha(b) ? -1 : 1));
      const guesses: Guesses[] = [
        { name: 'order of the journal and place in the file', members: answered, answers: inFile },
        { name: 'order turned around', members: answered, answers: [...inFile].reverse() },
        { name: 'member id and place in the file', members, answers: inFile },
        { name: 'order of the journal and hash', members: answered, answers: byHash },
        { name: 'hash of the member id and hash of the ballot', members: byMemberHash, answers: byHash },
        { name: 'mark at the seat and hash of the ballot', members: byMark, answers: byHash },
        { name: 'mark at the seat and place in the file', members: byMark, answers: inFile },
      ];
      for (const guess of guesses) {
        const hits = guess.members.filter(
          (member, index) => truth.get(round)![members.indexOf(member)] === guess.answers[index],
        ).length;
        right.set(guess.name, (right.get(guess.name) ?? 0) + hits);
      }
    }
  }

  const sha = (text: string) => createHash('sha256').update(text).digest('hex');

  before(async () => {
    for (let start = 0; start < ROUNDS; start += AT_ONCE) {
      const place = await folder();
      const rounds = Array.from({ length: AT_ONCE }, (_, index) => `r-${String(start + index)}`);
      const { truth, close } = await simulate(place, rounds);
      await attack(place, rounds, truth);
      await close();
    }
  });

  after(() => Promise.all(made.map((place) => rm(place, { recursive: true, force: true }))));

  it(`reads ${String(ROUNDS)} rounds with the keys`, () => assert.equal(unsealed, ROUNDS * MEMBERS));

  for (const name of [
    'order of the journal and place in the file',
    'order turned around',
    'member id and place in the file',
    'order of the journal and hash',
    'hash of the member id and hash of the ballot',
    'mark at the seat and hash of the ballot',
    'mark at the seat and place in the file',
  ]) {
    it(`guesses no better than blindly by ${name}`, () => {
      const mean = (right.get(name) ?? NaN) / ROUNDS;
      // Right guesses of a blind order have mean 1 and variance 1; four standard errors either side.
      assert.ok(Math.abs(mean - 1) < 4 / Math.sqrt(ROUNDS), `${String(mean)} right guesses a round`);
    });
  }

  it('without the keys, from the files of now and a backup, cannot tell an answer from noise', async () => {
    const place = await folder();
    const ballots = openBallotBox({ folder: join(place, 'ballots'), keysFolder: join(place, 'keys') });
    const key = { programme, round: 'sealed' };
    await ballots.prepare(key, 2_000);
    for (let index = 0; index < 20; index += 1)
      await ballots.cast(key, `token-${String(index)}`, { question: 0, group: 0, value: 3 });
    await cp(join(place, 'ballots'), join(place, 'backup'), { recursive: true });
    await Promise.all(
      Array.from({ length: 1_000 }, (_, index) =>
        ballots.cast(key, `other-${String(index)}`, { question: 0, group: 0, value: 3 }),
      ),
    );
    for (const kind of ['backup', 'ballots']) {
      const [file] = (await readdir(join(place, kind))).filter((name) => name.endsWith('.choices'));
      assertLooksRandom(await readFile(join(place, kind, file!)));
    }
    await ballots.close();
  });
});

/** Chi-squared of byte counts: far out for anything with a pattern. 255 degrees of freedom: 255 ± 6 × 22.6. */
function assertLooksRandom(bytes: Buffer): void {
  const counts = new Array<number>(256).fill(0);
  for (const byte of bytes) counts[byte]! += 1;
  const expected = bytes.length / 256;
  const chi = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  assert.ok(Math.abs(chi - 255) < 136, `chi-squared ${String(chi)}`);
}
