import { openBallotBox } from '../../src/adapters/store/lowdb/ballots/ballot-box.js';
import { openLowdbStore } from '../../src/adapters/store/lowdb/persistence.js';
import type { BallotBox } from '../../src/core/ports/ballots.js';
import { activeRow, at, memberOf, saman } from './pulse-cases.js';
import { buttonData, pulseParts } from './pulse-parts.js';

/**
 * A whole Samling whose process dies at a named moment of the first answer: `before` the ballot box has it, or `after`
 * it has, when the seat that says who has answered is still to be written. Writes the pressed button's data first.
 */
const [folder = '', moment] = process.argv.slice(2);
const box = openBallotBox({ folder: `${folder}/data/ballots`, keysFolder: `${folder}/keys` });
const die = () => {
  process.kill(process.pid, 'SIGKILL');
  return new Promise<never>(() => undefined);
};
const ballots: BallotBox = {
  ...box,
  async cast(...answer) {
    if (moment === 'before') await die();
    const isPutIn = await box.cast(...answer);
    await die();
    return isPutIn;
  },
};
const store = await openLowdbStore(`${folder}/data`);
const members = Array.from({ length: 6 }, (_, index) => memberOf('voss', `voss-${String(index)}`));
const parts = await pulseParts(saman, members, at('2014-03-03T09:00'), { store, ballots });
await store.pulses.put(activeRow());
await parts.samling.planner.replan(saman.id);
await parts.advance(at('2014-03-04T09:30'));
const card = parts.got.find((each) => each.member === 'voss-0')!.message.card;
const data = buttonData(card, 'pulse-answer', '4')!;
await new Promise((done) => process.stdout.write(`${JSON.stringify(data)}\n`, done));
await parts.press('voss-0', 'pulse-answer', data, 'the-event-that-was-cut-off');
