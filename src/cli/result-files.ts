import writeXlsx from 'write-excel-file/node';
import type { TableCell } from '../core/pulse/result-table.js';

type Rows = readonly (readonly TableCell[])[];

/** Rows as CSV (RFC 4180), with the mark by which spreadsheets know UTF-8. */
export function csvOf(rows: Rows): string {
  return `\uFEFF${rows.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

function csvCell(cell: TableCell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = withoutFormula(cell);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * What comes before a sign that begins a formula, in East Asian width too: the start of a text and what a spreadsheet
 * skips there, and within a text what may divide cells. Where numbers have a decimal comma, as in all our countries, a
 * file is divided at semicolons, whatever it was divided at when it was written.
 */
const FORMULA = /(^|[;\t\r\n|])([\s\u0000-\u0020"]*)(?=[=+\-@＝＋－＠])/g;

/** What people wrote must not become a formula: https://owasp.org/www-community/attacks/CSV_Injection. */
function withoutFormula(text: string): string {
  return text.replace(FORMULA, `$1$2'`);
}

/** Rows as an Excel workbook of one sheet; numbers stay numbers, texts are never formulas. */
export async function xlsxOf(rows: Rows): Promise<Buffer> {
  const data = rows.map((row, index) =>
    row.map((cell) => {
      if (cell === undefined) return null;
      const style = index === 0 ? { fontWeight: 'bold' as const } : {};
      return typeof cell === 'number'
        ? { value: cell, type: Number, ...style }
        : { value: cell, type: String, ...style };
    }),
  );
  return writeXlsx(data, { sheet: 'Results' }).toBuffer();
}
