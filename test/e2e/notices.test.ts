import assert from 'node:assert/strict';
import { openPlayground } from '../support/playground.js';

const BOSS = 'sekretariat-coordinator';
const NETWORK = 'sykefravaer-pulje-2';

describe('a notice and its gathering in the playground', function () {
  this.timeout(180_000);
  const playground = openPlayground(Date.parse('2014-04-01T08:00:00Z'));
  const { become, say, shows, press, fill, choose } = playground;
  const saman = () => playground.saman;

  it('is written in two languages, gets a second yes, and reaches the network', async () => {
    await become(BOSS);
    await say('meldinger');
    await press('Ny melding');
    await fill('Tittel på bokmål', 'Velkommen til samling');
    await fill('Tekst på bokmål', 'Vi ses **28. april**. Meld fra om du kommer.');
    await fill('Tittel på nynorsk', 'Velkomen til samling');
    await fill('Tekst på nynorsk', 'Vi ser deg **28. april**. Meld frå om du kjem.');
    await choose('Nettverk', NETWORK);
    await choose('Samling', 'sykefravaer-pulje-2-2014-04-28');
    await choose('Be om svar', 'rsvp');
    await press('Se hvem som får den');
    await shows('Med så mange mottakere må en koordinator til si ja');
    await shows('nynorsk');
    await press('Be om ja og send');
    await shows('Venter på ja fra en annen koordinator');
    await become(`${BOSS}-2`);
    await shows('vil sende dette til');
    await press('Ja, send');
    await shows('går ut.');
    await saman().advance(saman().now() + 60_000);
    await become(BOSS);
    await shows('Alt er sendt');
    await shows('25 av 25 har fått den');
  });

  it('asks three organisations who come, and shows the coordinator who is missing', async () => {
    for (const [member, yes, said] of [
      ['voss-political', 'Eg kjem', 'Du har svara at du kjem'],
      ['hoyanger-union', 'Eg kjem', 'Du har svara at du kjem'],
      ['gjovik-administrative', 'Jeg kommer', 'Du har svart at du kommer'],
    ] as const) {
      await become(member);
      await press(yes);
      await shows(said);
    }
    await become(BOSS);
    await say('samlinger');
    await press('Åpne «Nettverkssamling 3»');
    await shows('3 kommer');
    await shows('folkevalgte: 1 kommer · administrativ ledelse: mangler · tillitsvalgte: mangler');
  });

  it('has the gap filled by the project leader who is asked', async () => {
    await saman().advance(Date.parse('2014-04-14T12:00:00Z'));
    await become('voss-project-leader');
    await shows('Kven kjem frå Voss?');
    for (const [name, party] of [
      ['Leiar frå Voss', 'administrative'],
      ['Tillitsvald frå Voss', 'union'],
    ] as const) {
      await fill('Namn', name);
      await choose('Kjem som', party);
      await press('Meld på');
      await shows(name);
    }
    await shows('Alle tre partane frå Voss er med');
    await become(BOSS);
    await say('samlinger');
    await press('Åpne «Nettverkssamling 3»');
    await shows('folkevalgte: 1 kommer · administrativ ledelse: 1 kommer · tillitsvalgte: 1 kommer');
  });

  it('is corrected for everybody who has it', async () => {
    await say('meldinger');
    await press('Åpne «Velkommen til samling»');
    await press('Rett det som er sendt');
    await shows('Meldingen endres hos alle');
    await fill('Tittel på bokmål', 'Velkommen til samling i Molde');
    await fill('Tittel på nynorsk', 'Velkomen til samling i Molde');
    await press('Rett hos alle');
    await playground.page.waitForFunction(
      () => !document.querySelector('#lines')!.textContent.includes('Rett hos alle'),
    );
    await saman().advance(saman().now() + 60_000);
    const receivers = (await saman().store.sendings.list('saman'))[0]!.receivers.map((each) => each.member);
    const texts = receivers.flatMap((member) =>
      saman()
        .linesOf(member)
        .flatMap((line) =>
          line.from === 'samling' && line.delivery.startsWith('notice/') ? [line.message.text] : [],
        ),
    );
    assert.equal(receivers.length, 25);
    assert.deepEqual(
      texts
        .filter((text) => !/^Rett(a|et) · melding fr[aå] .* i Molde$/.test(text))
        .filter((text) => !text.includes('Ferdig')),
      [],
    );
    await become('voss-political');
    await shows('Velkomen til samling i Molde');
    await shows('Du har svara at du kjem');
  });

  it('shows what is wrong in a form where its reader sees it, with all that was typed', async () => {
    await become(BOSS);
    await say('meldinger');
    await press('Ny melding');
    await fill('Tittel på bokmål', 'Velkommen');
    await press('Se hvem som får den');
    await shows('Teksten på bokmål mangler.');
    const { page } = playground;
    const [fault, lines] = await Promise.all(
      [page.getByText('Teksten på bokmål mangler.'), page.locator('#lines')].map((each) =>
        each.boundingBox(),
      ),
    );
    assert.ok(fault!.y >= lines!.y && fault!.y + fault!.height <= lines!.y + lines!.height, String(fault!.y));
    assert.equal(await page.getByLabel('Tittel på bokmål', { exact: true }).last().inputValue(), 'Velkommen');
  });
});
