import assert from 'node:assert/strict';
import { describeFault } from '../../../../src/core/errors.js';
import { checkProgramme } from '../../../../src/core/programme/check.js';
import { rawProgramme } from '../../../support/programmes.js';

type Change = (raw: Record<string, any>) => void;

/** A change to the file of `saman`, and the one line that the person who made it needs. */
const FAULTS: readonly [string, Change, string][] = [
  ['no name', (p) => delete p.name, 'name: found nothing, expected'],
  ['an unknown key', (p) => (p.nam = 'x'), 'nam: found a key that is not known here, expected no such key'],
  ['an id with capitals', (p) => (p.id = 'Saman'), 'id: found "Saman", expected an id of lower-case letters'],
  [
    'another id than the file',
    (p) => (p.id = 'other'),
    'id: found "other", expected "saman", as the file is called',
  ],
  [
    'a country that is not Nordic',
    (p) => (p.country = 'DE'),
    'country: found "DE", expected one of "NO", "SE", "DK", "FI", "IS"',
  ],
  [
    'an unknown time zone',
    (p) => (p.zone = 'Europe/Olso'),
    'zone: found "Europe/Olso", expected a time zone such as "Europe/Oslo"',
  ],
  ['no languages', (p) => (p.languages = []), 'languages: found [], expected'],
  [
    'a language that Samling does not speak',
    (p) => (p.languages = ['fi']),
    'languages[0]: found "fi", expected one of "sv", "nb", "nn", "da", "en"',
  ],
  [
    'a language missing in a name',
    (p) => delete p.name.nn,
    'name.nn: found nothing, expected a text in "nn", which the programme serves',
  ],
  [
    'a language missing in a title',
    (p) => delete p.gatherings[0].title.da,
    'gatherings[0].title.da: found nothing, expected a text in "da"',
  ],
  [
    'a language missing in what to do',
    (p) => delete p.deadlines[0].whatToDo.sv,
    'deadlines[0].whatToDo.sv: found nothing',
  ],
  ['an empty text', (p) => (p.themes[0].name.nb = ' '), 'themes[0].name'],
  [
    'an id given twice',
    (p) => (p.themes[1].id = p.themes[0].id),
    'themes[1].id: found "sykefravaer", expected an id of its own; themes[0] has it',
  ],
  [
    'a network of an unknown theme',
    (p) => (p.networks[0].theme = 'sykefravar'),
    'networks[0].theme: found "sykefravar", expected the id of one of themes, such as "sykefravaer"',
  ],
  [
    'a network of an unknown cohort',
    (p) => (p.networks[0].cohort = 'zzzzzzzz'),
    'networks[0].cohort: found "zzzzzzzz", expected the id of one of cohorts',
  ],
  [
    'an organisation in an unknown network',
    (p) => p.organisations[2].networks.push('omdome'),
    'organisations[2].networks[1]: found "omdome", expected the id of one of networks, such as "omdomme"',
  ],
  [
    'an organisation of an unknown cohort',
    (p) => (p.organisations[2].cohort = 'pulje-3'),
    'organisations[2].cohort: found "pulje-3", expected the id of one of cohorts, such as "pulje-1"',
  ],
  [
    'an organisation in an unknown zone',
    (p) => (p.organisations[2].zone = 'Oslo'),
    'organisations[2].zone: found "Oslo", expected a time zone',
  ],
  [
    'a region that the country lacks',
    (p) => (p.organisations[2].region = 'XX'),
    'organisations[2].region: found "XX", expected nothing: NO has no regions',
  ],
  [
    'an audience of an unknown role',
    (p) => (p.deadlines[0].audience.roles = ['project-leder']),
    'deadlines[0].audience.roles[0]: found "project-leder", expected the id of one of roles, such as "project-leader"',
  ],
  [
    'an audience rule with a typing error',
    (p) => (p.deadlines[0].audience = { role: ['x'] }),
    'deadlines[0].audience.role: found a key that is not known here',
  ],
  [
    'an audience of nobody',
    (p) => (p.deadlines[0].audience.roles = []),
    'deadlines[0].audience.roles: found []',
  ],
  [
    'a party that is none',
    (p) => (p.deadlines[0].audience.parties = ['staff']),
    'deadlines[0].audience.parties[0]: found "staff", expected one of "political", "administrative", "union"',
  ],
  [
    'a date that does not exist',
    (p) => (p.gatherings[0].starts = '2012-02-30'),
    'gatherings[0].starts: found "2012-02-30", expected a date such as "2014-02-01"',
  ],
  [
    'a date written the Norwegian way',
    (p) => (p.gatherings[0].starts = '9.2.2012'),
    'gatherings[0].starts: found "9.2.2012", expected a date',
  ],
  [
    'a gathering that ends before it starts',
    (p) => (p.gatherings[0].ends = '2012-02-01'),
    'gatherings[0].ends: found "2012-02-01", expected 2012-02-09 or later',
  ],
  [
    'a sign-up after the gathering',
    (p) => (p.gatherings[0].signUpBy = '2012-03-01'),
    'gatherings[0].signUpBy: found "2012-03-01", expected 2012-02-09 or earlier',
  ],
  [
    'a day that ends before it starts',
    (p) => Object.assign(p.gatherings[0], { ends: undefined, startTime: '12:00', endTime: '09:00' }),
    'gatherings[0].endTime: found "09:00", expected after 12:00',
  ],
  [
    'a time of day that is none',
    (p) => (p.gatherings[0].startTime = '9'),
    'gatherings[0].startTime: found "9", expected a time of day such as "09:00"',
  ],
  [
    'a link that is no web address',
    (p) => (p.gatherings[0].link = 'javascript:alert(1)'),
    'gatherings[0].link',
  ],
  [
    'a due date that is neither',
    (p) => (p.deadlines[0].due = 'soon'),
    'deadlines[0].due: found "soon", expected a date such as "2014-02-01"',
  ],
  [
    'a yearly date that not every year has',
    (p) => (p.deadlines[0].due.yearly = '02-29'),
    'deadlines[0].due.yearly: found "02-29", expected a day that every year has',
  ],
  [
    'years the wrong way round',
    (p) => (p.deadlines[0].due.until = 2012),
    'deadlines[0].due.until: found 2012, expected 2014 or later',
  ],
  [
    'half a day ahead',
    (p) => (p.policy.gatheringLeadDays = [0.5]),
    'policy.gatheringLeadDays[0]: found 0.5, expected a whole number',
  ],
  [
    'more than a year ahead',
    (p) => (p.policy.gatheringLeadDays = [400]),
    'policy.gatheringLeadDays[0]: found 400, expected at most 365',
  ],
  [
    'days below zero',
    (p) => (p.policy.overdueDays = [-1]),
    'policy.overdueDays[0]: found -1, expected at least 0',
  ],
  [
    'the same days twice',
    (p) => (p.policy.deadlineLeadDays = [7, 7]),
    'policy.deadlineLeadDays[1]: found 7, expected each number once',
  ],
  [
    'nudges in quiet hours',
    (p) => (p.policy.nudgeAt = '07:00'),
    'policy.nudgeAt: found "07:00", expected a time outside the quiet hours 17:00–08:00',
  ],
  [
    'quiet hours of no length',
    (p) => (p.policy.quietHours.until = '17:00'),
    'policy.quietHours.until: found "17:00", expected another time than "from"',
  ],
  [
    'every day quiet',
    (p) => (p.policy.quietWeekdays = [1, 2, 3, 4, 5, 6, 7]),
    'policy.quietWeekdays: found [1,2,3,4,5,6,7], expected at most 6',
  ],
  [
    'an escalation to nobody',
    (p) => (p.policy.escalation[0].to = 'boss'),
    'policy.escalation[0].to: found "boss", expected one of "network-leader", "coordinator"',
  ],
  [
    'no message a day',
    (p) => (p.policy.maxMessagesPerDay = 0),
    'policy.maxMessagesPerDay: found 0, expected at least 1',
  ],
  ['a list that is none', (p) => (p.gatherings = {}), 'gatherings: found {}, expected a list'],
  [
    'a text that is a number',
    (p) => (p.organisations[2].id = 7),
    'organisations[2].id: found 7, expected a text',
  ],
];

describe('a programme file with a fault', () => {
  for (const [name, change, expected] of FAULTS) {
    it(`is refused for ${name}, and says where and what to do`, () => {
      const raw = rawProgramme('saman');
      change(raw);
      const { faults } = checkProgramme('saman.json', JSON.parse(JSON.stringify(raw)), 'saman');
      const lines = faults.map(describeFault);
      assert.ok(
        lines.some((line) => line.startsWith(`saman.json: ${expected}`)),
        `wanted ${expected}\ngot ${lines.join('\n')}`,
      );
    });
  }

  it('names all faults at once', () => {
    const raw = rawProgramme('saman');
    delete raw.name.nn;
    raw.zone = 'nowhere';
    raw.deadlines[0].due.yearly = '02-30';
    assert.equal(checkProgramme('saman.json', raw, 'saman').faults.length, 3);
  });

  it('names the regions of a country that has them', () => {
    const raw = rawProgramme('saman');
    raw.country = 'DE';
    raw.country = 'NO';
    raw.organisations[2].region = 'x'.repeat(100);
    const [fault] = checkProgramme('saman.json', raw, 'saman').faults;
    assert.match(fault!.found, /\.\.\.$/);
  });
});
