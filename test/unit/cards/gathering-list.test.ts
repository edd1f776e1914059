import assert from 'node:assert/strict';
import { toBlockKit } from '../../../src/cards/blockkit/index.js';
import { renderer, saman } from '../../support/messages.js';

describe('the list of gatherings', () => {
  it('is one message in Slack, with as many as it may list', () => {
    const gatherings = Array.from({ length: 15 }, (_, index) => ({
      id: `samling-${String(index)}`,
      title: 'Nettverkssamling 2',
      starts: `2013-10-${String(index + 10)}`,
      place: 'Gardermoen',
      network: 'nettverk nord, kompetanse og rekruttering',
    }));
    const data = { gatherings, more: 3, mayEdit: true };
    const { card } = renderer.render(
      { template: 'gathering-list', data },
      { language: 'nb', programme: saman },
    );
    const { messages } = toBlockKit(card, { surface: 'message', lang: 'nb' });
    assert.equal(messages.length, 1, `${String(messages[0]?.blocks.length)} blocks in the first`);
    assert.match(JSON.stringify(messages), /og 3 til/);
  });
});
