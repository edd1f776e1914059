import type { Audience, Programme } from '../programme/schema.js';
import { languageOf, matchesAudience } from './member-view.js';
import type { Member, Preferences } from './types.js';

/** What picks from: all members of a programme, and what they chose. */
export interface Population {
  readonly programme: Programme;
  readonly members: readonly Member[];
  readonly preferences: ReadonlyMap<string, Preferences>;
}

/**
 * Members whom a rule picks, inactive ones left out. What the rule says of organisations is looked up once for each,
 * so that 100,000 members cost little more than reading their list. Languages are those that members chose.
 */
export function pickAudience(
  { programme, members, preferences }: Population,
  rule: Audience,
): readonly Member[] {
  const { roles, parties, languages, networks, organisations, ...ofPlace } = rule;
  const wantedRoles = roles && new Set(roles);
  const wantedParties = parties && new Set<string | undefined>(parties);
  const wantedOrganisations = organisations && new Set(organisations);
  const wantedLanguages = languages && new Set(languages);
  const placed = placesOf(programme, { ...ofPlace, ...(networks && { networks }) });
  return members.filter(
    (member) =>
      member.active &&
      (wantedOrganisations?.has(member.organisation) ?? true) &&
      (wantedParties?.has(member.party) ?? true) &&
      (wantedRoles === undefined || member.roles.some((role) => wantedRoles.has(role))) &&
      placed(member) &&
      (wantedLanguages?.has(languageOf(programme, member, preferences.get(member.id))) ?? true),
  );
}

/** Cohort, theme, network and leaving: the same for all of an organisation, but for those with networks of their own. */
function placesOf(programme: Programme, rule: Audience): (member: Member) => boolean {
  if (Object.keys(rule).length === 0) return () => true;
  const known = new Map<string, boolean>();
  return (member) => {
    if (member.networks.length > 0) return matchesAudience(programme, member, rule);
    let answer = known.get(member.organisation);
    if (answer === undefined) {
      answer = matchesAudience(programme, member, rule);
      known.set(member.organisation, answer);
    }
    return answer;
  };
}

/** The rule's words that the programme does not know: list and id. */
export function unknownInAudience(
  programme: Programme,
  rule: Audience,
): readonly { readonly list: string; readonly id: string; readonly place: number }[] {
  return (['roles', 'cohorts', 'networks', 'themes', 'organisations'] as const).flatMap((list) => {
    const ids = new Set(programme[list].map((each) => each.id));
    return (rule[list] ?? []).flatMap((id, place) => (ids.has(id) ? [] : [{ list, id, place }]));
  });
}
