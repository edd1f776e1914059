import assert from 'node:assert/strict';
import { writingLanguage } from '../../../../src/core/pulse/writing-language.js';

describe('the language a text seems to be written in', () => {
  const texts: readonly [string, string][] = [
    ['Det är inte så mycket tid för oss', 'sv'],
    ['Vi treng meir tid saman, ikkje fleire skjema', 'nn'],
    ['Jeg vet ikke hva noen vil med møtene, bare at det er veldig mange', 'nb'],
    ['Der er ikke noget at gøre, men det er meget godt', 'da'],
    ['We need more time, not more meetings', 'en'],
    ['Träffar', 'sv'],
    ['Møter', 'nb'],
    ['42', 'other'],
    ['', 'other'],
  ];
  for (const [text, language] of texts)
    it(`of “${text}” is ${language}`, () => assert.equal(writingLanguage(text), language));
});
