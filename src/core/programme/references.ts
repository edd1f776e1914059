import { editDistance } from '../faq/search/spelling.js';
import type { Fault } from '../errors.js';
import { foundText, pathText } from './faults.js';
import type { Audience, Programme } from './schema.js';

type Path = readonly PropertyKey[];
interface Reference {
  readonly path: Path;
  readonly id: string;
  readonly list: ListName;
}
type ListName = 'themes' | 'cohorts' | 'networks' | 'roles' | 'organisations';

/** Ids that stand twice in a list, and references to what is not there. */
export function referenceFaults(source: string, programme: Programme): readonly Fault[] {
  return [...duplicates(source, programme), ...unknown(source, programme)];
}

function duplicates(source: string, programme: Programme): readonly Fault[] {
  const lists = [
    'themes',
    'cohorts',
    'networks',
    'roles',
    'organisations',
    'gatherings',
    'deadlines',
  ] as const;
  return lists.flatMap((list) => {
    const first = new Map<string, number>();
    return programme[list].flatMap(({ id }, index) => {
      const before = first.get(id);
      first.set(id, before ?? index);
      if (before === undefined) return [];
      const path = pathText([list, index, 'id']);
      return [
        {
          source,
          path,
          found: foundText(id),
          expected: `an id of its own; ${list}[${String(before)}] has it`,
        },
      ];
    });
  });
}

function unknown(source: string, programme: Programme): readonly Fault[] {
  return referencesOf(programme).flatMap(({ path, id, list }) => {
    const known = programme[list].map((each) => each.id);
    if (known.includes(id)) return [];
    const near = nearest(id, known);
    const expected = `the id of one of ${list}${near === undefined ? '' : `, such as "${near}"`}`;
    return [{ source, path: pathText(path), found: foundText(id), expected }];
  });
}

function referencesOf(programme: Programme): readonly Reference[] {
  const one = (path: Path, id: string | undefined, list: ListName): readonly Reference[] =>
    id === undefined ? [] : [{ path, id, list }];
  const many = (path: Path, ids: readonly string[] | undefined, list: ListName): readonly Reference[] =>
    (ids ?? []).map((id, index) => ({ path: [...path, index], id, list }));
  const audience = (path: Path, rule: Audience): readonly Reference[] =>
    (['roles', 'cohorts', 'networks', 'themes', 'organisations'] as const).flatMap((list) =>
      many([...path, list], rule[list], list),
    );
  return [
    ...programme.networks.flatMap((network, index) => [
      ...one(['networks', index, 'theme'], network.theme, 'themes'),
      ...one(['networks', index, 'cohort'], network.cohort, 'cohorts'),
    ]),
    ...programme.organisations.flatMap((organisation, index) => [
      ...one(['organisations', index, 'cohort'], organisation.cohort, 'cohorts'),
      ...many(['organisations', index, 'networks'], organisation.networks, 'networks'),
      ...many(['organisations', index, 'themes'], organisation.themes, 'themes'),
    ]),
    ...programme.gatherings.flatMap((each, index) =>
      audience(['gatherings', index, 'audience'], each.audience),
    ),
    ...programme.deadlines.flatMap((each, index) =>
      audience(['deadlines', index, 'audience'], each.audience),
    ),
  ];
}

/** The most alike of some words, if any is alike at all. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const scored = words.map((each) => ({ each, distance: editDistance(word, each) }));
  scored.sort((a, b) => a.distance - b.distance);
  const best = scored[0];
  return best !== undefined && best.distance <= Math.max(2, word.length / 3) ? best.each : undefined;
}
