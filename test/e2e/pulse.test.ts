import assert from 'node:assert/strict';
import { openPlayground } from '../support/playground.js';
import { buttonData, pulseWith } from '../support/pulse-parts.js';

const organisations = ['voss', 'gjovik', 'bodo'];

describe('a pulse in the playground', function () {
  this.timeout(180_000);
  const playground = openPlayground();
  const { become, shows } = playground;

  it('asks three organisations in two languages, reminds, closes, and withholds the one with four answers', async () => {
    const { page, saman: session } = playground;
    const members = (await session.store.members.list('saman')).filter((each) =>
      organisations.includes(each.organisation),
    );
    const now = new Date(session.now());
    const starts = new Date(now.getTime() + 86_400_000).toISOString().slice(0, 10);
    const pulse = pulseWith({ audience: { organisations }, schedule: { starts } });
    await session.store.pulses.put({ programme: 'saman', id: pulse.id, pulse, state: 'active', by: 'x' });
    await session.samling.planner.replan('saman');
    await session.advance(session.now() + 27 * 3_600_000);
    const round = (await session.store.rounds.list('saman'))[0]!;
    const cardOf = (member: string) =>
      session.linesOf(member).find((line) => line.from === 'samling' && line.delivery.startsWith('pulse/'));

    const answering = members.filter((each) => {
      const own = members.filter((other) => other.organisation === each.organisation);
      return own.indexOf(each) < (each.organisation === 'bodo' ? 4 : 6);
    });
    const [voss] = answering.filter((each) => each.organisation === 'voss');
    const [gjovik] = answering.filter((each) => each.organisation === 'gjovik');
    await become(voss!.id);
    await shows('Du svarar anonymt');
    await page.getByRole('button', { name: 'Svært einig' }).last().click();
    await shows('Takk for svaret');
    await page.getByRole('button', { name: 'Endre svara mine' }).last().click();
    await page.getByRole('button', { name: 'Svært ueinig' }).last().click();
    await shows('Takk for svaret');
    await become(gjovik!.id);
    await shows('Du svarer anonymt');
    await page.getByRole('button', { name: 'Svært enig' }).last().click();
    await shows('Takk for svaret');
    for (const member of answering) {
      if (member === voss || member === gjovik) continue;
      const card = cardOf(member.id);
      assert.ok(card?.from === 'samling');
      await session.act(member.id, card.delivery, 'pulse-answer', {
        ...buttonData(card.message.card, 'pulse-answer'),
        value: '4',
      });
    }

    await session.advance(round.closesMs - 60_000);
    const reminded = members.filter((each) =>
      session
        .linesOf(each.id)
        .some((line) => line.from === 'samling' && line.delivery.includes('/remind-1/')),
    );
    assert.ok(reminded.length > 0 && reminded.every((each) => !answering.includes(each)));

    await session.advance(round.closesMs + 2 * 86_400_000);
    const { results } = (await session.store.pulseResults.get('saman', round.id))!;
    const verdict = (kind: string, id: string) =>
      results.cells.find((cell) => cell.scope.kind === kind && cell.scope.id === id)?.questions[0]?.verdict;
    assert.equal(verdict('organisation', 'voss'), 'shown');
    assert.equal(verdict('organisation', 'gjovik'), 'shown');
    assert.equal(verdict('organisation', 'bodo'), 'few');
    assert.equal(verdict('programme', 'saman'), 'would-reveal');
    await become('sekretariat-coordinator');
    await shows('Resultat: Nærvær');
    const card = await page.locator('.card', { hasText: 'Resultat: Nærvær' }).last().innerText();
    assert.match(card, /^Voss\n\d+ av \d+ har svart/m);
    assert.match(card, /^Gjøvik\n\d+ av \d+ har svart/m);
    assert.match(card, /Vises ikke: .*Bodø/);
    assert.doesNotMatch(card, /^Bodø/m);
  });
});
