import assert from 'node:assert/strict';
import type { AnswerValue, BallotBox, CountedAnswer } from '../../../src/core/ports/ballots.js';

/** A place where boxes lie, which outlives the processes that open them. */
export interface BoxPlace {
  open(): Promise<BallotBox>;
}

const key = { programme: 'saman', round: 'naervaer-1' };
const answer = (value: AnswerValue, question = 0, group = 0): CountedAnswer => ({ question, group, value });
const sorted = (answers: readonly CountedAnswer[]) => answers.map((each) => JSON.stringify(each)).sort();

/**
 * What every ballot box does.
 * @param notShuffled why this one may count in the same order each time
 */
export function ballotBoxContract(name: string, create: () => Promise<BoxPlace>, notShuffled?: string): void {
  describe(`${name}: ballots`, () => {
    let place: BoxPlace;
    let box: BallotBox;
    beforeEach(async () => {
      place = await create();
      box = await place.open();
    });
    afterEach(() => box.close());

    /** As the next process would find it. */
    async function reopen(): Promise<void> {
      await box.close();
      box = await place.open();
    }

    it('is empty at first', async () => {
      assert.deepEqual(await box.count(key), []);
      assert.equal(await box.find(key, 'token', 0), undefined);
    });

    it('gives an answer to whoever has its token, and to nobody else', async () => {
      await box.cast(key, 'token', answer(4));
      assert.equal(await box.find(key, 'token', 0), 4);
      assert.equal(await box.find(key, 'token', 1), undefined);
      assert.equal(await box.find(key, 'other', 0), undefined);
      assert.equal(await box.find({ ...key, round: 'naervaer-2' }, 'token', 0), undefined);
      assert.equal(await box.find({ ...key, programme: 'uso4' }, 'token', 0), undefined);
    });

    it('keeps every kind of answer as it was given', async () => {
      const values: AnswerValue[] = [3, 0, [2, 0, 1], [], '', 'Blåbærsyltetøy 🫐 "\n', 'å'.repeat(1_000)];
      for (const [question, value] of values.entries()) await box.cast(key, 'token', answer(value, question));
      await reopen();
      for (const [question, value] of values.entries())
        assert.deepEqual(await box.find(key, 'token', question), value);
      assert.equal((await box.count(key)).length, values.length);
    });

    it('replaces the ballot’s answer to a question', async () => {
      await box.cast(key, 'token', answer(4));
      await box.cast(key, 'token', answer(2));
      assert.deepEqual(await box.count(key), [answer(2)]);
    });

    it('puts in nothing for an event that has put in an answer before, whatever was put in since', async () => {
      const cast = await Promise.all([1, 2].map(() => box.cast(key, 'token', answer(1), 'first')));
      assert.deepEqual(cast, [true, false]);
      await box.cast(key, 'token', answer(5), 'second');
      await box.cast(key, 'token', answer('text', 1), 'third');
      await reopen();
      for (const event of ['first', 'second']) await box.cast(key, 'token', answer(3), event);
      await box.cast(key, 'token', answer('other', 1), 'third');
      assert.deepEqual(
        sorted(await box.count(key)),
        sorted([answer(5), answer('text', 1)]),
        'events are no answers',
      );
      const known = ['first', 'second', 'third'].map((event) => box.knows(key, 'token', 0, event));
      assert.deepEqual(await Promise.all(known), [true, true, false]);
      assert.equal(await box.knows(key, 'token', 1, 'third'), true);
      assert.equal(await box.knows(key, 'another', 0, 'first'), false, 'of that ballot');
      await box.cast(key, 'another', answer(2), 'first');
      assert.equal((await box.count(key)).length, 3);
    });

    it('knows an event still when many followed, and when what it put in was taken out', async () => {
      const values = [
        answer(1),
        answer([...Array(20).keys()], 1),
        answer('x'.repeat(1000), 2),
        answer('ŝ'.repeat(1000), 3),
      ];
      for (const value of values)
        for (let nth = 0; nth < 12; nth += 1) await box.cast(key, 'token', value, `event-${String(nth)}`);
      await box.withdraw(key, 'token', 1);
      await reopen();
      for (const value of values) await box.cast(key, 'token', { ...value, group: 9 }, 'event-0');
      assert.deepEqual(sorted(await box.count(key)), sorted(values.filter((each) => each.question !== 1)));
      assert.equal(await box.knows(key, 'token', 1, 'event-11'), true);
    });

    it('takes an answer out, and does nothing about one that is not there', async () => {
      await box.cast(key, 'token', answer(4));
      await box.cast(key, 'token', answer('text', 1));
      await box.withdraw(key, 'token', 1);
      await box.withdraw(key, 'token', 7);
      await box.withdraw(key, 'other', 0);
      assert.deepEqual(await box.count(key), [answer(4)]);
    });

    it('loses none of many answers at once, and counts each ballot once', async () => {
      const tokens = Array.from({ length: 300 }, (_, index) => `token-${String(index)}`);
      await Promise.all(tokens.map((token, index) => box.cast(key, token, answer(index % 5, 0, index))));
      await Promise.all(tokens.map((token, index) => box.cast(key, token, answer(5, 0, index))));
      await reopen();
      const expected = tokens.map((_, index) => answer(5, 0, index));
      assert.deepEqual(sorted(await box.count(key)), sorted(expected));
    });

    it('has room for more than it was prepared for', async () => {
      await box.prepare(key, 400);
      await box.cast(key, 'first', answer(1));
      await box.prepare(key, 2_000);
      await box.prepare(key, 10);
      await Promise.all(
        Array.from({ length: 900 }, (_, index) =>
          box.cast(key, `t-${String(index)}`, answer('x'.repeat(90))),
        ),
      );
      await reopen();
      assert.equal(await box.find(key, 'first', 0), 1);
      assert.equal((await box.count(key)).length, 901);
    });

    it('counts in an order of its own each time', async () => {
      if (notShuffled !== undefined) return;
      for (let index = 0; index < 12; index += 1) await box.cast(key, `t-${String(index)}`, answer(index));
      const orders = new Set<string>();
      for (let times = 0; times < 6; times += 1)
        orders.add((await box.count(key)).map((each) => String(each.value)).join());
      assert.ok(orders.size > 1);
    });

    it('marks a token by something that leads nowhere, the same each time', async () => {
      await box.cast(key, 'token', answer(4));
      const mark = await box.mark(key, 'token');
      await reopen();
      assert.equal(await box.mark(key, 'token'), mark);
      assert.notEqual(await box.mark(key, 'other'), mark);
      assert.notEqual(await box.mark({ ...key, round: 'naervaer-2' }, 'token'), mark);
      assert.equal(await box.find(key, mark, 0), undefined);
    });

    it('is empty once it was burned, and can be used again', async () => {
      await box.cast(key, 'token', answer(4));
      await box.cast({ ...key, round: 'other' }, 'token', answer(3));
      await box.burn(key);
      await box.burn(key);
      assert.deepEqual(await box.count(key), []);
      await reopen();
      assert.equal(await box.find(key, 'token', 0), undefined);
      assert.equal(await box.find({ ...key, round: 'other' }, 'token', 0), 3);
      await box.cast(key, 'token', answer(5));
      assert.deepEqual(await box.count(key), [answer(5)]);
    });
  });
}
