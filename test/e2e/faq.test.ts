import type { Browser, Page } from 'playwright-core';
import { startDemo, type Demo } from '../../src/cli/demo.js';
import { openBrowser } from '../support/browser.js';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('questions in a browser', function () {
  this.timeout(120_000);
  let demo: Demo;
  let browser: Browser;
  let page: Page;

  before(async () => {
    demo = await startDemo({ port: 0, host: '127.0.0.1', log: silent, mode: 'development' });
    // A Tuesday at noon: everybody may be spoken to.
    await demo.sessions.find((each) => each.id === 'saman')!.advance(Date.parse('2014-01-21T11:00:00Z'));
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(demo.url);
    await page.waitForSelector('.person');
  });

  after(async () => {
    await browser.close();
    await demo.close();
  });

  const become = async (member: string) => {
    await page.click(`#people [data-member="${member}"]`);
    await page.waitForSelector(`#people [data-member="${member}"][aria-current="true"]`);
  };
  const say = async (text: string) => {
    await page.fill('#text', text);
    await page.keyboard.press('Enter');
  };
  const sees = (text: string) =>
    page.waitForFunction((wanted) => document.querySelector('#lines')!.textContent.includes(wanted), text);
  const press = (name: string) => page.locator('#lines').getByRole('button', { name }).last().click();

  it('answers at once from an article, for the asker’s own network and cohort', async () => {
    await become('voss-project-leader');
    await say('kor ska me møtas neste gang');
    await sees('Når er neste samling?');
    await sees('28. april 2014');
    await press('Det hjelpte');
    await sees('Fint, takk for beskjeden.');
  });

  it('passes an unknown question on, learns from the answer, and finds it in another language and misspelt', async () => {
    await say('finst det ein loggbok for heiltidsprosjektet');
    await press('Spør ein person');
    await sees('Eg har spurt. Svaret kjem her.');

    await become('ks-network-leader-sykefravaer-pulje-2');
    await sees('finst det ein loggbok for heiltidsprosjektet');
    await page.locator('.card').last().locator('textarea').fill('Ja, loggboka ligg hos nettverksleiaren.');
    await press('Svar og lagre som artikkel');
    await sees('Svaret er sendt');

    await become('voss-project-leader');
    await sees('Ja, loggboka ligg hos nettverksleiaren.');

    await become('gjovik-project-leader');
    await say('finnes det en logbok for heltidsprosjektet?');
    await sees('Ja, loggboka ligg hos nettverksleiaren.');
    await sees('foreløpig');
  });

  it('says calmly what it does not know', async () => {
    await say('hva tjener nettverkslederen');
    await sees('Lønn vet jeg ikke noe om.');
  });
});
