import assert from 'node:assert/strict';
import ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';
import { calendarFeed, calendarFile } from '../../../src/adapters/web/calendar-file.js';
import { vtimezone } from '../../../src/adapters/web/vtimezone.js';
import { loadProgrammes } from '../../../src/adapters/files/programme-files.js';
import { asset } from '../../../src/cli/assets.js';
import { calendarEntry, type CalendarEntry } from '../../../src/core/gatherings/calendar.js';
import type { Gathering } from '../../../src/core/programme/schema.js';
import { programmeWith } from '../../support/programmes.js';

const EVENT = 'sykefravaer-pulje-2-2014-04-28';
const shipped = loadProgrammes(asset('data', 'programmes')).all();
const zones = [...new Set(shipped.map((each) => each.zone)), 'Europe/Stockholm', 'Atlantic/Reykjavik'];

const parsed = (text: string) => new ICAL.Component(ICAL.parse(text) as unknown[]);

/** Events as a program would read them that knows the file's own time zones and no others. */
function eventsOf(text: string) {
  const calendar = parsed(text);
  return calendar.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component));
}

const read = (text: string) => eventsOf(text)[0]!;
const entry = (programme = programmeWith('saman'), event = EVENT) => calendarEntry(programme, [], event)!;

describe('a calendar file', () => {
  it('lies on whole days, last day included, and keeps its identity', () => {
    const programme = programmeWith('saman');
    const event = read(calendarFile(programme, entry(programme), 'nn'));
    assert.equal(event.summary, 'Nettverkssamling 3');
    assert.equal(event.location, 'Høyanger');
    assert.equal(event.uid, 'saman/sykefravaer-pulje-2-2014-04-28@samling');
    assert.equal(event.startDate.toString(), '2014-04-28');
    assert.equal(event.endDate.toString(), '2014-05-01');
  });

  it('has the local time of the programme when there is one, its agenda and its link', () => {
    const programme = programmeWith('saman', (raw) =>
      Object.assign(raw.gatherings[0], {
        startTime: '10:00',
        endTime: '15:30',
        link: 'https://example.org/x',
        agenda: [
          { time: '10:00', title: 'Velkommen' },
          { time: '11:30', title: 'Lunsj' },
        ],
      }),
    );
    const event = read(calendarFile(programme, entry(programme, 'sor-sykefravaer-2012-02-09'), 'en'));
    assert.match(event.startDate.toString(), /^2012-02-09T10:00:00/);
    assert.match(event.endDate.toString(), /^2012-02-10T15:30:00/);
    assert.equal(event.description, '10:00 Velkommen\n11:30 Lunsj');
    assert.equal(event.component.getFirstPropertyValue('url'), 'https://example.org/x');
  });

  it('is published as it is, with a higher sequence and the same identity after each change, and taken away when cancelled', () => {
    const programme = programmeWith('saman');
    const gathering = programme.gatherings.find((each) => each.id === EVENT) as Gathering;
    const at = '2014-04-01T08:00:00Z';
    const row = { programme: 'saman', id: EVENT, gathering, by: 'x', at, sequence: 2, cancelled: false };
    const moved = { ...row, gathering: { ...gathering, starts: '2014-05-12', ends: '2014-05-13' } };
    const files = [
      calendarFile(programme, entry(), 'nb'),
      calendarFile(programme, calendarEntry(programme, [moved], EVENT)!, 'nb'),
      calendarFile(
        programme,
        calendarEntry(programme, [{ ...moved, sequence: 3, cancelled: true }], EVENT)!,
        'nb',
      ),
    ];
    const facts = files.map((file) => {
      const { uid, sequence, startDate, component } = read(file);
      const status = component.getFirstPropertyValue('status');
      return [uid, sequence, startDate.toString(), status, parsed(file).getFirstPropertyValue('method')];
    });
    const uid = `saman/${EVENT}@samling`;
    assert.deepEqual(facts, [
      [uid, 0, '2014-04-28', 'CONFIRMED', 'PUBLISH'],
      [uid, 2, '2014-05-12', 'CONFIRMED', 'PUBLISH'],
      [uid, 3, '2014-05-12', 'CANCELLED', 'CANCEL'],
    ]);
    assert.match(files[1]!, /DTSTAMP:20140401T080000Z/);
    assert.equal(calendarEntry(programme, [], 'no-such'), undefined);
  });
});

describe('the time zones of calendars', () => {
  const at = (date: string, time = '10:00'): CalendarEntry => ({
    occurrence: {
      ...{ id: `e-${date}-${time.replace(':', '')}`, kind: 'gathering', title: 'X', audience: {} },
      ...{ starts: date, ends: date, startTime: time, endTime: '23:00' },
    },
    sequence: 0,
    status: 'confirmed',
  });

  for (const zone of zones) {
    it(`${zone}: events stand at the right instant around every change of the clock`, () => {
      const programme = { ...programmeWith('saman'), zone };
      const dates = [
        ...['2026-01-15', '2026-03-28', '2026-03-29', '2026-03-30', '2026-07-01'],
        ...['2026-10-24', '2026-10-25', '2026-10-26', '2026-12-31', '2031-03-30', '2031-10-26'],
      ];
      const entries = dates.flatMap((date) => [at(date), at(date, '01:30'), at(date, '04:00')]);
      const text = calendarFeed(programme, entries, 'nb', 'Saman');
      const rules = parsed(text).getFirstSubcomponent('vtimezone')!;
      const own = new ICAL.Timezone(rules);
      assert.equal(own.tzid, zone);
      for (const [index, event] of eventsOf(text).entries()) {
        const { starts, startTime } = entries[index]!.occurrence;
        const want = Temporal.PlainDateTime.from(`${starts}T${startTime!}`).toZonedDateTime(zone);
        const time = event.startDate.clone();
        time.zone = own;
        assert.equal(time.toUnixTime() * 1000, want.epochMilliseconds, `${starts} ${startTime!}`);
      }
    });
  }

  it('are written as rules where the clock changes by one, as a list where it does not', () => {
    assert.match(vtimezone('Europe/Oslo', 2026, 2028), /RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU/);
    // Before 1996 summer time ended in September.
    const changed = vtimezone('Europe/Oslo', 1995, 1997);
    assert.match(changed, /DTSTART:19950924T030000/);
    assert.match(changed, /DTSTART:19961027T030000/);
    assert.doesNotMatch(vtimezone('Atlantic/Reykjavik', 2026, 2028), /DAYLIGHT|RRULE/);
    // Summer time begins on the second Sunday of March there.
    assert.match(vtimezone('America/New_York', 2026, 2026), /DTSTART:20260308T020000/);
  });

  it('are left out where everything lies on whole days', () => {
    const programme = programmeWith('saman');
    assert.doesNotMatch(calendarFile(programme, entry(programme), 'nb'), /VTIMEZONE/);
  });
});
