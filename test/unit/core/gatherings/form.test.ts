import assert from 'node:assert/strict';
import { gatheringFrom, valuesOf } from '../../../../src/core/gatherings/form.js';
import { gatheringSchema, type Gathering } from '../../../../src/core/programme/schema.js';
import { programmeWith } from '../../../support/programmes.js';

const programme = programmeWith('saman');
const titles = Object.fromEntries(programme.languages.map((each) => [`title-${each}`, 'Samling']));
const good = { ...titles, starts: '2014-05-12', network: 'sykefravaer-pulje-2' };
const TODAY = '2014-04-01';
const issuesOf = (change: Record<string, string>, before?: Gathering) =>
  gatheringFrom({ ...good, ...change }, programme, 'g', TODAY, before).issues;
const made = (change: Record<string, string> = {}, before?: Gathering) =>
  gatheringFrom({ ...good, ...change }, programme, 'g', TODAY, before).gathering!;

describe('the form of a gathering', () => {
  const wrong: readonly [string, Record<string, string>, string][] = [
    ['no title in one language', { [`title-${programme.languages[0]!}`]: ' ' }, 'title-missing'],
    ['a title of 4,000 characters', { [`title-${programme.languages[0]!}`]: 'x'.repeat(4000) }, 'title-long'],
    ['no date', { starts: '' }, 'date-missing'],
    ['a day that is not there', { starts: '2014-02-30' }, 'date-missing'],
    ['an end that is no date', { ends: 'tomorrow' }, 'date-missing'],
    ['yesterday', { starts: '2014-03-31' }, 'date-past'],
    ['an end before the beginning', { ends: '2014-05-11' }, 'ends-before'],
    ['a time that is none', { startTime: '25:00' }, 'times'],
    ['an end without a beginning', { endTime: '12:00' }, 'times'],
    ['an end before the beginning on one day', { startTime: '12:00', endTime: '10:00' }, 'times'],
    ['signing up after it begins', { signUpBy: '2014-05-13' }, 'sign-up-late'],
    ['no places', { capacity: '0' }, 'capacity'],
    ['half a place', { capacity: '1.5' }, 'capacity'],
    ['an unknown network', { network: 'no-such' }, 'network'],
    ['an unknown cohort', { cohort: 'no-such' }, 'network'],
    ['a link that runs code', { link: 'javascript:alert(1)' }, 'link'],
    ['a link without its beginning', { link: 'example.org' }, 'link'],
    ['an agenda without times', { agenda: '09:00 Velkommen\nLunsj' }, 'agenda'],
  ];
  for (const [what, change, issue] of wrong) {
    it(`answers ${what}`, () => assert.deepEqual(issuesOf(change), [issue]));
  }

  it('makes what a programme file could hold', () => {
    const gathering = made({
      ...{ startTime: '09:00', endTime: '08:00', ends: '2014-05-13', capacity: '40' },
      ...{ signUpBy: '2014-05-01', place: 'Voss', link: 'https://example.org/x', cohort: 'all' },
      agenda: '9.00 Velkommen\n\n11:30 Lunsj',
    });
    assert.deepEqual(gatheringSchema.parse(gathering), gathering);
    assert.deepEqual(gathering.agenda, [
      { time: '09:00', title: 'Velkommen' },
      { time: '11:30', title: 'Lunsj' },
    ]);
    assert.deepEqual([gathering.kind, gathering.capacity], ['network-gathering', 40]);
    assert.equal(made({ network: 'all' }).kind, 'other');
  });

  it('uses the first title for all languages when asked to', () => {
    const [first = 'nb', second = 'nn'] = programme.languages;
    const only = { [`title-${first}`]: 'Ny', [`title-${second}`]: '', sameTitle: 'true' };
    assert.equal((made(only).title as Record<string, string>)[second], 'Ny');
  });

  it('changes nothing that was not changed in it', () => {
    for (const before of programme.gatherings) {
      const values = valuesOf(before, programme);
      const { gathering, issues } = gatheringFrom(values, programme, before.id, '2000-01-01', before);
      assert.deepEqual(issues, [], before.id);
      const titleOf = (each: Gathering) => valuesOf(each, programme)[`title-${programme.languages[0]!}`];
      assert.equal(titleOf(gathering!), titleOf(before));
      const { title, ends, ...rest } = before;
      const { title: _, ends: __, ...now } = gathering!;
      assert.deepEqual(now, rest);
    }
  });

  it('keeps all networks until another is chosen, and all languages of a place until it is written anew', () => {
    const before: Gathering = {
      ...made(),
      place: { nb: 'Rådhuset', nn: 'Rådhuset i Voss', en: 'Town hall' },
      audience: { networks: ['sykefravaer-pulje-2', 'omdomme'], roles: ['project-leader'] },
    };
    const same = made({ ...valuesOf(before, programme) }, before);
    assert.deepEqual([same.place, same.audience], [before.place, before.audience]);
    const changed = made({ ...valuesOf(before, programme), place: 'Gjøvik', network: 'all' }, before);
    assert.deepEqual([changed.place, changed.audience], ['Gjøvik', { roles: ['project-leader'] }]);
  });

  it('lets one that is under way be changed, and not be moved into the past', () => {
    const before = { ...made(), starts: '2014-03-31', ends: '2014-04-02' };
    assert.deepEqual(issuesOf({ starts: '2014-03-31', ends: '2014-04-02' }, before), []);
    assert.deepEqual(issuesOf({ starts: '2014-03-30' }, before), ['date-past']);
  });
});
