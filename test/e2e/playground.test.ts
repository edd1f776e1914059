import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { startDemo } from '../../src/cli/demo.js';
import { openPlayground } from '../support/playground.js';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const day = (date: string) => Date.parse(`${date}T12:00:00Z`);

describe('the playground in a browser', function () {
  this.timeout(120_000);
  const playground = openPlayground();
  const { become, say, shows, faults } = playground;
  const saman = () => playground.saman;
  const conversation = () => playground.page.locator('#lines').innerText();
  let page: Page;
  before(() => {
    ({ page } = playground);
  });

  it('tells second-cohort project leaders of the annual report in their own language, and stops once it is handed in', async () => {
    await saman().advance(day('2014-01-20'));
    await page.click('[data-move=day]');
    await page.waitForFunction(() => document.querySelector('#now')!.textContent.includes('2014'));

    await become('gjovik-project-leader');
    await shows('Om 30 dager');
    const bokmal = await conversation();
    assert.match(bokmal, /Årsrapport/);
    assert.match(bokmal, /lørdag 1\. februar 2014/);
    assert.match(bokmal, /prosjektleder i Gjøvik/);

    await become('voss-project-leader');
    await shows('laurdag 1. februar 2014');
    assert.match(await conversation(), /Ikkje mi oppgåve/);

    await page
      .locator('.card', { hasText: 'Årsrapport' })
      .last()
      .getByRole('button', { name: 'Levert' })
      .click();
    await shows('Levert. Takk.');

    const before = saman().linesOf('voss-project-leader').length;
    const others = saman().linesOf('gjovik-project-leader').length;
    await saman().advance(day('2014-02-20'));
    assert.equal(
      saman().linesOf('voss-project-leader').length,
      before,
      'Voss has handed in and is left in peace',
    );
    assert.ok(saman().linesOf('gjovik-project-leader').length > others, 'Gjøvik has not, and is reminded');
    assert.deepEqual(faults, []);
  });

  it('answers what is typed, in the language that was chosen last', async () => {
    await become('voss-project-leader');
    await say('byt språk til svenska');
    await shows('Då skriver jag på svenska.');
    await say('hvad sker der');
    await shows('Det här är på gång för dig');
    await say('xyzzy');
    await shows('Det förstod jag inte.');
  });

  it('moves to the next moment at which somebody is told something, and by a week', async () => {
    const ids = (await saman().members()).map(({ id }) => id);
    const told = () => ids.reduce((sum, id) => sum + saman().linesOf(id).length, 0);
    const [before, clock] = [told(), saman().now()];
    await page.click('[data-move=next]');
    while (saman().now() === clock || told() === before) await page.waitForTimeout(50);
    const [at, heard] = [saman().now(), told()];
    await page.waitForTimeout(500);
    assert.deepEqual([saman().now(), told()], [at, heard], 'and stays there');
    await page.click('[data-move=week]');
    while (saman().now() < at + 7 * 24 * 60 * 60 * 1000) await page.waitForTimeout(50);
    assert.deepEqual(faults, []);
  });

  it('runs through the year week by week, and stops when asked', async () => {
    const week = 7 * 24 * 60 * 60 * 1000;
    const weeksSince = (ms: number) => Math.round((saman().now() - ms) / week);
    const started = saman().now();
    await page.click('#year');
    while (weeksSince(started) < 4) await page.waitForTimeout(200);
    await page.click('#year');
    await page.waitForTimeout(1_500);
    const stopped = weeksSince(started);
    assert.ok(stopped <= 6, `${String(stopped)} weeks`);
    await page.waitForTimeout(1_000);
    assert.equal(weeksSince(started), stopped);
    assert.deepEqual(faults, []);
  });

  it('labels every field and does not scroll sideways on a phone', async () => {
    const unnamed = await page.evaluate(() =>
      [...document.querySelectorAll('input, select, button')]
        .filter((each) => {
          const field = each as HTMLInputElement;
          const labels = field.labels?.length ?? 0;
          return labels === 0 && each.textContent === '' && !each.hasAttribute('aria-label');
        })
        .map((each) => each.outerHTML.slice(0, 100)),
    );
    assert.deepEqual(unnamed, []);
    await page.setViewportSize({ width: 360, height: 740 });
    const [scroll, width] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      window.innerWidth,
    ]);
    assert.ok(scroll <= width, `${String(scroll)} px of content on ${String(width)} px`);
  });

  it('gives the place of the list to the conversation on a phone', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    const list = page.locator('#people');
    if (!(await list.isVisible())) await page.click('#people-box summary');
    await page.click('#people [data-member="gjovik-project-leader"]');
    await list.waitFor({ state: 'hidden' });
    await page.waitForFunction(() => document.querySelector('#who')!.textContent.includes('Gjøvik'));
    await page.click('#people-box summary');
    assert.ok(await list.isVisible());
    await page.setViewportSize({ width: 1280, height: 860 });
  });
});

describe('the playground with production settings', () => {
  it('does not start', async () => {
    await assert.rejects(startDemo({ port: 0, host: '127.0.0.1', log: silent, mode: 'production' }), {
      code: 'CONFIG_WRONG',
    });
  });
});
