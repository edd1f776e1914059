import { freeze } from '../../src/core/pulse/results.js';
import { memberOf, QUESTIONS, roundOf, saman, seatIn } from '../support/pulse-cases.js';
import { pulseWith } from '../support/pulse-parts.js';
import { assertRandom, ordersOf } from '../support/random-order.js';
import { temporaryFolder } from '../support/temporary-folder.js';

describe('free texts of a round', () => {
  const folder = temporaryFolder();

  it('are shown in random order, which does not follow the order of answering, two thousand times', async function () {
    this.timeout(60_000);
    const round = roundOf(pulseWith({ questions: [QUESTIONS.scale, QUESTIONS.text] }));
    const seats = Array.from({ length: 10 }, (_, index) =>
      seatIn(round, memberOf('voss', `voss-${String(index)}`), true),
    );
    const orders = await ordersOf(folder(), 10, 2_000, (answers) => {
      const { cells } = freeze(saman, round, seats, answers);
      return cells[0]!.questions[1]!.texts!;
    });
    assertRandom(orders);
  });
});
