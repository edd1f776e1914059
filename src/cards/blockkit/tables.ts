import { shownKids, type Context, type PutAll } from './context.js';
import { isUnadorned, plainText, textLine, withLook, type Line } from './inline.js';
import { putLines, trimLines } from './lines-out.js';
import { flag, nodes, word } from './read.js';
import type { Element } from './resolve.js';
import { richBlock, richLength } from './rich.js';
import { textual } from './textual.js';
import type { SlackBlock } from './types.js';

/** Slack's limits for a table; the size keeps one within a message (see `pages.ts`). */
const ROWS = 100;
const COLUMNS = 20;
const TABLE_SIZE = 11_000;
/** A longer cell would make its table longer than a message. */
const CELL = 2000;
const ROW = 4000;

interface Cell {
  readonly lines: Line[];
  /** What a Slack cell cannot hold; it follows the table. */
  readonly others: readonly Element[];
}

/** A table as Slack's table where there is one (messages), else as lines of text. */
export function putTable(context: Context, element: Element, putAll: PutAll): void {
  const rows = shownKids(context, element, 'rows').map((row) =>
    shownKids(context, row, 'cells').map((cell) => cellOf(context, cell)),
  );
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (width === 0) return;
  const hasHeader = flag(element.node, 'firstRowAsHeaders', flag(element.node, 'firstRowAsHeader', true));
  const fits = rows.every(fitsRow);
  if (context.options.surface === 'message' && fits) {
    for (let start = 0; start < width; start += COLUMNS) {
      const part = rows.map((row) => pad(row, width).slice(start, start + COLUMNS));
      putTables(context, part, hasHeader, settingsOf(element, start));
    }
    if (width > COLUMNS) context.note(element, `${width} columns`, `tables of ${COLUMNS} columns`);
    for (const row of rows) for (const cell of row) context.say(plainText(cell.lines));
  } else {
    context.note(
      element,
      'table',
      fits ? 'lines of text: Slack has tables in messages only' : 'lines of text',
    );
    for (const line of asLines(rows, hasHeader)) putLines(context, line);
  }
  const others = rows.flat().flatMap((cell) => cell.others);
  if (others.length > 0) context.note(element, 'pictures, inputs or actions in cells', 'below the table');
  putAll(context, others);
}

function cellOf(context: Context, cell: Element): Cell {
  const lines: Line[] = [];
  const others: Element[] = [];
  for (const kid of shownKids(context, cell, 'items')) {
    const inner = textual(context, kid);
    if (inner) lines.push(...trimLines(inner));
    else others.push(kid);
  }
  const select = cell.kids['selectAction'] ?? [];
  return { lines, others: [...others, ...select] };
}

/** Whether a row, and with it the headings, fits a message: looks cost more than letters. */
function fitsRow(row: readonly Cell[]): boolean {
  let size = 0;
  for (const { lines } of row) {
    const length = lines.reduce((sum, line) => sum + richLength(line), 0);
    if (length > CELL) return false;
    size += length;
  }
  return size <= ROW;
}

function pad(row: readonly Cell[], width: number): Cell[] {
  return [...row, ...Array.from({ length: width - row.length }, () => ({ lines: [], others: [] }))];
}

/** One or more tables of at most 100 rows and as much text as a message holds, each with the headings. */
function putTables(
  context: Context,
  rows: readonly (readonly Cell[])[],
  hasHeader: boolean,
  settings: readonly Record<string, unknown>[],
): void {
  const cells = rows.map((row, index) => row.map((cell) => slackCell(cell, hasHeader && index === 0)));
  const [header] = hasHeader && cells.length > 1 ? cells : [];
  let part: SlackBlock[][] = [];
  let size = 0;
  const flush = (): void => {
    if (part.length > 0) {
      context.put({ type: 'table', rows: part, ...(settings.length > 0 && { column_settings: settings }) });
    }
    part = [];
    size = 0;
  };
  for (const row of cells) {
    const length = JSON.stringify(row).length;
    if (part.length === ROWS || (part.length > 0 && size + length > TABLE_SIZE)) {
      flush();
      if (header) {
        part.push(header);
        size += JSON.stringify(header).length;
      }
    }
    part.push(row);
    size += length;
  }
  flush();
}

/** A cell's text; rich where it has a look of its own. Slack takes no empty cell: a dash stands for nothing. */
function slackCell(cell: Cell, isHeading: boolean): SlackBlock {
  const lines = isHeading ? withLook(cell.lines, { bold: true }) : cell.lines;
  const text = plainText(lines);
  if (text === '') return { type: 'raw_text', text: '–' };
  if (isUnadorned(lines)) return { type: 'raw_text', text };
  return richBlock(lines) ?? { type: 'raw_text', text };
}

function settingsOf(element: Element, start: number): Record<string, unknown>[] {
  const common = word(element.node, 'horizontalCellContentAlignment');
  return nodes(element.node, 'columns')
    .slice(start, start + COLUMNS)
    .map((column) => {
      const align = word(column, 'horizontalCellContentAlignment') || common;
      return { is_wrapped: true, ...((align === 'center' || align === 'right') && { align }) };
    });
}

/** Rows as lines: "heading: value" where there are headings, else the cells with bars between. */
function asLines(rows: readonly (readonly Cell[])[], hasHeader: boolean): Line[][] {
  const [header, ...body] = rows;
  const names = header?.every(({ lines }) => lines.length <= 1 && isUnadorned(lines)) ?? false;
  const isEven = body.every((row) => row.length >= (header?.length ?? 0));
  if (!hasHeader || !header || body.length === 0 || !names || !isEven) {
    return [rows.map((row) => barred(row))];
  }
  return body.map((row) =>
    row.flatMap((cell, index) => {
      const title = plainText(header[index]?.lines ?? []).replaceAll('\n', ' ');
      const [first, ...rest] = cell.lines;
      const head = title === '' ? [] : [{ text: title, bold: true }, { text: ': ' }];
      return [textLine(...head, ...(first?.spans ?? [])), ...rest];
    }),
  );
}

function barred(row: readonly Cell[]): Line {
  return textLine(
    ...row.flatMap((cell, index) => [
      ...(index > 0 ? [{ text: ' | ' }] : []),
      ...cell.lines.flatMap((line, at) => (at > 0 ? [{ text: ' ' }, ...line.spans] : line.spans)),
    ]),
  );
}
