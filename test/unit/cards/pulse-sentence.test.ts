import assert from 'node:assert/strict';
import { sentenceOf } from '../../../src/cards/views/pulse-result.js';
import { asset } from '../../../src/cli/assets.js';
import { createTranslators } from '../../../src/i18n/index.js';
import { programmeWith } from '../../support/programmes.js';

type Item = Parameters<typeof sentenceOf>[0];

describe('the sentence on a choice', () => {
  const translators = createTranslators(asset('locales'));
  const programme = programmeWith('saman');
  const say = (item: Partial<Item>, language: 'nb' | 'en' = 'nb') => {
    const question = { place: 0, text: 'Hva helst?', kind: 'single', choices: ['Mindre', 'Likt', 'Mer'] };
    const whole = { question, verdict: 'shown', n: 6, counts: [], ...item } as unknown as Item;
    return sentenceOf(whole, 5, { translator: translators(language), programme });
  };

  it('names what most have chosen', () => {
    assert.equal(say({ counts: [1, 1, 4] }), 'Hva helst? Flest har valgt «Mer» (67 % av 6 svar).');
  });

  it('names all that are tied, and does not say that one of them leads', () => {
    assert.equal(
      say({ counts: [2, 2, 2] }),
      'Hva helst? Likt øverst: «Mindre», «Likt» og «Mer» (33 % hver av 6 svar).',
    );
    assert.match(say({ counts: [3, 0, 3] }, 'en'), /Tied at the top: “Mindre” and “Mer” \(50% each of 6/);
  });

  it('does the same for what was placed first', () => {
    assert.equal(say({ places: [1.5, 2.5, 2] }), 'Hva helst? Øverst kom «Mindre» (6 svar).');
    assert.equal(say({ places: [1.5, 1.5, 3] }), 'Hva helst? Likt øverst: «Mindre» og «Likt» (6 svar).');
  });
});
