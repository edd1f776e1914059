import type { Member } from '../members/types.js';
import type { Organisation, Programme, Role } from './schema.js';

/** Organisations that run a programme instead of taking part: their people lead and coordinate. */
const SECRETARIAT = 'sekretariat';

/** How many people of a kind of role an organisation gets. */
const EMPLOYEES = 3;

/**
 * Made-up members for trying a programme out: by role and organisation, without names. The same programme gives the
 * same members. Ids are `<organisation>-<role>`, then `-2` and so on; leaders are called after their network.
 */
export function demoPeople(programme: Programme): readonly Member[] {
  const [first] = programme.organisations;
  const home = programme.organisations.find((each) => each.id === SECRETARIAT) ?? first;
  const takingPart = programme.organisations.filter(isTakingPart);
  return [
    ...(home === undefined ? [] : coordinators(programme, home)),
    ...(home === undefined ? [] : leaders(programme, home)),
    ...takingPart.flatMap((organisation) => peopleOf(programme, organisation)),
  ];
}

function isTakingPart(organisation: Organisation): boolean {
  return organisation.id !== SECRETARIAT && organisation.languages !== undefined;
}

function member(programme: Programme, organisation: Organisation, id: string, role: Role): Member {
  return {
    programme: programme.id,
    id,
    organisation: organisation.id,
    roles: [role.id],
    networks: [],
    active: true,
    ...(isParty(role.id) ? { party: role.id } : {}),
  };
}

function isParty(role: string): role is 'political' | 'administrative' | 'union' {
  return ['political', 'administrative', 'union'].includes(role);
}

function coordinators(programme: Programme, home: Organisation): readonly Member[] {
  return programme.roles
    .filter((role) => role.kind === 'coordinator')
    .flatMap((role) => [
      member(programme, home, `${home.id}-${role.id}`, role),
      member(programme, home, `${home.id}-${role.id}-2`, role),
    ]);
}

function leaders(programme: Programme, home: Organisation): readonly Member[] {
  const role = programme.roles.find((each) => each.kind === 'network-leader');
  if (role === undefined) return [];
  const seat =
    programme.organisations.find((each) => each.id !== home.id && each.languages === undefined) ?? home;
  if (programme.networks.length === 0) return [member(programme, seat, `${seat.id}-${role.id}`, role)];
  return programme.networks.map((network) => ({
    ...member(programme, seat, `${seat.id}-${role.id}-${network.id}`, role),
    networks: [network.id],
  }));
}

function peopleOf(programme: Programme, organisation: Organisation): readonly Member[] {
  return programme.roles.flatMap((role) => {
    if (['coordinator', 'network-leader', 'adviser'].includes(role.kind)) return [];
    const count = role.kind === 'employee' ? EMPLOYEES : 1;
    return Array.from({ length: count }, (_, index) => {
      const suffix = index === 0 ? '' : `-${String(index + 1)}`;
      return member(programme, organisation, `${organisation.id}-${role.id}${suffix}`, role);
    });
  });
}
