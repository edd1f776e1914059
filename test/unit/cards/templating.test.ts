import assert from 'node:assert/strict';
import { compileTemplate } from '../../../src/cards/templating/template.js';

describe('the template language', () => {
  const expand = (template: unknown, data: unknown) => compileTemplate(template, 'test')(data);

  it('binds, repeats, leaves out, compares', () => {
    const template = {
      a: '${x}',
      b: 'x is ${x}',
      list: [
        {
          $data: '${items}',
          $when: '${n != 2 && (n == 1 || !no)}',
          n: '${n}',
          i: '${$index}',
          top: '${$root.x}',
        },
      ],
      one: { $data: '${inner}', y: '${y}' },
      text: "${'quoted'}",
      plain: 7,
      none: null,
    };
    const data = {
      x: 5,
      inner: { y: 1 },
      items: [
        { n: 1, no: true },
        { n: 2, no: false },
        { n: 3, no: false },
      ],
    };
    assert.deepEqual(expand(template, data), {
      a: 5,
      b: 'x is 5',
      list: [
        { n: 1, i: 0, top: 5 },
        { n: 3, i: 2, top: 5 },
      ],
      one: { y: 1 },
      text: 'quoted',
      plain: 7,
      none: null,
    });
  });

  for (const wrong of [
    '${formatNumber(x, 2)}',
    '${a +}',
    '${}',
    '${(a}',
    '${a b}',
    '${)}',
    '${a',
    'x ${a} ${b',
    '${$foo}',
    '${$foo.a}',
  ]) {
    it(`refuses ${wrong}`, () =>
      assert.throws(() => expand({ a: wrong }, { a: 1, x: 1 }), { code: 'CARD_TEMPLATE_WRONG' }));
  }

  it('never leaves a missing key in a card', () => {
    assert.throws(() => expand('${a.b}', { a: {} }), { code: 'CARD_TEMPLATE_WRONG' });
    assert.throws(() => expand('${constructor}', {}), { code: 'CARD_TEMPLATE_WRONG' });
    assert.throws(() => expand({ $data: 3 }, {}), { code: 'CARD_TEMPLATE_WRONG' });
  });

  it('leaves out only by true or false', () => {
    assert.deepEqual(expand([{ $when: '${a}', b: 1 }], { a: false }), []);
    assert.throws(() => expand([{ $when: '${a}', b: 1 }], { a: 'yes' }), { code: 'CARD_TEMPLATE_WRONG' });
  });

  it('does not read what data holds as a template', () => {
    assert.equal(expand('${a}', { a: '${b}' }), '${b}');
    assert.equal(expand('a ${a}', { a: '${b}' }), 'a ${b}');
  });

  it('does not evaluate what the left side has decided', () => {
    assert.equal(expand('${no && missing}', { no: false }), false);
    assert.equal(expand('${yes || missing}', { yes: true }), true);
  });
});
