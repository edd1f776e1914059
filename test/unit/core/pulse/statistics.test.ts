import assert from 'node:assert/strict';
import {
  differenceInterval,
  meanInterval,
  momentsOf,
  slopeOf,
  studentQuantile,
  wilson,
} from '../../../../src/core/pulse/statistics.js';

const near = (found: number | undefined, expected: number, digits: number) =>
  assert.equal((found ?? NaN).toFixed(digits), expected.toFixed(digits));

describe('the interval of a share', () => {
  // Newcombe (1998), Statistics in Medicine 17, 857–872, table I, method 3.
  const cases: readonly [number, number, number, number][] = [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ];
  for (const [count, n, low, high] of cases) {
    it(`is Newcombe's for ${String(count)} of ${String(n)}`, () => {
      const interval = wilson(count, n);
      near(interval.low, low, 4);
      near(interval.high, high, 4);
    });
  }

  it('narrows with the part of the population that has answered, to nothing', () => {
    const wide = wilson(30, 60);
    const narrow = wilson(30, 60, 80);
    assert.ok(narrow.low > wide.low && narrow.high < wide.high);
    assert.deepEqual(wilson(30, 60, 60), { low: 0.5, high: 0.5 });
  });
});

describe('the interval of a change of shares', () => {
  it("is Newcombe's for 56 of 70 and 48 of 80", () => {
    // Newcombe (1998), Statistics in Medicine 17, 873–890, table II, contrast (a), method 10.
    const { difference, low, high } = differenceInterval({ count: 48, n: 80 }, { count: 56, n: 70 });
    near(difference, 0.2, 4);
    near(low, 0.0524, 4);
    near(high, 0.3339, 4);
  });
});

describe('the interval of a mean', () => {
  it('is that of the NIST/SEMATECH e-Handbook, 1.3.5.2, ZARR13.DAT', () => {
    const interval = meanInterval({ n: 195, mean: 9.26146, deviation: 0.02278881 });
    near(interval?.low, 9.258242, 5);
    near(interval?.high, 9.264679, 5);
  });

  it('is that of Cochran (1977), 2.7, for 50 of 676 sheets of signatures', () => {
    // Total 19,888; 80 % limits 18,107 and 21,669 with t = 1.28.
    const moments = { n: 50, mean: 1471 / 50, deviation: Math.sqrt(229) };
    const interval = meanInterval(moments, 676, 1.28);
    near((interval?.low ?? 0) / 10, 18107 / 6760, 1);
    assert.ok(Math.abs((interval?.low ?? 0) * 676 - 18107) < 3, String((interval?.low ?? 0) * 676));
    assert.ok(Math.abs((interval?.high ?? 0) * 676 - 21669) < 3, String((interval?.high ?? 0) * 676));
  });

  it('has no width when everybody has answered, and is unknown for a single answer of many', () => {
    assert.deepEqual(meanInterval({ n: 9, mean: 3.5, deviation: 1 }, 9), { low: 3.5, high: 3.5 });
    assert.equal(meanInterval({ n: 1, mean: 3, deviation: 0 }, 9), undefined);
  });

  it("uses Student's table", () => {
    // NIST/SEMATECH e-Handbook, 1.3.6.7.2.
    near(studentQuantile(0.975, 1), 12.706, 3);
    near(studentQuantile(0.975, 10), 2.228, 3);
    near(studentQuantile(0.975, 30), 2.042, 3);
    near(studentQuantile(0.95, 5), 2.015, 3);
  });

  it('takes mean and deviation from counts', () => {
    // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, sum of squares 32.
    const { n, mean, deviation } = momentsOf([0, 1, 0, 3, 2, 0, 1, 0, 1], 1);
    assert.equal(n, 8);
    assert.equal(mean, 5);
    near(deviation, Math.sqrt(32 / 7), 10);
  });
});

describe('the trend', () => {
  it('has the certified slope of the NIST reference data Norris', () => {
    // https://www.itl.nist.gov/div898/strd/lls/data/Norris.shtml
    const data = `0.2 0.1 337.4 338.8 118.2 118.1 884.6 888.0 10.1 9.2 226.5 228.1 666.3 668.5 996.3 998.5 448.6 449.1
      777.0 778.9 558.2 559.2 0.4 0.3 0.6 0.1 775.5 778.1 666.9 668.8 338.0 339.3 447.5 448.9 11.6 10.8 556.0 557.7
      228.1 228.3 995.8 998.0 887.6 888.8 120.2 119.6 0.3 0.3 0.3 0.6 556.8 557.6 339.1 339.3 887.2 888.0 999.0 998.5
      779.0 778.9 11.1 10.2 118.3 117.6 229.2 228.9 669.1 668.4 448.9 449.2 0.5 0.2`;
    const numbers = data.trim().split(/\s+/).map(Number);
    const points = Array.from({ length: 36 }, (_, index): [number, number] => [
      numbers[2 * index]!,
      numbers[2 * index + 1]!,
    ]);
    near(slopeOf(points), 1.00211681802045, 11);
  });

  it('is unknown for one place', () => {
    assert.equal(slopeOf([[1, 2]]), undefined);
    assert.equal(slopeOf([]), undefined);
  });
});
