import assert from 'node:assert/strict';
import { READERS, startDialogs, type Dialogs, type Values } from '../support/dialogs.js';
import { GONE, RIGHT, without, wordsOf } from '../support/wrong-input.js';

describe('the audience of a notice, counted while it is written', function () {
  this.timeout(60_000);
  let dialogs: Dialogs;
  before(async () => {
    dialogs = await startDialogs();
  });
  after(() => dialogs.close());

  for (const platform of ['slack', 'teams'] as const) {
    for (const reader of READERS) {
      it(`${platform}, ${reader}: is seen in the dialog by language and platform, and nothing typed is lost`, async () => {
        const t = wordsOf(reader);
        const driver = dialogs.driverOf(platform, reader);
        const everybody = await driver.open('notice');
        // Two coordinators in each language, one on each platform, and somebody who is nowhere.
        assert.ok(everybody.words.includes(t('notice.receivers', { count: 5 })), everybody.words);
        assert.match(everybody.words, /Slack 2, Teams 2/);
        const typed: Values = {
          ...RIGHT.notice,
          role: 'coordinator',
          'title-da': '',
          'body-da': 'Halvt skrevet',
        };
        const counted = await driver.press('notice', t('notice.count'), typed);
        assert.ok(counted.words.includes(t('notice.receivers', { count: 4 })), counted.words);
        const named = (language: string, count: number) =>
          t('notice.count-of', { name: t(`language.in-${language}`), count });
        assert.ok(counted.words.includes(named('nb', 2)) && counted.words.includes(named('sv', 2)));
        for (const [field, value] of Object.entries(typed)) assert.equal(counted.values[field], value, field);
        const gone = { ...typed, network: GONE };
        const wrong = await without(GONE, () => driver.press('notice', t('notice.count'), gone));
        assert.ok(wrong.words.includes(t('notice.issue-unknown', { id: GONE })), wrong.words);
        assert.equal(wrong.values['title-nb'], typed['title-nb']);
        assert.equal((await dialogs.app.running.store.notices.list('saman')).length, 0, 'nothing is kept');
      });
    }
  }
});
