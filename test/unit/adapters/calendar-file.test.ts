import assert from 'node:assert/strict';
import ICAL from 'ical.js';
import { calendarFile } from '../../../src/adapters/web/calendar-file.js';
import { occurrenceOf } from '../../../src/core/programme/occurrences.js';
import { programmeWith } from '../../support/programmes.js';

function read(text: string) {
  const event = new ICAL.Component(ICAL.parse(text) as unknown[]).getFirstSubcomponent('vevent')!;
  return new ICAL.Event(event);
}

describe('a calendar file', () => {
  it('lies on whole days, last day included, and keeps its identity', () => {
    const programme = programmeWith('saman');
    const event = read(
      calendarFile(programme, occurrenceOf(programme, 'sykefravaer-pulje-2-2014-04-28')!, 'nn'),
    );
    assert.equal(event.summary, 'Nettverkssamling 3');
    assert.equal(event.location, 'Høyanger');
    assert.equal(event.uid, 'saman/sykefravaer-pulje-2-2014-04-28@samling');
    assert.equal(event.startDate.toString(), '2014-04-28');
    assert.equal(event.endDate.toString(), '2014-05-01');
  });

  it('has the local time of the programme when there is one', () => {
    const programme = programmeWith('saman', (raw) =>
      Object.assign(raw.gatherings[0], { startTime: '10:00', endTime: '15:30' }),
    );
    const event = read(calendarFile(programme, occurrenceOf(programme, 'sor-sykefravaer-2012-02-09')!, 'en'));
    assert.match(event.startDate.toString(), /^2012-02-09T10:00:00/);
    assert.match(event.endDate.toString(), /^2012-02-10T15:30:00/);
  });
});
