import assert from 'node:assert/strict';
import { fromBlockKit, toBlockKit } from '../../../../src/cards/blockkit/index.js';
import { checkLimits } from '../../../../src/cards/blockkit/limits/index.js';
import { cardOf, reported, stateOf, translated } from '../../../support/blockkit.js';

const texts = (count: number): object[] =>
  Array.from({ length: count }, (_unused, index) => ({ type: 'TextBlock', text: `Line ${index}` }));
const inputs = (count: number): object[] =>
  Array.from({ length: count }, (_unused, index) => ({
    type: 'Input.Text',
    id: `i${index}`,
    label: `Label ${index}`,
  }));
const send = { type: 'Action.Submit', title: 'Send', data: {} };

describe('Block Kit: messages, pages and views', () => {
  it('divides what is to be read among messages', () => {
    const result = translated(texts(120));
    assert.equal(result.messages.length, 3);
    assert.equal(result.pages, 1);
    assert.match(result.messages[1]!.text, /^Line 48\n/);
    for (const message of result.messages) assert.deepEqual(checkLimits(message, 'message'), []);
    assert.ok(reported(result).includes('more than a message holds → 3 messages'));
  });

  it('keeps a heading with what follows it, and no line at the edge of a message', () => {
    const heading = { type: 'TextBlock', text: 'Part two', style: 'heading', separator: true };
    const result = translated([...texts(46), heading, ...texts(20)]);
    const last = result.messages[0]!.blocks.at(-1)!;
    assert.equal(last.type, 'section');
    assert.equal(result.messages[1]!.blocks[0]!.type, 'header');
  });

  it('shows a form that is too long page by page, and brings all pages back together', () => {
    const card = cardOf(inputs(70), [send]);
    const first = toBlockKit(card, { surface: 'message' });
    assert.equal(first.pages, 2);
    assert.equal(first.messages.length, 1);
    const buttons: any = first.messages[0]!.blocks.at(-1);
    const next = buttons.elements[0];
    assert.equal(next.text.text, 'Next page');
    const id = (first.messages[0]!.blocks[0] as any).block_id;
    const turned: any = fromBlockKit(card, {
      actionId: next.action_id,
      state: stateOf({ [id]: { type: 'plain_text_input', value: 'typed' } }),
      options: { surface: 'message' },
    });
    assert.deepEqual([turned.kind, turned.options.page, turned.options.values.i0], ['page', 2, 'typed']);
    const second = toBlockKit(card, turned.options);
    const blocks = second.messages[0]!.blocks as any[];
    const sender = blocks.flatMap((block) => block.elements ?? []).find((one) => one.text?.text === 'Send');
    const sent: any = fromBlockKit(card, { actionId: sender.action_id, options: turned.options });
    assert.deepEqual(sent.data, { i0: 'typed' });
  });

  it('keeps a form in one message where its inputs and buttons fit together', () => {
    const card = cardOf([...texts(60), ...inputs(2)], [send]);
    const result = toBlockKit(card, { surface: 'message' });
    assert.equal(result.pages, 1);
    assert.equal(result.messages.length, 2);
  });

  it('gives a modal its title and the sending action as its button', () => {
    const heading = {
      type: 'TextBlock',
      text: 'A heading that is much too long for a modal',
      style: 'heading',
    };
    const result = toBlockKit(
      cardOf(
        [heading, ...inputs(1)],
        [{ type: 'Action.Submit', title: 'Cancel', associatedInputs: 'none' }, send],
      ),
      {
        surface: 'modal',
        lang: 'sv',
      },
    );
    const { view } = result;
    assert.equal(view!.type, 'modal');
    assert.ok(view!.title!.text.length <= 24);
    assert.equal(view!.submit!.text, 'Send');
    assert.equal(view!.close!.text, 'Stäng');
    assert.deepEqual(
      view!.blocks.map((block) => block.type),
      ['header', 'input', 'actions'],
    );
    assert.deepEqual(checkLimits(view!, 'modal'), []);
  });

  it('takes the sending action of a modal from within the card where it stands there', () => {
    const set = { type: 'ActionSet', actions: [{ ...send, title: 'Save', style: 'positive' }] };
    const { view } = toBlockKit(cardOf([...inputs(1), { type: 'Container', items: [set] }]), {
      surface: 'modal',
    });
    assert.equal(view!.submit!.text, 'Save');
    assert.deepEqual(
      view!.blocks.map((block) => block.type),
      ['input'],
    );
  });

  it('turns the pages of a long modal with its own button', () => {
    const card = cardOf(inputs(150), [send]);
    const first = toBlockKit(card, { surface: 'modal' });
    assert.equal(first.pages, 2);
    assert.equal(first.view!.submit!.text, 'Next page');
    const turned: any = fromBlockKit(card, {
      actionId: first.view!.callback_id!,
      options: { surface: 'modal' },
    });
    assert.equal(turned.options.page, 2);
    const second = toBlockKit(card, turned.options);
    assert.equal(second.view!.submit!.text, 'Send');
    assert.equal(
      (fromBlockKit(card, { actionId: second.view!.callback_id!, options: turned.options }) as any).kind,
      'submit',
    );
    assert.match(JSON.stringify(second.view), /Previous page/);
    for (const { view } of [first, second]) assert.deepEqual(checkLimits(view!, 'modal'), []);
  });

  it('gives a home tab its blocks, with pages above a hundred', () => {
    const result = toBlockKit(cardOf(texts(150)), { surface: 'home', page: 2 });
    assert.deepEqual([result.view!.type, result.pages], ['home', 2]);
    assert.deepEqual(checkLimits(result.view!, 'home'), []);
  });

  it('never gives an empty message', () => {
    assert.equal(translated([]).messages.length, 1);
    const fallback = toBlockKit(
      { type: 'AdaptiveCard', fallbackText: 'Read it elsewhere' },
      { surface: 'message' },
    );
    assert.match(JSON.stringify(fallback.messages[0]!.blocks), /Read it elsewhere/);
  });
});
