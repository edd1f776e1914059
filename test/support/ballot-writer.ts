import { openBallotBox } from '../../src/adapters/store/lowdb/ballots/ballot-box.js';
import { openLowdbStore } from '../../src/adapters/store/lowdb/persistence.js';
import { enterIn } from '../../src/core/pulse/answering.js';
import { createGroupCommit } from '../../src/runtime/group-commit.js';

/** A process that answers until it is killed, and says of each answer that was confirmed: `<number> <value>`. */
const [folder = '', first = '0'] = process.argv.slice(2);
const store = await openLowdbStore(`${folder}/data`);
const ballots = openBallotBox({ folder: `${folder}/data/ballots`, keysFolder: `${folder}/keys` });
const transact = createGroupCommit(store);
const enter = enterIn(transact);
const key = { programme: 'saman', round: 'killed-1' };
let next = Number(first);
process.stdout.write('ready\n');

async function member(): Promise<never> {
  for (;;) {
    const number = (next += 1);
    const value = number % 5;
    const token = `token-${String(number)}`;
    const [member, id] = [String(number), `${key.round}/${String(number)}`];
    const seat = { programme: 'saman', id, round: key.round, member, group: 0, answered: false };
    const ballot = await ballots.mark(key, token);
    await enter('saman', key.round, member, () => ({ ...seat, ballot }));
    await ballots.cast(key, token, { question: 0, group: 0, value });
    await transact((tables) => tables.seats.put({ ...seat, ballot, answered: true }));
    process.stdout.write(`${String(number)} ${String(value)}\n`);
  }
}

await Promise.all(Array.from({ length: 8 }, member));
