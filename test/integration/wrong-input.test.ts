import assert from 'node:assert/strict';
import { READERS, startDialogs, type Dialogs } from '../support/dialogs.js';
import { faultsFor, GONE, RIGHT, without, wordsOf } from '../support/wrong-input.js';

/** What one input takes: Slack ends at 3,000 by itself, Teams nowhere. */
const LONGEST = { slack: 3_000, teams: 4_000 } as const;

describe('wrong input in a dialog, by signed requests of Slack and Teams', function () {
  this.timeout(60_000);
  let dialogs: Dialogs;
  before(async () => {
    dialogs = await startDialogs();
  });
  after(() => dialogs.close());

  for (const platform of ['slack', 'teams'] as const) {
    for (const reader of READERS) {
      for (const form of ['gathering', 'notice'] as const) {
        it(`${platform}, ${reader}: each fault of a ${form} is said there, and all that was typed stays`, async () => {
          const driver = dialogs.driverOf(platform, reader);
          await driver.open(form);
          const right = RIGHT[form];
          for (const { what, typed, says } of faultsFor(form, LONGEST[platform])) {
            const all = { ...right, ...typed };
            const sending = () => driver.send(form, all);
            const again = await (typed['network'] === GONE ? without(GONE, sending) : sending());
            assert.ok(again !== undefined, `${what}: the form comes back`);
            const sentence = says(wordsOf(reader), reader);
            assert.ok(again.words.includes(sentence), `${what}: ${sentence} in ${again.words}`);
            for (const [field, value] of Object.entries(all)) {
              // Slack shows no choice that is not offered.
              if (value !== GONE) assert.equal(again.values[field], value, `${what}: ${field}`);
            }
          }
          const mended = await driver.send(form, right);
          assert.equal(mended, undefined, 'what is right closes the dialog');
          await dialogs.come(() => driver.told().includes(right[`title-${reader}`]!) || undefined);
        });
      }
    }
  }
});
