import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { openPlayground } from '../support/playground.js';

const PICTURE = 'https://bilder.example/fjorden.svg';
const FJORD =
  '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="300"><rect width="900" height="300"/></svg>';

describe('the page that draws a draft', function () {
  this.timeout(180_000);
  const playground = openPlayground();
  const { become, say, press, fill, choose } = playground;
  /** The page with the draft. */
  let page: Page;
  /** What the browser complains about: scripts that fail, and what the page's policy forbids. */
  const complaints: string[] = [];
  before(() =>
    playground.page
      .context()
      .route(PICTURE, (route) => route.fulfill({ contentType: 'image/svg+xml', body: FJORD })),
  );

  const shown = (language: string, app: string) => page.innerText(`section#${language} figure.${app}`);

  it('opens from the preview, and shows the notice in both apps, in each language', async () => {
    await become('sekretariat-coordinator');
    await say('meldinger');
    await press('Ny melding');
    await fill('Tittel på bokmål', 'Velkommen <img src=x onerror=alert(1)>');
    await fill('Tekst på bokmål', 'Vi ses **28. april**.\n\n- Åpning & <b>kaffe</b>');
    await fill('Tittel på nynorsk', 'Velkomen til samling');
    await fill('Tekst på nynorsk', 'Vi ser deg **28. april**.');
    await fill('Bilde (adresse som begynner med https)', PICTURE);
    await fill('Hva bildet viser', 'Fjorden');
    await choose('Nettverk', 'sykefravaer-pulje-2');
    await choose('Be om svar', 'read');
    await press('Se hvem som får den');
    await press('Vis på nynorsk');
    const link = playground.page.getByRole('link', { name: 'Slik ser det ut i Teams og Slack' });
    const [opened] = await Promise.all([playground.page.context().waitForEvent('page'), link.click()]);
    await opened.waitForURL(/preview/);
    page = await opened.context().newPage();
    page.on('console', (said) => complaints.push(said.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(opened.url());
    await page.waitForSelector('section#nb .teams .ac-adaptiveCard');
    for (const app of ['teams', 'slack']) {
      const nn = await shown('nn', app);
      for (const text of ['Velkomen til samling', 'Vi ser deg 28. april.', 'Eg har lese dette'])
        assert.ok(nn.includes(text), `${app}: ${nn}`);
      const nb = await shown('nb', app);
      for (const text of [
        'Velkommen <img src=x onerror=alert(1)>',
        'Åpning & <b>kaffe</b>',
        'Jeg har lest dette',
      ])
        assert.ok(nb.includes(text), `${app}: ${nb}`);
    }
    assert.equal(await page.locator('figure img').count(), 4);
    assert.equal(await page.locator(`figure img[src="${PICTURE}"][alt="Fjorden"]`).count(), 4);
    assert.deepEqual(complaints, []);
  });

  it('has both apps side by side where there is room, and one below the other on a phone', async () => {
    const places = async () =>
      Promise.all(['.teams', '.slack'].map(async (app) => (await page.locator(`#nn ${app}`).boundingBox())!));
    const [teams, slack] = await places();
    assert.equal(teams!.y, slack!.y);
    assert.ok(slack!.x > teams!.x + teams!.width);
    await page.setViewportSize({ width: 390, height: 800 });
    const [above, below] = await places();
    assert.equal(above!.x, below!.x);
    assert.ok(below!.y >= above!.y + above!.height);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
  });

  it('is dark where the reader has it dark', async () => {
    const ground = () =>
      page.evaluate(() => getComputedStyle(document.querySelector('.slack .message')!).backgroundColor);
    await page.emulateMedia({ colorScheme: 'light' });
    assert.equal(await ground(), 'rgb(255, 255, 255)');
    await page.emulateMedia({ colorScheme: 'dark' });
    assert.equal(await ground(), 'rgb(26, 29, 33)');
  });

  it('is gone when the notice has been sent', async () => {
    const { store } = playground.saman;
    const [row] = await store.notices.list('saman');
    assert.equal((await page.reload())?.status(), 200);
    await store.notices.put({ ...row!, state: 'sent' });
    assert.equal((await page.reload())?.status(), 404);
  });
});
