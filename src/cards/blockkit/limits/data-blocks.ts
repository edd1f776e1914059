import { isPart, type Checks, type Part } from './checks.js';
import { checkRichText } from './rich.js';

/** Limits of Slack's `table` and `data_table` blocks. */
const COLUMNS = 20;
const TABLE_ROWS = 100;
const DATA_ROWS = 201;
const DATA_CHARACTERS = 20_000;

/** Limits of Slack's `data_visualization` block. */
const CHART = { title: 50, series: 12, points: 20, label: 20, axis: 50 } as const;

/** A table: rows and cells within their numbers, every row as wide as the first. */
export function checkTable(checks: Checks, table: Part, path: string): void {
  const isData = table['type'] === 'data_table';
  const rows = table['rows'];
  if (
    !Array.isArray(rows) ||
    rows.length < (isData ? 2 : 1) ||
    rows.length > (isData ? DATA_ROWS : TABLE_ROWS)
  ) {
    const expected = isData ? `2 to ${String(DATA_ROWS)} rows` : `1 to ${String(TABLE_ROWS)} rows`;
    checks.fault(`${path}.rows`, Array.isArray(rows) ? `${String(rows.length)} rows` : rows, expected);
    return;
  }
  const width = Array.isArray(rows[0]) ? rows[0].length : 0;
  if (width < 1 || width > COLUMNS)
    checks.fault(`${path}.rows[0]`, `${String(width)} cells`, `1 to ${String(COLUMNS)} cells`);
  rows.forEach((row: unknown, index) => {
    checkRow(checks, row, `${path}.rows[${String(index)}]`, width);
  });
  if (isData && JSON.stringify(rows).length > DATA_CHARACTERS)
    checks.fault(`${path}.rows`, 'too much', `${String(DATA_CHARACTERS)} characters in all`);
  const settings = table['column_settings'];
  if (settings !== undefined && (!Array.isArray(settings) || settings.length > COLUMNS))
    checks.fault(`${path}.column_settings`, settings, `at most ${String(COLUMNS)} settings`);
}

function checkRow(checks: Checks, row: unknown, path: string, width: number): void {
  if (!Array.isArray(row) || row.length !== width) {
    checks.fault(
      path,
      Array.isArray(row) ? `${String(row.length)} cells` : row,
      `${String(width)} cells, as in the first row`,
    );
    return;
  }
  row.forEach((cell: unknown, index) => {
    const where = `${path}[${String(index)}]`;
    if (!isPart(cell)) {
      checks.fault(where, cell, 'a cell');
      return;
    }
    checks.oneOf(cell, 'type', where, ['raw_text', 'raw_number', 'rich_text', 'button'], 'required');
    if (cell['type'] === 'raw_text') checks.string(cell, 'text', where, Infinity, 'required');
    if (cell['type'] === 'rich_text') checkRichText(checks, cell, where);
  });
}

/** A chart: title, series, points and labels within their numbers, each series over the same categories. */
export function checkChart(checks: Checks, block: Part, path: string): void {
  checks.string(block, 'title', path, CHART.title, 'required');
  const chart = block['chart'];
  if (!isPart(chart)) {
    checks.fault(`${path}.chart`, chart, 'a chart');
    return;
  }
  const where = `${path}.chart`;
  checks.oneOf(chart, 'type', where, ['pie', 'bar', 'line', 'area'], 'required');
  if (chart['type'] === 'pie') checkPoints(checks, chart, 'segments', where, CHART.series);
  else checkSeries(checks, chart, where);
}

function checkSeries(checks: Checks, chart: Part, path: string): void {
  const config = isPart(chart['axis_config']) ? chart['axis_config'] : {};
  checks.string(config, 'x_label', `${path}.axis_config`, CHART.axis);
  checks.string(config, 'y_label', `${path}.axis_config`, CHART.axis);
  const categories = Array.isArray(config['categories']) ? config['categories'].map(String) : undefined;
  const names = new Set<string>();
  for (const [series, where] of checks.parts(chart, 'series', path, 1, CHART.series)) {
    checks.string(series, 'name', where, CHART.label, 'required');
    if (names.has(String(series['name']))) checks.fault(`${where}.name`, series['name'], 'a name of its own');
    names.add(String(series['name']));
    const labels = checkPoints(checks, series, 'data', where, CHART.points);
    if (categories !== undefined && labels.join('\n') !== categories.join('\n'))
      checks.fault(`${where}.data`, labels.join(', '), `the categories: ${categories.join(', ')}`);
  }
}

function checkPoints(checks: Checks, part: Part, key: string, path: string, most: number): readonly string[] {
  return checks.parts(part, key, path, 1, most).map(([point, where]) => {
    checks.string(point, 'label', where, CHART.label, 'required');
    const value = point['value'];
    if (typeof value !== 'number' || !Number.isFinite(value) || (key === 'segments' && value <= 0))
      checks.fault(`${where}.value`, value, key === 'segments' ? 'a number above 0' : 'a number');
    return String(point['label']);
  });
}
