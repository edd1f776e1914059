import assert from 'node:assert/strict';
import {
  may,
  mayAny,
  reachesOf,
  RIGHTS,
  type Right,
  type Target,
} from '../../../../src/core/rights/rights.js';
import type { Member } from '../../../../src/core/members/types.js';
import { ROLE_KINDS, type RoleKind } from '../../../../src/core/programme/schema.js';
import { programmeWith } from '../../../support/programmes.js';

const saman = programmeWith('saman');
const own = saman.organisations.find((each) => each.networks.length > 0)!;
const foreign = saman.organisations.find(
  (each) => each.networks.length > 0 && !each.networks.some((id) => own.networks.includes(id)),
)!;
const ownNetwork = own.networks[0]!;
const foreignNetwork = foreign.networks[0]!;

/** Written down by itself: the table in `core` may only change together with this. */
const EXPECTED: Readonly<Record<Right, Partial<Record<RoleKind, string>>>> = {
  'notice-send': { coordinator: 'programme', 'network-leader': 'network' },
  'notice-urgent': { coordinator: 'programme' },
  'notice-approve': { coordinator: 'programme' },
  'gathering-edit': { coordinator: 'programme', 'network-leader': 'network' },
  'gathering-see': {
    coordinator: 'programme',
    'network-leader': 'network',
    'project-leader': 'organisation',
  },
  'gathering-answer': Object.fromEntries(ROLE_KINDS.map((kind) => [kind, 'self'])),
  'gathering-answer-others': {
    coordinator: 'programme',
    'network-leader': 'network',
    'project-leader': 'organisation',
  },
  'attendance-take': { coordinator: 'programme', 'network-leader': 'network', 'minute-taker': 'network' },
  'materials-send': { coordinator: 'programme', 'network-leader': 'network' },
  'deadline-see': {
    coordinator: 'programme',
    'network-leader': 'network',
    'project-leader': 'organisation',
    'project-owner': 'organisation',
  },
  'deadline-hand-in': {
    coordinator: 'programme',
    'project-leader': 'organisation',
    'project-owner': 'organisation',
  },
  'deadline-accept': { coordinator: 'programme', 'network-leader': 'network' },
  'pulse-manage': { coordinator: 'programme' },
  'enquiry-answer': { coordinator: 'programme', 'network-leader': 'network' },
  'access-decide': { coordinator: 'programme' },
  'feed-own': Object.fromEntries(ROLE_KINDS.map((kind) => [kind, 'self'])),
  'audit-read': { coordinator: 'programme', 'network-leader': 'network' },
};

const targets: Readonly<Record<string, Target>> = {
  everything: {},
  'own network': { network: ownNetwork },
  'foreign network': { network: foreignNetwork },
  'own organisation': { organisation: own.id },
  'foreign organisation': { organisation: foreign.id },
  'own organisation in a foreign network': { organisation: own.id, network: foreignNetwork },
  oneself: { member: 'me' },
  'somebody else': { member: 'other' },
};

const allowed: Readonly<Record<string, readonly string[]>> = {
  programme: Object.keys(targets),
  network: ['own network', 'own organisation'],
  organisation: ['own organisation'],
  self: ['oneself'],
};

const withKind = (kind: RoleKind, changes: Partial<Member> = {}): Member => ({
  programme: 'saman',
  id: 'me',
  organisation: own.id,
  roles: [kind],
  networks: kind === 'network-leader' || kind === 'minute-taker' ? [ownNetwork] : [],
  active: true,
  ...changes,
});

/** A programme whose roles are called as the kinds are. */
const programme = { ...saman, roles: ROLE_KINDS.map((kind) => ({ id: kind, name: kind, kind })) };

describe('rights', () => {
  it('names every right of the table here, and no other', () => {
    assert.deepEqual(Object.keys(RIGHTS).sort(), Object.keys(EXPECTED).sort());
    assert.notEqual(foreignNetwork, ownNetwork);
  });

  for (const right of Object.keys(EXPECTED) as Right[]) {
    for (const kind of ROLE_KINDS) {
      const reach = EXPECTED[right][kind];
      it(`${right}: ${kind} may ${reach === undefined ? 'not at all' : `for ${reach}`}`, () => {
        const yes = reach === undefined ? [] : allowed[reach]!;
        for (const [name, target] of Object.entries(targets)) {
          assert.equal(may(programme, withKind(kind), right, target), yes.includes(name), name);
        }
        assert.equal(mayAny(programme, withKind(kind), right), reach !== undefined);
      });
    }
  }

  it('lets nobody do anything who is not active or of another programme', () => {
    for (const right of Object.keys(RIGHTS) as Right[]) {
      assert.equal(may(programme, withKind('coordinator', { active: false }), right), false);
      assert.equal(mayAny(programme, withKind('coordinator', { active: false }), right), false);
      assert.equal(may(programme, withKind('coordinator', { programme: 'uso4' }), right), false);
    }
  });

  it('adds up what several roles may', () => {
    const both = withKind('network-leader', { roles: ['network-leader', 'project-leader'] });
    assert.deepEqual(reachesOf(programme, both, 'deadline-see'), ['network', 'organisation']);
  });
});
