import assert from 'node:assert/strict';
import { blocksOf, reported, translated } from '../../../support/blockkit.js';

const submit = (title: string, more: object = {}): object => ({ type: 'Action.Submit', title, ...more });
const shown = (actions: object[], options: object = {}): any[] => blocksOf([], { actions, ...options });

describe('Block Kit: actions', () => {
  it('makes buttons with style, description and confirmation', () => {
    const [{ elements }] = shown([
      submit('Go', { style: 'positive', tooltip: 'Goes on' }),
      submit('Away', {
        style: 'destructive',
        confirm: { title: 'Sure?', text: 'Really?', confirm: 'Yes', deny: 'No' },
      }),
    ]);
    assert.equal(elements[0].style, 'primary');
    assert.equal(elements[0].accessibility_label, 'Goes on');
    assert.equal(elements[1].style, 'danger');
    assert.deepEqual(elements[1].confirm.text, { type: 'plain_text', text: 'Really?' });
    assert.notEqual(elements[0].action_id, elements[1].action_id);
  });

  it('tells what a confirmation, a tooltip or a title says that Slack has no place for', () => {
    const long = 'Are you sure '.repeat(30).trim();
    const told = (action: object, options: object = {}): string =>
      reported(translated([], { actions: [action], ...options })).join('\n');
    assert.ok(told(submit('Go', { confirm: { text: long } })).includes(`"${long}" → shortened`));
    const asked = { tooltip: 'Goes on', confirm: { text: 'Really?', deny: 'No' } };
    const menu = told(submit('a', { menuActions: [submit('b', asked)] }));
    assert.match(menu, /tooltip "Goes on" → nothing/);
    assert.match(menu, /confirmation "Really\? \/ No" → nothing is asked/);
    for (const more of [{ isEnabled: false }, { type: 'Action.OpenUrl', url: 'mailto:a@x.example' }])
      assert.match(told(submit('a', { ...asked, ...more })), /tooltip "Goes on"[^]*"Really\?/);
    const form = translated([{ type: 'Input.Text', id: 'i', label: 'L' }], {
      actions: [submit('Send', asked)],
      surface: 'modal',
    });
    assert.match(reported(form).join('\n'), /"Really\?/);
  });

  it('sets 25 buttons a block and secondary actions in menus of five', () => {
    const many = Array.from({ length: 30 }, (_unused, index) => submit(`a${index}`));
    assert.deepEqual(
      shown(many).map((block) => block.elements.length),
      [25, 5],
    );
    const secondary = Array.from({ length: 7 }, (_unused, index) =>
      submit(`s${index}`, { mode: 'secondary' }),
    );
    const [{ elements }] = shown([submit('first'), ...secondary]);
    assert.deepEqual(
      elements.map((element: any) => element.type),
      ['button', 'overflow', 'overflow'],
    );
    assert.deepEqual(
      elements.slice(1).map((menu: any) => menu.options.length),
      [5, 2],
    );
    assert.equal(shown([submit('a'), submit('b', { mode: 'secondary' })])[0].elements[1].type, 'button');
  });

  it('sets an action’s own menu beside it', () => {
    const [{ elements }] = shown([
      submit('a', { menuActions: [submit('b'), submit('c', { menuActions: [submit('d')] })] }),
    ]);
    assert.deepEqual(
      elements[1].options.map((option: any) => option.text.text),
      ['b', 'c', 'd'],
    );
  });

  it('opens http(s) from buttons, mail and telephone from links, and nothing else', () => {
    const open = (url: string): object => ({ type: 'Action.OpenUrl', title: 'Open', url });
    assert.equal(shown([open('https://x.example/a b')])[0].elements[0].url, 'https://x.example/a%20b');
    assert.equal(shown([open('mailto:a@b.example')])[0].text.text, '<mailto:a@b.example|Open>');
    for (const url of [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'data:text/html,x',
      'file:///etc',
      '//',
      '',
    ]) {
      const result = translated([], { actions: [open(url)] });
      assert.doesNotMatch(JSON.stringify(result.messages), /"url"|<javascript/i);
      assert.equal(result.report[0]!.instead, 'its title as text');
    }
  });

  it('keeps a long title whole above a shortened button', () => {
    const title = 'word '.repeat(40).trim();
    const [above, actions] = shown([submit(title)]);
    assert.equal(above.elements[0].text, title);
    assert.ok(actions.elements[0].text.text.length <= 75);
  });

  it('names an action without a title, and shows a disabled one as text', () => {
    assert.equal(shown([submit('')], { lang: 'sv' })[0].elements[0].text.text, 'Skicka');
    assert.equal(shown([submit('', { tooltip: 'Tip' })])[0].elements[0].text.text, 'Tip');
    const result = translated([], { actions: [submit('Off', { isEnabled: false })] });
    assert.doesNotMatch(JSON.stringify(result.messages), /button/);
    assert.match(result.text, /^Off \(/);
    assert.deepEqual(reported(result), ['disabled action → its title as text']);
  });

  it('makes buttons of what elements do when they are pressed', () => {
    const selectAction = { type: 'Action.Submit', title: 'Pick' };
    const image = { type: 'Image', url: 'https://x.example/a.png', altText: 'A', selectAction };
    const container = {
      type: 'Container',
      items: [{ type: 'TextBlock', text: 'Row **one**' }],
      selectAction: { type: 'Action.Submit' },
    };
    const blocks = blocksOf([image, container]);
    assert.equal(blocks[1].elements[0].text.text, 'Pick');
    assert.equal(blocks[2].accessory.text.text, 'Row one');
    const columns = {
      type: 'ColumnSet',
      columns: [{ items: [{ type: 'TextBlock', text: 'a' }] }, { items: [{ type: 'TextBlock', text: 'b' }] }],
      selectAction,
    };
    assert.equal(blocksOf([columns])[0].accessory.text.text, 'Pick');
  });

  it('opens a ShowCard in place when it is asked to', () => {
    const card = {
      type: 'AdaptiveCard',
      body: [{ type: 'TextBlock', text: 'inside' }],
      actions: [submit('deep')],
    };
    const actions = [{ type: 'Action.ShowCard', title: 'More', card }];
    const closed = shown(actions);
    assert.equal(closed.length, 1);
    const opened = shown(actions, { shown: [closed[0].elements[0].action_id] });
    assert.deepEqual(
      opened.map((block) => block.type),
      ['actions', 'section', 'actions'],
    );
  });

  it('opens a popover below whatever it is pressed on', () => {
    const content = { type: 'Container', items: [{ type: 'TextBlock', text: 'Inside' }] };
    const selectAction = { type: 'Action.Popover', id: 'pop', title: 'More', content };
    const text = { type: 'TextBlock', text: 'Outside' };
    const after = { type: 'TextBlock', text: 'After' };
    const holders = [
      { type: 'Container', items: [text], selectAction },
      { type: 'ColumnSet', columns: [{ items: [text], selectAction }] },
      { type: 'Image', url: 'https://x.example/a.png', altText: 'Outside', selectAction },
      { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: 'Outside', selectAction }] },
      { type: 'CompoundButton', title: 'Outside', selectAction },
      { type: 'Table', rows: [{ cells: [{ items: [text], selectAction }] }] },
      { type: 'Input.Text', id: 'i', label: 'Outside', inlineAction: selectAction },
    ];
    for (const holder of holders) {
      const written = (shownIds: string[]): string =>
        JSON.stringify(blocksOf([holder, after], { shown: shownIds }));
      assert.doesNotMatch(written([]), /Inside/, holder.type);
      assert.match(written(['pop']), /Outside.*Inside.*After/, holder.type);
    }
  });

  it('reports Teams’ own kinds of buttons and links for signing in', () => {
    const task = submit('Task', { data: { msteams: { type: 'task/fetch' } } });
    assert.deepEqual(reported(translated([], { actions: [task] })), [
      "Teams' task/fetch → a button that sends the same data",
    ]);
    const signin = submit('In', { data: { msteams: { type: 'signin', value: 'https://x.example/in' } } });
    assert.equal(shown([signin])[0].elements[0].url, 'https://x.example/in');
  });
});
