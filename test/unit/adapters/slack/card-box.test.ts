import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createCardBox, type ShownCard } from '../../../../src/adapters/chat/slack/card-box.js';
import { createSealer } from '../../../../src/runtime/sealed.js';

const newKey = () => randomBytes(32).toString('base64');
const key = newKey();
const [WORKSPACE, USER] = ['slack/T1', 'U1'] as const;

function shownWith(text: string, delivery: string): ShownCard {
  const card = {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [{ type: 'TextBlock', text }],
  } as ShownCard['card'];
  return { card, options: { surface: 'message', lang: 'nb' }, programme: 'saman', delivery };
}

describe('a card that travels with its Slack message', () => {
  const box = createCardBox(createSealer([key]));
  const shown = shownWith('Årsrapport', 'nudge/1');
  const closed = box.close(shown, WORKSPACE, USER);

  it('comes back as it was sent, also in a process that has not sent it', () => {
    assert.deepEqual(box.open(closed, WORKSPACE, USER), shown);
    assert.deepEqual(createCardBox(createSealer([key])).open(closed, WORKSPACE, USER), shown);
  });

  it('comes from the person and the workspace that it was sent to, and from nobody else', () => {
    box.open(closed, WORKSPACE, USER);
    assert.equal(box.open(closed, WORKSPACE, 'U2'), undefined);
    assert.equal(box.open(closed, 'slack/T2', USER), undefined);
  });

  it('shows nothing of the card in plain sight', () => {
    assert.ok(!closed.includes('Årsrapport') && !closed.includes('AdaptiveCard'));
  });

  it('does not open when anything of it was changed', () => {
    const fresh = createCardBox(createSealer([key]));
    for (let at = 0; at < closed.length; at += 1) {
      // The next sign: of a last one in base64url, the last bits mean nothing, and are looked at all the same.
      const changed =
        closed.slice(0, at) + String.fromCharCode(closed.charCodeAt(at) + 1) + closed.slice(at + 1);
      for (const each of [box, fresh])
        assert.equal(each.open(changed, WORKSPACE, USER), undefined, String(at));
    }
  });

  it('is not put together from two that one person has', () => {
    const second = box.close(shownWith('Noe annet', 'nudge/2'), WORKSPACE, USER);
    const [card = '', ...own] = second.split('.');
    const [firstCard = '', ...firstOwn] = closed.split('.');
    for (const mixed of [
      [card, ...firstOwn],
      [firstCard, ...own],
    ])
      assert.equal(box.open(mixed.join('.'), WORKSPACE, USER), undefined);
  });

  it('is no box of ours when it is something else', () => {
    for (const other of [undefined, null, 7, {}, '', '.', '..', 'a.b', 'a.b.{}', '{}', closed.slice(0, 40)])
      assert.equal(box.open(other, WORKSPACE, USER), undefined, JSON.stringify(other));
  });

  it('opens with an older key, and no longer once that is gone', () => {
    const young = newKey();
    assert.deepEqual(createCardBox(createSealer([young, key])).open(closed, WORKSPACE, USER), shown);
    assert.equal(createCardBox(createSealer([young])).open(closed, WORKSPACE, USER), undefined);
  });

  it('has the same sealed card for all who get it', () => {
    const other = box.close({ ...shown, delivery: 'nudge/9' }, WORKSPACE, 'U9');
    assert.equal(other.split('.')[0], closed.split('.')[0]);
  });
});
