import assert from 'node:assert/strict';
import {
  languageOf,
  matchesAudience,
  personOf,
  roleKindsOf,
  zoneOf,
} from '../../../../src/core/members/member-view.js';
import type { Member } from '../../../../src/core/members/types.js';
import { textIn } from '../../../../src/core/programme/language.js';
import type { Audience } from '../../../../src/core/programme/schema.js';
import { programmeWith } from '../../../support/programmes.js';

const programme = programmeWith('saman', (raw) => {
  raw.organisations[2].zone = 'Arctic/Longyearbyen';
  delete raw.organisations[1].languages;
});
const member: Member = {
  programme: 'saman',
  id: 'm',
  organisation: 'voss',
  roles: ['project-leader'],
  networks: [],
  active: true,
  party: 'union',
};

describe('an audience', () => {
  const cases: readonly [Audience, boolean][] = [
    [{}, true],
    [{ roles: ['employee', 'project-leader'] }, true],
    [{ roles: ['employee'] }, false],
    [{ cohorts: ['pulje-2'] }, true],
    [{ cohorts: ['pulje-1'] }, false],
    [{ networks: ['sykefravaer-pulje-2'] }, true],
    [{ networks: ['omdomme'] }, false],
    [{ themes: ['sykefravaer'] }, true],
    [{ themes: ['heltid'] }, false],
    [{ organisations: ['voss', 'stord'] }, true],
    [{ organisations: ['stord'] }, false],
    [{ parties: ['union'] }, true],
    [{ parties: ['political'] }, false],
    [{ languages: ['nn'] }, true],
    [{ languages: ['nb'] }, false],
    [{ roles: ['project-leader'], cohorts: ['pulje-1'] }, false],
  ];
  for (const [audience, expected] of cases) {
    it(`${JSON.stringify(audience)} ${expected ? 'picks' : 'leaves out'} a project leader of Voss`, () => {
      assert.equal(matchesAudience(programme, member, audience), expected);
    });
  }

  it('picks a leader by the network that is led, and its theme', () => {
    const leader = { ...member, organisation: 'ks', roles: ['network-leader'], networks: ['heltid-pulje-2'] };
    assert.ok(matchesAudience(programme, leader, { networks: ['heltid-pulje-2'], themes: ['heltid'] }));
    assert.ok(!matchesAudience(programme, leader, { cohorts: ['pulje-2'] }));
  });
});

describe('a member', () => {
  it('is spoken to in the language that was chosen, else imported, else the organisation’s, else the programme’s', () => {
    const imported = { ...member, language: 'da' as const };
    assert.equal(languageOf(programme, imported, { programme: 'saman', id: 'm', language: 'sv' }), 'sv');
    assert.equal(languageOf(programme, imported), 'da');
    assert.equal(languageOf(programme, member), 'nn');
    assert.equal(languageOf(programme, { ...member, organisation: 'ks' }), 'nb');
    assert.equal(languageOf(programme, { ...member, organisation: 'gone' }), 'nb');
  });

  it('has the own time zone, else the organisation’s, else the programme’s', () => {
    assert.equal(zoneOf(programme, { ...member, zone: 'Europe/Helsinki' }), 'Europe/Helsinki');
    assert.equal(
      zoneOf(programme, { ...member, organisation: programme.organisations[2]!.id }),
      'Arctic/Longyearbyen',
    );
    assert.equal(zoneOf(programme, { ...member, organisation: 'gone' }), 'Europe/Oslo');
  });

  it('is called by name where there is one, and by what is known otherwise', () => {
    assert.equal(personOf(programme, { ...member, name: 'N' }).name, 'N');
    assert.deepEqual(personOf(programme, { ...member, roles: [], organisation: 'gone' }), {
      role: '',
      organisation: 'gone',
    });
    assert.deepEqual(roleKindsOf(programme, { ...member, roles: ['gone', 'coordinator'] }), ['coordinator']);
  });

  it('gets a text in the own language, else the programme’s first, else nothing', () => {
    assert.equal(textIn({ nb: 'x' }, 'nb'), 'x');
    assert.equal(textIn({ nb: 'x' }, 'sv', ['nb']), 'x');
    assert.equal(textIn({ nb: 'x' }, 'sv'), 'x');
    assert.equal(textIn({}, 'sv'), '');
    assert.equal(textIn('same', 'sv'), 'same');
  });
});
