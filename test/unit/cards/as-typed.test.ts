import assert from 'node:assert/strict';
import fc from 'fast-check';
import { asTyped, escapeMarkdown } from '../../../src/cards/as-typed.js';
import { elementsOf, gathering, item, render, renderer, saman } from '../../support/messages.js';

const LINK = '[x](http://evil.test)';
const BOLD = '**bold**';

describe('texts in cards', () => {
  const escapes: readonly (readonly [string, string])[] = [
    [LINK, '\\[x\\](http://evil.test)'],
    [BOLD, '\\*\\*bold\\*\\*'],
    ['a_b_c `d` ~e~', 'a\\_b\\_c \\`d\\` \\~e\\~'],
    ['<http://evil.test>', '\\<http://evil.test>'],
    ['already \\*', 'already \\\\\\*'],
    ['# one\n  ## two', '\\# one\n  \\## two'],
    ['- one\n+ two\n--- three', '\\- one\n\\+ two\n\\--- three'],
    ['> one', '\\> one'],
    ['30. august', '30\\. august'],
    ['1) one', '1\\) one'],
    ['09.00–10.30, 6.–7. juni', '09.00–10.30, 6.–7. juni'],
    ['Kari-Anne (Voss) #1 + 2', 'Kari-Anne (Voss) #1 + 2'],
    ['', ''],
  ];
  for (const [typed, escaped] of escapes) {
    it(`${JSON.stringify(typed)} is shown as typed`, () => assert.equal(escapeMarkdown(typed), escaped));
  }

  it('give back what was typed when the escapes are undone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        assert.equal(escapeMarkdown(typed).replace(/\\([\\`*_[\]~<#>+=.)-])/g, '$1'), typed);
      }),
    );
  });

  it('are left alone in what buttons send, and in titles, which are no markdown', () => {
    const action = { type: 'Action.Execute', title: BOLD, data: { text: BOLD, facts: [{ title: BOLD }] } };
    assert.deepEqual(asTyped([action, 3, null, true]), [action, 3, null, true]);
  });

  it('cannot become markdown, wherever people or programme files wrote them', () => {
    const evil = `${LINK} ${BOLD}`;
    const person = { name: evil, role: evil, organisation: evil };
    const event = {
      ...gathering,
      title: evil,
      place: evil,
      organisation: evil,
      why: { role: evil, network: evil },
    };
    const cards = [
      render(
        'nudge',
        {
          items: [
            { ...event, whatToDo: evil },
            { ...item, onBehalfOf: person },
          ],
        },
        'nb',
      ),
      render('agenda', { scope: 'coming', paused: false, items: [event] }, 'nb'),
      render(
        'digest',
        {
          date: '2014-02-08',
          overdue: [{ event: 'e', title: evil, due: '2014-02-01', daysOverdue: 7, organisations: [evil] }],
        },
        'nb',
      ),
      render('help', { understood: true, programme: evil, doors: [] }, 'nb'),
      render(
        'handover-notice',
        { title: evil, date: '2014-02-01', member: person, to: person, note: evil },
        'nb',
      ),
      render('not-mine', { event: 'e', title: evil, colleagues: [{ ...person, id: 'a' }] }, 'nb'),
      render(
        'statement',
        { key: 'away-until', args: { deputy: evil, date: { date: '2014-02-01' } }, tone: 'done' },
        'nb',
      ),
    ];
    for (const { card } of cards) {
      const shown = elementsOf(card).flatMap((each) => [
        ...(each.type === 'TextBlock' ? [String(each.text)] : []),
        ...(each.type === 'FactSet' ? (each.facts as { value: string }[]).map((fact) => fact.value) : []),
      ]);
      assert.ok(shown.some((text) => text.includes('evil.test')));
      for (const text of shown) assert.doesNotMatch(text, /(?<!\\)[*[\]]/);
    }
  });

  it('carry no backslashes where markdown is not read: notifications and choices', () => {
    const person = { id: 'a', name: 'Kari_Anne *', role: 'r', organisation: 'o' };
    const { card } = render('not-mine', { event: 'e', title: 't', colleagues: [person] }, 'nb');
    const choices = elementsOf(card).find((each) => each.type === 'Input.ChoiceSet')?.choices;
    assert.equal((choices as { title: string }[])[1]?.title, 'Kari_Anne *');
    const notice = { title: 't', date: '2014-02-01', member: person, note: 'one\n\n*two*' };
    const { text } = render(
      'handover-notice',
      (({ member: { id, ...member }, ...rest }) => ({ ...rest, member }))(notice),
      'nb',
    );
    assert.match(text, /Kari_Anne \*.*one \*two\*$/);
  });
});

describe('the renderer', () => {
  it('refuses a message that it does not know, or whose data is wrong', () => {
    const wrong = (template: string, data: Record<string, string>) => () =>
      renderer.render({ template, data }, { language: 'nn', programme: saman });
    assert.throws(wrong('toString', {}), { code: 'CARD_TEMPLATE_WRONG' });
    assert.throws(wrong('help', {}), { code: 'CARD_TEMPLATE_WRONG' });
    assert.throws(wrong('statement', { key: 'x' }), { code: 'CARD_TEMPLATE_WRONG' });
  });
});
