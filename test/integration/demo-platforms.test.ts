import assert from 'node:assert/strict';
import { startPlatforms, type DemoPlatforms } from '../../src/cli/demo-platforms.js';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The forms of a page that press the button with a label. */
function formsOf(page: string, label: string): readonly URLSearchParams[] {
  return [...page.matchAll(/<form[^>]*>(.*?)<\/form>/gs)].flatMap(([, inner = '']) => {
    if (!inner.includes(`<button>${label}</button>`)) return [];
    const fields = [...inner.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g)];
    return [new URLSearchParams(fields.map(([, name = '', value = '']) => [name, value]))];
  });
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

  it('answers no page of another site', async () => {
    const answered = await fetch(demo.urls.slack ?? '', {
      method: 'POST',
      headers: { origin: 'http://example.org' },
      body: new URLSearchParams({ do: 'next' }),
    });
    assert.equal(answered.status, 403);
  });
});
