import assert from 'node:assert/strict';
import fc from 'fast-check';
import { asTyped, escapeMarkdown, withoutFormat } from '../../../src/cards/as-typed.js';
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

  it('are read in one go, also where they are nothing but empty lines', () => {
    // What looks at the rest of the text from each line would take hours here.
    assert.equal(escapeMarkdown('\n'.repeat(1_000_000)).length, 1_000_000);
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

describe('a text with formatting', () => {
  const shown = (text: string) =>
    (asTyped({ type: 'TextBlock', text, isFormatted: true }) as { text: string; isFormatted?: boolean }).text;

  it('keeps bold, italic, lists and links to the web and to mail', () => {
    for (const text of [
      'Vi møtes i **Molde**, _kanskje_ *i morgen*.',
      '- kart\n- kompass\n\n1. først\n2. så',
      'Se [programmet](https://saman.example/a?b=c_d) eller [skriv](mailto:a@saman.example).',
      '**Viktig**',
      '* en\n* to',
    ])
      assert.equal(shown(text), text);
    assert.deepEqual(asTyped({ text: 'a', isFormatted: true }), { text: 'a' });
  });

  it('takes the meaning out of headings, quotations, rules, code, HTML, pictures and other links', () => {
    assert.equal(shown('# Stor'), '\\# Stor');
    assert.equal(shown('> sagt'), '\\> sagt');
    assert.equal(shown('Tekst\n---'), 'Tekst\n\\---');
    assert.equal(shown('Tekst\n==='), 'Tekst\n\\===');
    assert.equal(shown('* * *'), '\\* * *');
    assert.equal(shown('`a` ~~b~~ <b>'), '\\`a\\` \\~\\~b\\~\\~ \\<b>');
    assert.equal(shown('![x](https://a.example/x.png)'), '\\![x](https://a.example/x.png)');
    assert.equal(shown('[x](javascript:alert(1)) [y]'), '\\[x](javascript:alert(1)) \\[y]');
  });

  it('takes a number at the start of a line for a list only where another follows', () => {
    assert.equal(shown('5. mai møtes vi'), '5\\. mai møtes vi');
    assert.equal(shown('1. mai er fri'), '1\\. mai er fri');
    assert.equal(shown('1. kart\n2. kompass\n5. mai'), '1. kart\n2. kompass\n5\\. mai');
  });

  it('is plain words where there is no room for formatting', () => {
    const typed =
      'Vi møtes i **Molde**, _tidlig_ *nå*:\n* se [program](https://saman.example/a_b), a_b_c, 2 * 3 * 4';
    assert.equal(withoutFormat(typed), 'Vi møtes i Molde, tidlig nå:\n* se program, a_b_c, 2 * 3 * 4');
  });
});
