import assert from 'node:assert/strict';
import { inMessage, windowOf, WRITE } from '../../../../src/adapters/chat/slack/window.js';
import type { AdaptiveCardJson } from '../../../../src/core/ports/chat.js';
import { LANGUAGES } from '../../../../src/core/programme/language.js';
import { renderer, saman, samples } from '../../../support/messages.js';

const text = (words: string) => ({ type: 'TextBlock', text: words });
const field = { type: 'Input.Text', id: 'text', label: 'Your answer', isMultiline: true };
const send = { type: 'Action.Execute', title: 'Send', verb: 'answer', data: { token: 't' } };
const skip = {
  type: 'Action.Execute',
  title: 'Skip',
  verb: 'show',
  associatedInputs: 'none',
  data: { question: 2 },
};
const cardOf = (...body: object[]) =>
  ({ type: 'AdaptiveCard', version: '1.5', lang: 'en', body }) as unknown as AdaptiveCardJson;
const asking = cardOf(text('Well-being'), { type: 'Container', items: [text('What else?')] }, field, {
  type: 'ActionSet',
  actions: [send, skip],
});

describe('free text in Slack', () => {
  it('is a button in a message, named as the field is, beside the others', () => {
    const open = { type: 'Action.Execute', title: 'Your answer', verb: WRITE, data: {} };
    assert.deepEqual(
      inMessage(asking),
      cardOf(
        text('Well-being'),
        { type: 'Container', items: [text('What else?')] },
        {
          type: 'ActionSet',
          actions: [open, skip],
        },
      ),
    );
    assert.equal(inMessage(asking), inMessage(asking), 'made once');
  });

  it('is written in a window that says what the card says, and sent with its button', () => {
    const { actions, body } = windowOf(asking)!;
    assert.deepEqual(actions, [send]);
    assert.deepEqual(body, [text('Well-being'), { type: 'Container', items: [text('What else?')] }, field]);
    assert.deepEqual(windowOf(asking, true)!['body'], [text('Well-being'), field]);
  });

  it('leaves forms, short fields, and cards with several ways to send as they are', () => {
    const date = { type: 'Input.Date', id: 'date', label: 'Date' };
    const others = [
      cardOf(text('Nothing to enter')),
      cardOf(field, date, { type: 'ActionSet', actions: [send] }),
      cardOf({ ...field, isMultiline: false }, { type: 'ActionSet', actions: [send] }),
      cardOf(field, { type: 'ActionSet', actions: [send, { ...send, title: 'Later' }] }),
      cardOf(field),
    ];
    for (const card of others) {
      assert.equal(inMessage(card), card);
      assert.equal(windowOf(card), undefined);
    }
  });

  it('has a name on its button in every card and language of Samling’s own', () => {
    const titles = LANGUAGES.flatMap((language) =>
      samples.flatMap(([, template, data]) => {
        const { card } = renderer.render({ template, data: data as never }, { language, programme: saman });
        const shown = inMessage(card);
        if (shown === card) return [];
        return [/"title":"([^"]*)","verb":"slack-write"/.exec(JSON.stringify(shown))?.[1]];
      }),
    );
    assert.ok(titles.length >= LANGUAGES.length);
    for (const title of titles) assert.ok(title, 'a button without a name');
  });
});
