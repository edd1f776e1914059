import assert from 'node:assert/strict';
import { openPlayground } from '../support/playground.js';

const EVENT = 'Nettverkssamling 3';

describe('a gathering in the playground', function () {
  this.timeout(180_000);
  const playground = openPlayground();
  const { become, say, shows, faults } = playground;
  const card = (text: string) => playground.page.locator('.card', { hasText: text }).last();
  const comes = async (member: string, button: string, said: string) => {
    await become(member);
    await shows(EVENT);
    await card(EVENT).getByRole('button', { name: button, exact: true }).first().click();
    await shows(said);
  };
  /** The coordinator's card of who comes, a line for each organisation. */
  const matrix = async () => {
    await become('sekretariat-coordinator');
    const { page } = playground;
    const before = await page.locator('.card').count();
    await say('samlinger');
    await page.waitForFunction((n) => document.querySelectorAll('.card').length >= n + 2, before);
    await card('Hvem kommer')
      .getByRole('button', { name: `Åpne «${EVENT}»` })
      .first()
      .click();
    await page.waitForFunction((n) => document.querySelectorAll('.card').length >= n + 3, before);
    return card('har ikke svart').innerText();
  };
  const lineOf = (text: string, organisation: string) => {
    const lines = text.split('\n').map((line) => line.trim());
    return lines.slice(lines.indexOf(organisation) + 1).find((line) => line.includes('·'));
  };

  it('is answered from three organisations; the gap is asked for, and filled by the project leader', async () => {
    const { page, saman } = playground;
    await saman.advance(Date.parse('2014-04-15T12:00:00Z'));
    await page.click('[data-move=day]');

    await comes('voss-political', 'Eg kjem', 'Du kjem.');
    await comes('voss-administrative', 'Eg kjem', 'Du kjem.');
    await comes('gjovik-union', 'Jeg kommer', 'Du kommer.');
    await comes('hoyanger-political', 'Kanskje', 'Du har svara kanskje.');

    const before = await matrix();
    assert.equal(
      lineOf(before, 'Voss'),
      'folkevalgte: 1 kommer · administrativ ledelse: 1 kommer · tillitsvalgte: mangler',
    );
    assert.match(lineOf(before, 'Gjøvik') ?? '', /folkevalgte: mangler .* tillitsvalgte: 1 kommer/);
    assert.match(lineOf(before, 'Høyanger') ?? '', /^folkevalgte: kanskje/);

    await become('voss-project-leader');
    await shows('Kven kjem frå Voss?');
    const gap = card('Kven kjem frå Voss?');
    await gap.getByLabel('Namn').fill('Ein tillitsvald');
    await gap.getByLabel('Kjem som').selectOption('union');
    await gap.getByRole('button', { name: 'Meld på' }).click();
    await shows('Alle tre partane frå Voss er med.');

    assert.match(lineOf(await matrix(), 'Voss') ?? '', /tillitsvalgte: 1 kommer$/);
    assert.deepEqual(faults, []);
  });
});
