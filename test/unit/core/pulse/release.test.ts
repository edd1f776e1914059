import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decide, type Atom, type Candidate } from '../../../../src/core/pulse/release.js';

const single = (place: number): Candidate => ({ key: `organisation/${String(place)}`, atoms: [place] });
const group = (key: string, ...atoms: number[]): Candidate => ({ key, atoms });
const atom = (answers: number, asked = Math.max(answers, 1)): Atom => ({ answers, answered: answers, asked });

/**
 * What an adversary can work out who adds and subtracts whatever is shown: whether the answers of a set of atoms are
 * a linear combination of shown ones. Atoms without answers are known to have none, and so are left out.
 */
function canWorkOut(shown: readonly (readonly number[])[], wanted: readonly number[]): boolean {
  const rows = shown.map((row) => [...row]);
  const target = [...wanted];
  const width = target.length;
  let rank = 0;
  for (let column = 0; column < width; column += 1) {
    const pivot = rows.findIndex((row, index) => index >= rank && Math.abs(row[column]!) > 1e-9);
    if (pivot < 0) continue;
    [rows[rank], rows[pivot]] = [rows[pivot]!, rows[rank]!];
    const lead = rows[rank]!;
    const eliminate = (row: number[]) => {
      const factor = row[column]! / lead[column]!;
      for (let index = 0; index < width; index += 1) row[index] = row[index]! - factor * lead[index]!;
    };
    rows.forEach((row, index) => index > rank && eliminate(row));
    eliminate(target);
    rank += 1;
  }
  return target.every((value) => Math.abs(value) < 1e-9);
}

/** The smallest group with answers, below the threshold, whose answers somebody could work out; undefined when none. */
function leak(
  atoms: readonly Atom[],
  candidates: readonly Candidate[],
  threshold: number,
): string | undefined {
  const verdicts = decide(atoms, candidates, threshold);
  const places = atoms.flatMap((each, place) => (each.answers > 0 ? [place] : []));
  const vector = (of: readonly number[]) => places.map((place) => (of.includes(place) ? 1 : 0));
  const shown = candidates
    .filter((each) => verdicts.get(each.key) === 'shown')
    .map((each) => vector(each.atoms));
  for (let mask = 1; mask < 1 << places.length; mask += 1) {
    const inside = places.filter((_, index) => (mask >> index) & 1);
    const answers = inside.reduce((sum, place) => sum + atoms[place]!.answers, 0);
    if (answers >= threshold) continue;
    if (canWorkOut(shown, vector(inside))) return `${inside.join(',')} of ${JSON.stringify(atoms)}`;
  }
  return undefined;
}

describe('which results are shown', () => {
  const all = group('programme/x', 0, 1, 2);

  it('two organisations but not the third with four answers, nor the whole, which would reveal it', () => {
    const atoms = [atom(8, 10), atom(9, 10), atom(4, 10)];
    const verdicts = decide(atoms, [all, single(0), single(1), single(2)], 5);
    assert.deepEqual(Object.fromEntries(verdicts), {
      'organisation/0': 'shown',
      'organisation/1': 'shown',
      'organisation/2': 'few',
      'programme/x': 'would-reveal',
    });
  });

  it('gives up the smallest of many organisations, so that the whole can be shown', () => {
    const atoms = [atom(8), atom(9), atom(7), atom(6), atom(2)];
    const candidates = [group('programme/x', 0, 1, 2, 3, 4), ...[0, 1, 2, 3, 4].map(single)];
    const verdicts = decide(atoms, candidates, 5);
    assert.equal(verdicts.get('programme/x'), 'shown');
    assert.equal(verdicts.get('organisation/3'), 'would-reveal');
    assert.equal(verdicts.get('organisation/4'), 'few');
    assert.equal(verdicts.get('organisation/2'), 'shown');
  });

  it('gives up none of few, however many networks and themes they are alone in', () => {
    const alone = [0, 1].flatMap((place) => [
      group(`network/${String(place)}`, place),
      group(`theme/${String(place)}`, place),
    ]);
    const verdicts = decide([atom(8), atom(9), atom(4)], [all, ...[0, 1, 2].map(single), ...alone], 5);
    assert.equal(verdicts.get('organisation/0'), 'shown');
    assert.equal(verdicts.get('theme/0'), 'shown');
    assert.equal(verdicts.get('programme/x'), 'would-reveal');
  });

  it('gives up the first of two that are as small', () => {
    const atoms = [atom(9), atom(6), atom(6), atom(7), atom(2)];
    const verdicts = decide(atoms, [group('programme/x', 0, 1, 2, 3, 4), ...[0, 1, 2, 3, 4].map(single)], 5);
    assert.equal(verdicts.get('organisation/1'), 'would-reveal');
    assert.equal(verdicts.get('organisation/2'), 'shown');
  });

  it('nothing of a group of seven among nine, whether the other two have answered or not', () => {
    const candidates = [group('network/n', 0, 1), single(0)];
    assert.equal(decide([atom(7), atom(2)], candidates, 5).get('network/n'), 'would-reveal');
    assert.equal(decide([atom(7), atom(0, 2)], candidates, 5).get('network/n'), 'would-reveal');
    assert.equal(
      decide([atom(7), atom(0, 6)], candidates, 5).get('network/n'),
      'shown',
      'nobody answered there',
    );
  });

  it('no overlapping groups whose difference is small', () => {
    const atoms = [atom(20), atom(3), atom(20)];
    const verdicts = decide(
      atoms,
      [group('network/a', 0, 1), group('network/b', 0), group('theme/c', 1, 2)],
      5,
    );
    const shown = [...verdicts].filter(([, verdict]) => verdict === 'shown').map(([key]) => key);
    assert.ok(!(shown.includes('network/a') && shown.includes('network/b')));
  });

  it('the same whoever asks and in whatever order atoms are listed', () => {
    const atoms = [atom(8), atom(9), atom(4), atom(6), atom(7)];
    const candidates = [
      group('programme/x', 0, 1, 2, 3, 4),
      ...[0, 1, 2, 3, 4].map(single),
      group('network/n', 0, 2),
    ];
    const first = decide(atoms, candidates, 5);
    assert.deepEqual(decide(atoms, candidates, 5), first);
    const withReordered = decide(
      atoms,
      candidates.map((each) => ({ ...each, atoms: [...each.atoms].reverse() })),
      5,
    );
    assert.deepEqual(withReordered, first);
  });

  it('lets no sums and differences show fewer than the threshold: all small populations of four organisations', function () {
    this.timeout(60_000);
    const networks: Candidate[][] = [
      [group('network/a', 0, 1), group('network/b', 2, 3)],
      [group('network/a', 0, 1), group('network/b', 1, 2), group('theme/c', 0, 2, 3)],
      [group('network/a', 0, 1, 2), group('network/b', 1, 2, 3), group('theme/c', 0, 3)],
    ];
    const whole = group('programme/x', 0, 1, 2, 3);
    const sizes = [0, 1, 2, 3, 4, 5, 7];
    let populations = 0;
    for (const a of sizes)
      for (const b of sizes)
        for (const c of sizes)
          for (const d of sizes) {
            const atoms = [a, b, c, d].map((answers) => atom(answers, answers === 0 ? 6 : answers));
            for (const extra of networks)
              for (const singles of [[], [0, 1, 2, 3].map(single)])
                for (const threshold of [3, 5]) {
                  populations += 1;
                  assert.equal(leak(atoms, [whole, ...singles, ...extra], threshold), undefined);
                }
          }
    assert.equal(populations, 7 ** 4 * 3 * 2 * 2);
  });

  it('lets no sums and differences show fewer than the threshold: large populations by chance', () => {
    const place = fc.nat(9);
    fc.assert(
      fc.property(
        fc.array(fc.nat(12), { minLength: 10, maxLength: 10 }),
        fc.array(fc.uniqueArray(place, { minLength: 1, maxLength: 10 }), { maxLength: 8 }),
        fc.boolean(),
        (answers, groups, hasSingles) => {
          const atoms = answers.map((each) => atom(each, each + 3));
          const candidates = [
            group('programme/x', ...answers.map((_, index) => index)),
            ...(hasSingles ? answers.map((_, index) => single(index)) : []),
            ...groups.map((atoms, index) => group(`network/${String(index)}`, ...atoms)),
          ];
          assert.equal(leak(atoms, candidates, 5), undefined);
        },
      ),
      { numRuns: 300 },
    );
  });
});
