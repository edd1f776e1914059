import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvOf } from '../../../src/cli/result-files.js';

/** Cells as a spreadsheet finds them that divides at the given sign. */
const cellsOf = (text: string, delimiter: string): readonly string[] => {
  const rows: string[][] = parse(text, {
    ...{ delimiter, bom: true, relax_column_count: true, relax_quotes: true },
  });
  return rows.flat();
};

const isFormula = (cell: string) => /^[\s\u0000-\u0020"]*[=+\-@＝＋－＠]/.test(cell);

describe('a list as CSV', () => {
  for (const typed of [
    '=1+1',
    ' =1+1',
    '\n=1+1',
    '\u00a0=1+1',
    '\u0000@SUM(1)',
    '＝1+1',
    '-2+3',
    'ja;=1+1',
    'ja; =1+1',
    'ja;"=1+1"',
    'ja\n=1+1',
    'ja\t=1+1',
    '",=1+1,"',
  ]) {
    it(`makes no formula of ${JSON.stringify(typed)}, whatever the spreadsheet divides cells at`, () => {
      const text = csvOf([[typed, 'x', typed, 1]]);
      for (const delimiter of [',', ';', '\t'])
        assert.deepEqual(cellsOf(text, delimiter).filter(isFormula), [], delimiter);
    });
  }

  it('makes no formula of anything that can be typed', () => {
    const sign = fc.constantFrom('=', '+', '@', '-', ';', '"', "'", ',', '\n', '\t', ' ', 'a', '1', '|');
    const typed = fc.array(sign, { maxLength: 8 }).map((signs) => signs.join(''));
    fc.assert(
      fc.property(fc.array(typed, { minLength: 1, maxLength: 4 }), (row) => {
        const text = csvOf([row]);
        for (const delimiter of [',', ';', '\t'])
          for (const line of delimiter === ',' ? [] : text.slice(1).split(/\r\n|\n|\r/))
            for (const cell of line.split(delimiter)) assert.ok(!isFormula(cell), JSON.stringify(cell));
        assert.deepEqual(cellsOf(text, ',').filter(isFormula), []);
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves numbers, dates and other texts as they are', () => {
    assert.equal(
      csvOf([['Årsrapport 2014-02-01', -5, 'a-b', 'x=y']]),
      '\uFEFFÅrsrapport 2014-02-01,-5,a-b,x=y\r\n',
    );
  });
});
