import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { checkProgramme } from '../../../../src/core/programme/check.js';
import { demoPeople } from '../../../../src/core/programme/demo-people.js';
import { programmeJsonSchema } from '../../../../src/core/programme/json-schema.js';
import { occurrencesOf } from '../../../../src/core/programme/occurrences.js';
import { programmeWith, rawProgramme } from '../../../support/programmes.js';

describe('the shipped programmes', () => {
  for (const id of ['uso4', 'saman', 'nordre-follo', 'nvbs', 'kommune-3-0']) {
    it(`${id} is right, and has coordinators and people in every organisation`, () => {
      assert.deepEqual(checkProgramme(`${id}.json`, rawProgramme(id), id).faults, []);
      const programme = programmeWith(id);
      const people = demoPeople(programme);
      assert.equal(new Set(people.map((each) => each.id)).size, people.length, 'ids differ');
      for (const organisation of programme.organisations) {
        if (organisation.id === 'ks' || organisation.id === 'sekretariat') continue;
        assert.ok(
          people.some((each) => each.organisation === organisation.id),
          organisation.id,
        );
      }
      assert.ok(people.some((each) => each.id.startsWith('sekretariat-')));
      assert.ok(people.every((each) => each.name === undefined && each.email === undefined));
    });
  }

  it('uso4 has its 29 municipalities, saman both cohorts and all five themes', () => {
    const taking = programmeWith('uso4').organisations.filter((each) => each.id !== 'sekretariat');
    assert.equal(taking.length, 29);
    const saman = programmeWith('saman');
    for (const cohort of saman.cohorts) {
      const themes = new Set(
        saman.networks.filter((each) => each.cohort === cohort.id).map((each) => each.theme),
      );
      assert.ok(themes.size >= 4, cohort.id);
    }
    assert.deepEqual(
      new Set(saman.networks.map((each) => each.theme)),
      new Set(['sykefravaer', 'heltid', 'kompetanse', 'omdomme', 'innovasjon']),
    );
  });

  it('saman names its own bodies besides the roles in the municipalities, and makes up nobody for them', () => {
    const saman = programmeWith('saman');
    const bodies = saman.roles.filter((each) => each.kind === 'adviser').map((each) => each.id);
    assert.deepEqual(bodies, [
      'programme-council',
      'steering-group',
      'secretariat',
      'resource-group',
      'knowledge-centre',
    ]);
    assert.ok(demoPeople(saman).every((each) => !each.roles.some((role) => bodies.includes(role))));
  });

  it('saman says at each network gathering that all three parties are to be signed up', () => {
    const saman = programmeWith('saman');
    for (const gathering of saman.gatherings.filter((each) => each.kind === 'network-gathering')) {
      assert.deepEqual(
        Object.keys(gathering.signUp ?? {}).sort(),
        ['da', 'en', 'nb', 'nn', 'sv'],
        gathering.id,
      );
      assert.equal(occurrencesOf(saman).find((each) => each.id === gathering.id)?.signUp, gathering.signUp);
    }
  });

  it('saman has the annual report on 1 February and the final one on 15 November, in order of date with the gatherings', () => {
    const all = occurrencesOf(programmeWith('saman'));
    const reports = all.filter((each) => each.kind === 'deadline').map((each) => `${each.id} ${each.starts}`);
    assert.deepEqual(reports, [
      'sluttrapport-2012 2012-11-15',
      'arsrapport-2013 2013-02-01',
      'sluttrapport-2013 2013-11-15',
      'arsrapport-2014 2014-02-01',
      'sluttrapport-2014 2014-11-15',
      'arsrapport-2015 2015-02-01',
      'sluttrapport-2015 2015-11-15',
      'arsrapport-2016 2016-02-01',
    ]);
    const dates = all.map((each) => each.starts);
    assert.deepEqual(dates, [...dates].sort());
    assert.equal(all.find((each) => each.id === 'sykefravaer-pulje-2-2014-04-28')?.ends, '2014-04-30');
  });

  it('saman asks the second cohort for its first report on 1 February 2014', () => {
    const reports = occurrencesOf(programmeWith('saman')).filter((each) => each.id.startsWith('arsrapport-'));
    const cohorts = reports.map((each) => [each.id, each.audience.cohorts]);
    assert.deepEqual(cohorts.slice(0, 2), [
      ['arsrapport-2013', ['pulje-1']],
      ['arsrapport-2014', undefined],
    ]);
  });

  it('the schema for editors is the one of the code', () => {
    const shipped = readFileSync(new URL('../../../../data/programme.schema.json', import.meta.url), 'utf8');
    assert.deepEqual(JSON.parse(shipped), JSON.parse(programmeJsonSchema()));
  });
});
