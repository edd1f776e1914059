import assert from 'node:assert/strict';
import fc from 'fast-check';
import { pickAudience, unknownInAudience } from '../../../../src/core/members/audience.js';
import { languageOf, matchesAudience } from '../../../../src/core/members/member-view.js';
import type { Member, Preferences } from '../../../../src/core/members/types.js';
import { demoPeople } from '../../../../src/core/programme/demo-people.js';
import type { Audience } from '../../../../src/core/programme/schema.js';
import { programmeWith } from '../../../support/programmes.js';

const programme = programmeWith('saman');
const members: readonly Member[] = demoPeople(programme).map((each, place) =>
  place % 17 === 0 ? { ...each, active: false } : each,
);
const preferences = new Map<string, Preferences>(
  members
    .filter((_, place) => place % 5 === 0)
    .map(({ id }) => [id, { programme: 'saman', id, language: 'sv' }]),
);
const ids = (list: readonly { readonly id: string }[]) =>
  fc.subarray(
    list.map(({ id }) => id),
    { minLength: 1 },
  );
const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });

/** A rule of any of its parts. */
const rule = fc
  .record({
    roles: maybe(ids(programme.roles)),
    cohorts: maybe(ids(programme.cohorts)),
    networks: maybe(ids(programme.networks)),
    themes: maybe(ids(programme.themes)),
    organisations: maybe(ids(programme.organisations)),
    parties: maybe(fc.subarray(['political', 'administrative', 'union'] as const, { minLength: 1 })),
    languages: maybe(fc.subarray(['sv', 'nb', 'nn'] as const, { minLength: 1 })),
  })
  .map(
    (all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Audience,
  );

describe('picking an audience', () => {
  it('picks whom the rule names one by one, active, in the language that they chose', () => {
    fc.assert(
      fc.property(rule, (audience) => {
        const { languages, ...rest } = audience;
        const expected = members.filter(
          (each) =>
            each.active &&
            matchesAudience(programme, each, rest) &&
            (languages?.includes(languageOf(programme, each, preferences.get(each.id))) ?? true),
        );
        assert.deepEqual(pickAudience({ programme, members, preferences }, audience), expected);
      }),
      { numRuns: 300 },
    );
  });

  it('names every word of a rule that the programme does not know', () => {
    const audience = { roles: ['coordinator', 'king'], networks: ['nowhere'], parties: ['union' as const] };
    assert.deepEqual(unknownInAudience(programme, audience), [
      { list: 'roles', id: 'king', place: 1 },
      { list: 'networks', id: 'nowhere', place: 0 },
    ]);
  });
});
