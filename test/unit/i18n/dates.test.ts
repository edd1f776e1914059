import assert from 'node:assert/strict';
import { asset } from '../../../src/cli/assets.js';
import type { Language } from '../../../src/core/programme/language.js';
import { createTranslators } from '../../../src/i18n/index.js';

const translators = createTranslators(asset('locales'));

/** Language, country, then a day, days of one month, of two months, of two years, a time, a list. */
const WRITTEN: readonly (readonly [Language, string | undefined, ...string[]])[] = [
  [
    'nb',
    undefined,
    'lørdag 1. februar 2014',
    '6.–7. september 2018',
    '30. august–1. september 2018',
    '30. desember 2018–1. januar 2019',
    '09.00',
    'a, b og c',
  ],
  [
    'nn',
    'NO',
    'laurdag 1. februar 2014',
    '6.–7. september 2018',
    '30. august–1. september 2018',
    '30. desember 2018–1. januar 2019',
    '09.00',
    'a, b og c',
  ],
  [
    'sv',
    'SE',
    'lördag 1 februari 2014',
    '6–7 september 2018',
    '30 augusti–1 september 2018',
    '30 december 2018–1 januari 2019',
    '09:00',
    'a, b och c',
  ],
  [
    'sv',
    'FI',
    'lördag 1 februari 2014',
    '6–7 september 2018',
    '30 augusti–1 september 2018',
    '30 december 2018–1 januari 2019',
    '09.00',
    'a, b och c',
  ],
  [
    'da',
    undefined,
    'lørdag den 1. februar 2014',
    '6.–7. september 2018',
    '30. august–1. september 2018',
    '30. december 2018–1. januar 2019',
    '09.00',
    'a, b og c',
  ],
  [
    'en',
    'SE',
    'Saturday 1 February 2014',
    '6–7 September 2018',
    '30 August–1 September 2018',
    '30 December 2018–1 January 2019',
    '09:00',
    'a, b and c',
  ],
];

describe('dates', () => {
  for (const [language, country, ...written] of WRITTEN) {
    it(`in ${language} (${country ?? 'any country'}) are written as people write them`, () => {
      const { longDate, dateRange, time, list } = translators(language, country);
      assert.deepEqual(
        [
          longDate('2014-02-01'),
          dateRange('2018-09-06', '2018-09-07'),
          dateRange('2018-08-30', '2018-09-01'),
          dateRange('2018-12-30', '2019-01-01'),
          time('09:00'),
          list(['a', 'b', 'c']),
        ],
        written,
      );
      assert.equal(dateRange('2014-02-01', '2014-02-01'), written[0]);
    });
  }

  describe('wherever the machine is', () => {
    const zone = process.env.TZ;
    afterEach(() => {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    });

    for (const machine of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/Oslo']) {
      it(`are the same in ${machine}, on days when clocks change too`, () => {
        process.env.TZ = machine;
        const { longDate } = createTranslators(asset('locales'))('nn');
        assert.equal(longDate('2018-03-25'), 'søndag 25. mars 2018');
        assert.equal(longDate('2018-12-31'), 'måndag 31. desember 2018');
        assert.equal(longDate('2020-02-29'), 'laurdag 29. februar 2020');
      });
    }
  });

  it('of moments are told in the zone asked for', () => {
    const { moment } = translators('nb');
    const ms = Date.parse('2018-12-31T23:30:00Z');
    assert.equal(moment(ms, 'UTC', 'short'), '31. desember kl. 23:30');
    assert.equal(moment(ms, 'Europe/Oslo', 'short'), '1. januar kl. 00:30');
    assert.equal(moment(ms, 'Europe/Helsinki', 'long'), 'tirsdag 1. januar 2019 kl. 01:30');
  });
});

describe('translators', () => {
  it('are made once a language and country', () => {
    assert.equal(translators('sv', 'SE'), translators('sv'));
    assert.notEqual(translators('sv', 'FI'), translators('sv'));
    assert.equal(translators('sv', 'FI').language, 'sv');
  });
});
