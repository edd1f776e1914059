import { shuffled } from './chance.js';
import { sha, type Evidence, type Found } from './evidence.js';
import type { Truth } from './lived-rounds.js';

/** How often each way of guessing was right, over so many rounds. */
export class Guesses {
  rounds = 0;
  readonly right = new Map<string, number>();

  /** Guesses who gave which answer of one round, in every way. */
  guess({ members, answers, joined }: Evidence, truth: ReadonlyMap<string, Truth>): void {
    this.rounds += 1;
    const ids = [...members.keys()];
    const orders = ordersOf(ids, (id) => members.get(id)!);
    for (const of of ['choice', 'text'] as const) {
      const own = answers.filter((each) => each.of === of);
      const truly = (member: string, found: Found | undefined) => truth.get(member)![of] === found?.place;
      const note = (name: string, list: readonly string[], to: readonly Found[]) => {
        const hits = list.filter((member, index) => truly(member, to[index])).length;
        const key = `${of}: ${name}`;
        this.right.set(key, (this.right.get(key) ?? 0) + hits);
      };
      const places = [...own].sort((a, b) => a.place - b.place);
      const answered = [...ordersOf(own, ({ seen }) => seen), ['low ones first', places] as const];
      for (const [name, list] of orders) for (const [by, to] of answered) note(`${name} and ${by}`, list, to);
      // Whom a text that was found leads to; the others blindly.
      const led = new Map(
        [...joined].flatMap(([id, found]) =>
          found.filter((each) => each.of === of).map((each) => [id, each]),
        ),
      );
      const rest = shuffled(own.filter((each) => ![...led.values()].includes(each)));
      note(
        'a token that was found',
        ids,
        ids.map((id) => led.get(id) ?? rest.pop()!),
      );
      for (const [name, list, to] of likes(ids, members, own)) note(name, list, to);
    }
  }

  /** Those ways that were right more often than chance can explain, the best first. */
  better(most: number): readonly string[] {
    return [...this.right]
      .filter(([, hits]) => hits / this.rounds >= most)
      .sort((a, b) => b[1] - a[1])
      .map(([name, hits]) => `${name}: ${(hits / this.rounds).toFixed(2)}`);
  }
}

const compare = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0);

/** Everything in the order of each column that is there for all, and in that of its hash; what is alike, by chance. */
function ordersOf<T>(list: readonly T[], seenOf: (each: T) => Readonly<Record<string, string | number>>) {
  // What is the same for all gives no order.
  const columns = Object.keys(list[0] === undefined ? {} : seenOf(list[0])).filter(
    (column) => new Set(list.map((each) => seenOf(each)[column])).size > 1,
  );
  return columns.flatMap((column): [string, T[]][] => {
    const by = (value: (raw: string | number) => string | number) =>
      shuffled(list)
        .map((each) => ({ each, value: value(seenOf(each)[column] ?? -1) }))
        .sort((a, b) => compare(a.value, b.value))
        .map(({ each }) => each);
    const forward = by((raw) => raw);
    return [
      [column, forward],
      [`${column} turned around`, [...forward].reverse()],
      [`hash of ${column}`, by((raw) => sha(String(raw)))],
    ];
  });
}

/** What is the same at a member and at an answer, a language for example: those alike are put beside each other. */
function likes(
  ids: readonly string[],
  members: Evidence['members'],
  own: readonly Found[],
): [string, string[], Found[]][] {
  const languages = (id: string) => String(members.get(id)!['members language']);
  const sorted = shuffled(ids).sort((a, b) =>
    compare(ORDER.indexOf(languages(a)), ORDER.indexOf(languages(b))),
  );
  return Object.keys(own[0]?.seen ?? {}).map((column) => [
    `language and ${column}`,
    sorted,
    shuffled(own).sort((a, b) => compare(a.seen[column] ?? -1, b.seen[column] ?? -1)),
  ]);
}

const ORDER = ['sv', 'nb', 'nn', 'da', 'en'];
