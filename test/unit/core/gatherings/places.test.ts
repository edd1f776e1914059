import assert from 'node:assert/strict';
import fc from 'fast-check';
import { movingUp, moveUp, placesTaken, seated } from '../../../../src/core/gatherings/answers.js';
import { gapsOf, matrixOf, organisationsOf, wantsParties } from '../../../../src/core/gatherings/matrix.js';
import { matrixTable } from '../../../../src/core/gatherings/matrix-table.js';
import type { Guest, Rsvp, RsvpAnswer } from '../../../../src/core/gatherings/types.js';
import { createMemoryStore } from '../../../../src/adapters/store/lowdb/memory.js';
import { demoPeople } from '../../../../src/core/programme/demo-people.js';
import { programmeWith } from '../../../support/programmes.js';

const EVENT = 'sykefravaer-pulje-2-2014-04-28';
const programme = programmeWith('saman');
const population = { programme, members: demoPeople(programme), preferences: new Map() };
const gathering = programme.gatherings.find((each) => each.id === EVENT)!;
const rsvp = (member: string, answer?: RsvpAnswer, at = '2014-04-01T08:00:00Z', needs?: string): Rsvp => ({
  ...{ programme: 'saman', id: `${EVENT}/${member}`, gathering: EVENT, member, by: member, at },
  ...(answer && { answer }),
  ...(needs && { needs }),
});
const guest = (id: string, answer: Guest['answer'], at: string, party?: Guest['party']): Guest => ({
  ...{ programme: 'saman', id, gathering: EVENT, organisation: 'voss', name: 'X', by: 'b', answer, at },
  ...(party && { party }),
});

describe('places', () => {
  it('are never given beyond what there are, whoever comes and goes', async () => {
    const act = fc.record({
      member: fc.integer({ min: 0, max: 7 }),
      answer: fc.constantFrom<'yes' | 'no' | 'maybe'>('yes', 'no', 'maybe'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        fc.array(act, { maxLength: 30 }),
        async (capacity, acts) => {
          const store = createMemoryStore();
          const full = { ...gathering, capacity };
          for (const [index, { member, answer }] of acts.entries()) {
            const id = `${EVENT}/m${String(member)}`;
            const all = { rsvps: await store.rsvps.list('saman'), guests: [] };
            const before = (await store.rsvps.get('saman', id))?.answer;
            const given = answer === 'yes' ? seated(full, all, before) : answer;
            await store.rsvps.put(
              rsvp(`m${String(member)}`, given, `2014-04-01T08:00:${String(index + 10)}Z`),
            );
            await moveUp(store, full, 'saman');
            const now = { rsvps: await store.rsvps.list('saman'), guests: [] };
            assert.ok(placesTaken(now) <= capacity);
            const isWaiting = now.rsvps.some((each) => each.answer === 'waiting');
            assert.ok(!isWaiting || placesTaken(now) === capacity, 'a place is free while somebody waits');
          }
          await store.close();
        },
      ),
      { numRuns: 40 },
    );
  });

  it('go to whoever waits longest, guests included; to everybody where there is no limit', async () => {
    const signUp = {
      rsvps: [rsvp('late', 'waiting', '2014-04-03'), rsvp('there', 'yes')],
      guests: [guest('early', 'waiting', '2014-04-02'), guest('as-early', 'waiting', '2014-04-02')],
    };
    const ids = (capacity?: number) =>
      movingUp(capacity === undefined ? {} : { capacity }, signUp).map((each) => each.id);
    assert.deepEqual(ids(2), ['as-early']);
    assert.deepEqual(ids(1), []);
    assert.deepEqual(ids(), ['as-early', 'early', `${EVENT}/late`]);
    const store = createMemoryStore();
    await store.guests.put(...signUp.guests);
    await moveUp(store, { ...gathering, capacity: 1 }, 'saman');
    assert.equal((await store.guests.get('saman', 'as-early'))?.answer, 'yes');
    await store.close();
  });
});

describe('the matrix of who is missing', () => {
  const signUp = {
    rsvps: [
      rsvp('voss-political', 'yes', undefined, 'vegan'),
      rsvp('voss-administrative', 'maybe'),
      rsvp('voss-project-leader', 'yes'),
      rsvp('gjovik-union', 'no'),
      rsvp('gjovik-political'),
      rsvp('nobody-there', 'yes'),
    ],
    guests: [guest('g', 'waiting', '2014-04-01', 'union')],
  };
  const row = (id: string) =>
    matrixOf(population, gathering, signUp).find((each) => each.organisation === id)!;

  it('says of each party whether it comes, may come or is missing', () => {
    assert.deepEqual(
      row('voss').cells.map(({ party, state, coming, waiting }) => [party, state, coming, waiting]),
      [
        ['political', 'coming', 1, 0],
        ['administrative', 'maybe', 0, 0],
        ['union', 'maybe', 0, 1],
      ],
    );
    assert.equal(row('voss').others, 1);
    assert.deepEqual(gapsOf(row('voss')), []);
    assert.deepEqual(gapsOf(row('gjovik')), ['political', 'administrative', 'union']);
  });

  it('has the organisations that take part, not the secretariat', () => {
    const ids = organisationsOf(population, gathering);
    assert.ok(ids.includes('voss') && !ids.includes('sekretariat'));
  });

  it('is wanted where everybody or representatives are asked, not where leaders meet', () => {
    const of = (audience: object) => wantsParties(programme, { ...gathering, audience });
    assert.equal(of({}), true);
    assert.equal(of({ parties: ['union'], roles: ['project-leader'] }), true);
    assert.equal(of({ roles: ['project-leader'] }), false);
    const representative = programme.roles.find((each) => each.kind === 'representative')!.id;
    assert.equal(of({ roles: [representative] }), true);
  });

  it('is a table without names, of what its reader may see', () => {
    const words = {
      ...{ organisation: 'Organisation', coming: 'Coming', waiting: 'Waiting', needs: 'Needs' },
      ...{ party: (party: string) => party, state: (state: string) => state },
    };
    const sees = (organisation: string) => organisation === 'voss';
    assert.deepEqual(matrixTable(population, gathering, signUp, { words, language: 'nb', sees }), [
      ['Organisation', 'political', 'administrative', 'union', 'Coming', 'Waiting', 'Needs'],
      ['Voss', 'coming', 'maybe', 'maybe', 2, 1, 'vegan'],
    ]);
  });
});
