import type { Language, Text } from '../programme/language.js';
import { given } from '../programme/occurrences.js';
import type { Audience, Organisation, Programme, RoleKind } from '../programme/schema.js';
import type { Member, Preferences } from './types.js';

interface Index {
  readonly organisations: ReadonlyMap<string, Organisation>;
  readonly roles: ReadonlyMap<string, Programme['roles'][number]>;
  readonly themeOfNetwork: ReadonlyMap<string, string | undefined>;
  /** Asked for each right at each press. */
  readonly kindsOf: WeakMap<Member, readonly RoleKind[]>;
}

const indexes = new WeakMap<Programme, Index>();

function indexOf(programme: Programme): Index {
  let index = indexes.get(programme);
  if (index === undefined) {
    index = {
      organisations: new Map(programme.organisations.map((each) => [each.id, each])),
      roles: new Map(programme.roles.map((each) => [each.id, each])),
      themeOfNetwork: new Map(programme.networks.map((each) => [each.id, each.theme])),
      kindsOf: new WeakMap(),
    };
    indexes.set(programme, index);
  }
  return index;
}

/** The organisation with an id. */
export function organisationOf(programme: Programme, id: string): Organisation | undefined {
  return indexOf(programme).organisations.get(id);
}

/** What an organisation is called; its id where the programme does not have it (any more). */
export function organisationName(programme: Programme, id: string): Text {
  return organisationOf(programme, id)?.name ?? id;
}

/** The member's language: chosen, else from the people file, else the organisation's first, else the programme's. */
export function languageOf(programme: Programme, member: Member, preferences?: Preferences): Language {
  return (
    preferences?.language ??
    member.language ??
    organisationOf(programme, member.organisation)?.languages?.[0] ??
    programme.languages[0] ??
    'en'
  );
}

/** The member's time zone, an IANA name. */
export function zoneOf(programme: Programme, member: Member): string {
  return member.zone ?? organisationOf(programme, member.organisation)?.zone ?? programme.zone;
}

/** The kinds of the member's roles, which say what the member may do. */
export function roleKindsOf(programme: Programme, member: Member): readonly RoleKind[] {
  const { roles, kindsOf } = indexOf(programme);
  let kinds = kindsOf.get(member);
  if (kinds === undefined) {
    kinds = member.roles.flatMap((id) => roles.get(id)?.kind ?? []);
    kindsOf.set(member, kinds);
  }
  return kinds;
}

/** The member as cards call them: by name where one is known, else by the first role and the organisation. */
export function personOf(
  programme: Programme,
  member: Member,
): { name?: string; role: Text; organisation: Text } {
  const index = indexOf(programme);
  return {
    ...given({ name: member.name }),
    role: index.roles.get(member.roles[0] ?? '')?.name ?? '',
    organisation: organisationName(programme, member.organisation),
  };
}

/** The networks that concern a member: the organisation's, and those that the member leads. */
export function networksOf(programme: Programme, member: Member): readonly string[] {
  const ofOrganisation = organisationOf(programme, member.organisation)?.networks ?? [];
  return member.networks.length === 0 ? ofOrganisation : [...ofOrganisation, ...member.networks];
}

/** Whether a rule picks a member: every condition given must hold, and each holds if any of its values does. */
export function matchesAudience(programme: Programme, member: Member, audience: Audience): boolean {
  return (
    any(audience.roles, (role) => member.roles.includes(role)) &&
    any(audience.organisations, (id) => member.organisation === id) &&
    any(audience.parties, (party) => member.party === party) &&
    inCohort(programme, member, audience.cohorts) &&
    any(audience.networks, (id) => networksOf(programme, member).includes(id)) &&
    inTheme(programme, member, audience.themes) &&
    isLeaving(programme, member, audience.leavingIn) &&
    any(audience.languages, (language) => languageOf(programme, member) === language)
  );
}

function any<T>(wanted: readonly T[] | undefined, test: (value: T) => boolean): boolean {
  return wanted === undefined || wanted.some(test);
}

function isLeaving(programme: Programme, member: Member, year: number | undefined): boolean {
  return year === undefined || organisationOf(programme, member.organisation)?.leavesIn === year;
}

function inCohort(programme: Programme, member: Member, cohorts: readonly string[] | undefined): boolean {
  if (cohorts === undefined) return true;
  const own = organisationOf(programme, member.organisation)?.cohort;
  return own !== undefined && cohorts.includes(own);
}

function inTheme(programme: Programme, member: Member, themes: readonly string[] | undefined): boolean {
  if (themes === undefined) return true;
  const own = organisationOf(programme, member.organisation)?.themes ?? [];
  if (own.some((theme) => themes.includes(theme))) return true;
  const { themeOfNetwork } = indexOf(programme);
  return networksOf(programme, member).some((id) => themes.includes(themeOfNetwork.get(id) ?? ''));
}
