import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { allowedTime, instantMs, isQuietTime, localTime } from '../../../../src/core/calendar/quiet-hours.js';
import { quietDaysOf, workingDay } from '../../../../src/core/calendar/working-days.js';
import { programmeWith } from '../../../support/programmes.js';

const day = (text: string) => Temporal.PlainDate.from(text);

describe('quiet days', () => {
  const isQuiet = quietDaysOf(programmeWith('saman'));

  it('are weekends, public holidays and July', () => {
    assert.equal(isQuiet(day('2014-02-01')), 'weekend');
    assert.equal(isQuiet(day('2014-04-17')), 'holiday');
    assert.equal(isQuiet(day('2014-07-15')), 'pause');
    assert.equal(isQuiet(day('2014-02-03')), undefined);
  });

  it('are those of the country: Epiphany in Finland, not in Norway', () => {
    assert.equal(quietDaysOf(programmeWith('uso4'))(day('2017-01-06')), 'holiday');
    assert.equal(quietDaysOf(programmeWith('uso4'), 'Åland')(day('2017-01-06')), 'holiday');
    assert.equal(isQuiet(day('2017-01-06')), undefined);
  });

  it('can be switched off, and a pause can span New Year', () => {
    const open = quietDaysOf(
      programmeWith('saman', (raw) =>
        Object.assign(raw.policy, { quietHolidays: false, pause: null, quietWeekdays: [] }),
      ),
    );
    assert.equal(open(day('2014-04-17')), undefined);
    assert.equal(open(day('2014-07-15')), undefined);
    const winter = quietDaysOf(
      programmeWith('saman', (raw) => (raw.policy.pause = { from: '12-20', until: '01-06' })),
    );
    assert.deepEqual(
      [winter(day('2013-12-23')), winter(day('2014-01-02')), winter(day('2014-01-07'))],
      ['pause', 'pause', undefined],
    );
  });

  it('move what falls on them to the working day before, or after', () => {
    assert.equal(workingDay(day('2014-04-21'), 'before', isQuiet).toString(), '2014-04-16');
    assert.equal(workingDay(day('2014-04-17'), 'after', isQuiet).toString(), '2014-04-22');
    assert.equal(workingDay(day('2014-07-20'), 'before', isQuiet).toString(), '2014-06-30');
  });
});

describe('quiet hours', () => {
  const night = { from: '17:00', until: '08:00' };
  const noon = { from: '11:00', until: '13:00' };

  it('may span midnight or not', () => {
    assert.deepEqual(
      ['16:59', '17:00', '23:00', '07:59', '08:00'].map((time) => isQuietTime(time, night)),
      [false, true, true, true, false],
    );
    assert.deepEqual(
      ['10:59', '11:00', '13:00'].map((time) => isQuietTime(time, noon)),
      [false, true, false],
    );
    assert.equal(isQuietTime('12:00', { from: '12:00', until: '12:00' }), false);
  });

  it('end before anything is said', () => {
    assert.equal(allowedTime('09:00', [night, noon]), '09:00');
    assert.equal(allowedTime('11:30', [night, noon]), '13:00');
    assert.equal(allowedTime('18:00', [night]), '08:00');
    assert.equal(
      allowedTime('09:00', [
        { from: '00:00', until: '12:00' },
        { from: '12:00', until: '00:00' },
      ]),
      '09:00',
    );
  });

  it('know both changes of summer time', () => {
    const spring = instantMs(day('2014-03-30'), '02:30', 'Europe/Oslo');
    assert.equal(localTime(spring, 'Europe/Oslo').time, '03:30');
    const autumn = instantMs(day('2014-10-26'), '02:30', 'Europe/Oslo');
    assert.deepEqual(
      [localTime(autumn, 'Europe/Oslo').time, new Date(autumn).toISOString()],
      ['02:30', '2014-10-26T00:30:00.000Z'],
    );
  });
});
