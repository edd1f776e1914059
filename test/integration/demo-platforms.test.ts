import assert from 'node:assert/strict';
import { startPlatforms, type DemoPlatforms } from '../../src/cli/demo-platforms.js';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The forms of a page that press the button with a label, with what stands in their fields. */
function formsOf(page: string, label: string): readonly URLSearchParams[] {
  return [...page.matchAll(/<form[^>]*>(.*?)<\/form>/gs)].flatMap(([, inner = '']) => {
    const [, pressed] = new RegExp(`<button([^>]*)>${label}</button>`).exec(inner) ?? [];
    if (pressed === undefined) return [];
    const [, button] = /value="([^"]*)"/.exec(pressed) ?? [];
    const fields = [...inner.matchAll(/<input [^>]*?name="([^"]*)" value="([^"]*)"/g)];
    const form = new URLSearchParams(fields.map(([, name = '', value = '']) => [name, value]));
    if (button !== undefined) form.set('button', button);
    return [form];
  });
}

/** The name of the field with a label. */
function fieldOf(page: string, label: string): string {
  const [, name] = new RegExp(`<label>${label}<[^>]*name="([^"]*)"`).exec(page) ?? [];
  assert.ok(name !== undefined, `no field ${label}`);
  return name;
}

describe('the demo with a Slack and a Teams on this machine', function () {
  this.timeout(120_000);
  let demo: DemoPlatforms;
  before(async () => {
    demo = await startPlatforms({ slack: true, teams: true, log: silent });
  });
  after(() => demo.close());

  const see = async (url: string) => (await fetch(url)).text();
  const press = async (url: string, form: URLSearchParams | undefined) => {
    assert.ok(form !== undefined);
    return (await fetch(url, { method: 'POST', body: form })).text();
  };

  for (const platform of ['slack', 'teams'] as const) {
    it(`shows what people get in ${platform}, and takes their answers there`, async () => {
      const url = demo.urls[platform] ?? '';
      let page = await see(url);
      for (let n = 0; n < 20 && formsOf(page, 'Levert').length === 0; n += 1)
        page = await press(url, formsOf(page, 'Forward to the next message')[0]);
      const before = formsOf(page, 'Levert');
      const [form] = before;
      assert.ok(form !== undefined, page.slice(0, 2_000));
      const after = await press(url, form);
      assert.ok(formsOf(after, 'Levert').length < before.length, 'the nudge was answered');
      assert.match(after, /Angre/);
    });
  }

  it('opens a form in Slack, keeps what is typed when something is wrong, and saves it', async () => {
    const url = demo.urls.slack ?? '';
    const say = new URLSearchParams({ do: 'say', person: 'sekretariat-coordinator', text: 'samlinger' });
    let page = await press(url, say);
    page = await press(url, formsOf(page, 'Ny samling')[0]);
    const fill = (values: Readonly<Record<string, string>>) => {
      const [form] = formsOf(page, 'Lagre');
      assert.ok(form !== undefined, 'the window is open');
      for (const [label, value] of Object.entries(values)) form.set(fieldOf(page, label), value);
      return form;
    };
    const title = 'Samling om nærvær';
    page = await press(url, fill({ 'Tittel på bokmål': title }));
    assert.match(page, /Velg en dato/);
    const same = fieldOf(page, 'Bruk den første tittelen på alle språk');
    const form = fill({ Dato: '2031-05-20' });
    assert.equal(form.get(fieldOf(page, 'Tittel på bokmål')), title);
    form.set(same, 'on');
    page = await press(url, form);
    assert.equal(formsOf(page, 'Lagre').length, 0, 'the window has closed');
    assert.match(page, /20\. mai 2031/);
  });

  it('opens a form in Teams, and closes it without sending', async () => {
    const url = demo.urls.teams ?? '';
    const say = new URLSearchParams({ do: 'say', person: 'sandnes-project-leader', text: 'hjelp' });
    let page = await press(url, say);
    page = await press(url, formsOf(page, 'Pause').at(-1));
    assert.match(page, /class="window"/);
    page = await press(url, formsOf(page, 'Close')[0]);
    assert.doesNotMatch(page, /class="window"/);
  });

  it('answers no page of another site', async () => {
    const answered = await fetch(demo.urls.slack ?? '', {
      method: 'POST',
      headers: { origin: 'http://example.org' },
      body: new URLSearchParams({ do: 'next' }),
    });
    assert.equal(answered.status, 403);
  });
});
