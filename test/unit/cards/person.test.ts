import assert from 'node:assert/strict';
import { personFirst, personText, type ViewContext } from '../../../src/cards/views/view.js';
import { asset } from '../../../src/cli/assets.js';
import { createTranslators } from '../../../src/i18n/index.js';
import { programmeWith } from '../../support/programmes.js';

describe('a person on a card', () => {
  const context: ViewContext = {
    translator: createTranslators(asset('locales'))('nb'),
    programme: programmeWith('saman'),
  };
  const leader = { role: 'prosjektleder', organisation: 'Voss' };

  it('is named by role and organisation, with a capital where a sentence begins', () => {
    assert.equal(personText(context, leader), 'prosjektleder i Voss');
    assert.equal(personFirst(context, leader), 'Prosjektleder i Voss');
  });

  it('keeps the name as it is written', () => {
    assert.equal(personFirst(context, { ...leader, name: 'de Vries' }), 'de Vries');
  });
});
