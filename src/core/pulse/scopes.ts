import { organisationOf } from '../members/member-view.js';
import type { Programme } from '../programme/schema.js';
import type { Grouping } from './definition.js';
import type { Candidate } from './release.js';
import type { Scope } from './result-types.js';
import type { Round } from './types.js';

/** Every scope that results of a round are worked out for. */
export function scopesOf(
  programme: Programme,
  round: Round,
): readonly (Candidate & { readonly scope: Scope })[] {
  const { groupings } = round.definition;
  const of = (kind: Scope['kind'], id: string, holds: (organisation: string) => boolean) => ({
    scope: { kind, id },
    key: `${kind}/${id}`,
    atoms: round.groups.flatMap((organisation, place) => (holds(organisation) ? [place] : [])),
  });
  const each = (
    kind: Grouping,
    ids: readonly string[],
    holds: (organisation: string, id: string) => boolean,
  ) =>
    groupings.includes(kind) ? ids.map((id) => of(kind, id, (organisation) => holds(organisation, id))) : [];
  const networks = programme.networks.map(({ id }) => id);
  const themes = programme.themes.map(({ id }) => id);
  return [
    of('programme', programme.id, () => true),
    ...each('organisation', round.groups, (organisation, id) => organisation === id),
    ...each('network', networks, (organisation, id) => networksIn(programme, organisation).includes(id)),
    ...each('theme', themes, (organisation, id) => themesOf(programme, organisation).has(id)),
  ].filter(({ scope, atoms }) => scope.kind === 'programme' || atoms.length > 0);
}

function networksIn(programme: Programme, id: string): readonly string[] {
  return organisationOf(programme, id)?.networks ?? [];
}

function themesOf(programme: Programme, id: string): ReadonlySet<string> {
  const networks = networksIn(programme, id);
  const through = programme.networks.flatMap((each) =>
    networks.includes(each.id) ? (each.theme ?? []) : [],
  );
  return new Set([...(organisationOf(programme, id)?.themes ?? []), ...through]);
}
