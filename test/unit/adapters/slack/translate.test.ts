import assert from 'node:assert/strict';
import { createTranslate, type Translate } from '../../../../src/adapters/chat/slack/translate.js';
import { toBlockKit } from '../../../../src/cards/blockkit/index.js';
import { SamlingError } from '../../../../src/core/errors.js';

const card = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'hei' }] };
const secret = 'an answer that nobody else may read ';
/** A translator with a mistake: texts far too long for Slack. */
const careless: Translate = (given, options) => {
  const result = toBlockKit(given, options);
  const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: secret.repeat(200) } }] as never;
  return {
    ...result,
    messages: result.messages.map((each) => ({ ...each, blocks })),
    ...(result.view === undefined ? {} : { view: { ...result.view, blocks } }),
  };
};

describe('what is sent to Slack', () => {
  for (const surface of ['message', 'modal', 'home'] as const) {
    it(`is held against Slack's limits where that is asked for: ${surface}`, () => {
      assert.deepEqual(createTranslate(true)(card, { surface }), toBlockKit(card, { surface }));
      assert.throws(
        () => createTranslate(true, careless)(card, { surface }),
        (error) => {
          assert.ok(error instanceof SamlingError);
          assert.equal(error.code, 'CHAT_REFUSED');
          assert.match(error.faults[0]?.path ?? '', /blocks\[0\]\.text/);
          assert.ok(!JSON.stringify(error.faults).includes(secret));
          return true;
        },
      );
    });
  }

  it('is sent as it is in production', () => {
    assert.doesNotThrow(() => createTranslate(false, careless)(card, { surface: 'message' }));
  });
});
