import { openPlayground } from '../support/playground.js';

describe('questions in a browser', function () {
  this.timeout(120_000);
  // A Tuesday at noon: everybody may be spoken to.
  const playground = openPlayground(Date.parse('2014-01-21T11:00:00Z'));
  const { become, say, shows } = playground;
  const press = (name: string) =>
    playground.page.locator('#lines').getByRole('button', { name }).last().click();

  it('answers at once from an article, for the asker’s own network and cohort', async () => {
    await become('voss-project-leader');
    await say('kor ska me møtas neste gang');
    await shows('Når er neste samling?');
    await shows('28. april 2014');
    await press('Det hjelpte');
    await shows('Fint, takk for beskjeden.');
  });

  it('passes an unknown question on, learns from the answer, and finds it in another language and misspelt', async () => {
    await say('finst det ein loggbok for heiltidsprosjektet');
    await press('Spør ein person');
    await shows('Eg har spurt. Svaret kjem her.');

    await become('ks-network-leader-sykefravaer-pulje-2');
    await shows('finst det ein loggbok for heiltidsprosjektet');
    await playground.page
      .locator('.card')
      .last()
      .locator('textarea')
      .fill('Ja, loggboka ligg hos nettverksleiaren.');
    await press('Svar og lagre som artikkel');
    await shows('Svaret er sendt');

    await become('voss-project-leader');
    await shows('Ja, loggboka ligg hos nettverksleiaren.');

    await become('gjovik-project-leader');
    await say('finnes det en logbok for heltidsprosjektet?');
    await shows('Ja, loggboka ligg hos nettverksleiaren.');
    await shows('foreløpig');
  });

  it('says calmly what it does not know', async () => {
    await say('hva tjener nettverkslederen');
    await shows('Lønn vet jeg ikke noe om.');
  });
});
