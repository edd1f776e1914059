import assert from 'node:assert/strict';
import { gatheringFrom, valuesOf, formData, ALL } from '../../../../src/core/gatherings/form.js';
import { gatheringSchema } from '../../../../src/core/programme/schema.js';
import { programmeWith } from '../../../support/programmes.js';

const programme = programmeWith('saman');
const today = '2014-03-03';
const titles = Object.fromEntries(programme.languages.map((each) => [`title-${each}`, 'Samling']));
const good = { ...titles, starts: '2014-04-01' };
const issuesOf = (change: Record<string, string>) =>
  gatheringFrom({ ...good, ...change }, programme, 'g', today).issues;

describe('the form of a gathering', () => {
  it('shows a gathering so that keeping it changes nothing', () => {
    const gathering = gatheringSchema.parse({
      id: 'g',
      kind: 'seminar',
      title: Object.fromEntries(programme.languages.map((each) => [each, `Samling ${each}`])),
      starts: '2014-04-01',
      ends: '2014-04-02',
      startTime: '10:00',
      endTime: '09:00',
      place: 'Molde',
      link: 'https://example.org/',
      signUpBy: '2014-03-20',
      capacity: 30,
      agenda: [{ time: '09:00', title: 'Velkommen' }],
      audience: { roles: ['project-leader'], networks: ['omdomme'], cohorts: ['pulje-1'] },
    });
    const read = gatheringFrom(valuesOf(gathering, programme), programme, 'g', today, gathering);
    assert.deepEqual(read, { gathering, issues: [] });
  });

  it('shows and takes one with nothing but a title and a day', () => {
    const { gathering } = gatheringFrom({ ...good, network: ALL }, programme, 'g', today);
    assert.deepEqual(Object.keys(gathering!).sort(), ['audience', 'id', 'kind', 'starts', 'title']);
    const plain = { ...gathering!, title: 'Samling' };
    assert.equal(valuesOf(plain, programme)['title-nb'], 'Samling');
    assert.equal(valuesOf({ ...plain, title: { nb: 'X' }, place: { nn: 'Y' } }, programme)['title-nn'], '');
  });

  it('uses the first title for all when asked to', () => {
    const values = { 'title-nn': 'Samling', starts: '2014-04-01' };
    assert.deepEqual(gatheringFrom(values, programme, 'g', today).issues, ['title-missing']);
    const { gathering } = gatheringFrom({ ...values, sameTitle: 'true' }, programme, 'g', today);
    assert.deepEqual(new Set(Object.values(gathering!.title)), new Set(['Samling']));
  });

  for (const [name, change, issue] of [
    ['no date', { starts: '' }, 'date-missing'],
    ['a day that is not in the calendar', { starts: '2014-02-30' }, 'date-missing'],
    ['a last day that is none', { ends: 'soon' }, 'date-missing'],
    ['a day that is past', { starts: '2014-03-02' }, 'date-past'],
    ['an end before the beginning', { ends: '2014-03-31' }, 'ends-before'],
    ['a time that is none', { startTime: '9' }, 'times'],
    ['an end without a beginning', { endTime: '10:00' }, 'times'],
    ['an end at the beginning', { startTime: '10:00', endTime: '10:00' }, 'times'],
    ['signing up after it has begun', { signUpBy: '2014-04-02' }, 'sign-up-late'],
    ['no places', { capacity: '0' }, 'capacity'],
    ['an unknown network', { network: 'x' }, 'network'],
    ['an unknown cohort', { cohort: 'x' }, 'network'],
    ['a point of the agenda without a time', { agenda: '09:00 Ja\nVelkommen' }, 'agenda'],
  ] as const) {
    it(`says that it has ${name}`, () => {
      assert.deepEqual(issuesOf(change), [issue]);
    });
  }

  it('reads times as people write them', () => {
    const { gathering } = gatheringFrom(
      { ...good, agenda: '9.00 Velkommen\n\n12:30 Lunsj' },
      programme,
      'g',
      today,
    );
    assert.deepEqual(gathering?.agenda, [
      { time: '09:00', title: 'Velkommen' },
      { time: '12:30', title: 'Lunsj' },
    ]);
    assert.equal(gathering.kind, 'other');
  });

  it('offers only the networks that one may choose', () => {
    const data = formData(programme, ['omdomme'], today, good, []);
    assert.deepEqual(
      data.networks.map((each) => each.id),
      ['omdomme'],
    );
    assert.equal(formData(programme, [], today, good, [], 'g').event, 'g');
  });
});
