import { seriesOf, type Series } from './chart-data.js';
import type { Context } from './context.js';
import { formatNumber } from './dates.js';
import { putGauge } from './gauge.js';
import { textLine, type Line } from './inline.js';
import { putLines } from './lines-out.js';
import { words } from './read.js';
import type { Element } from './resolve.js';
import { shorten } from './split.js';
import type { SlackBlock } from './types.js';

/** Slack's limits for a `data_visualization` block. */
const TITLE = 50;
const SERIES = 12;
const POINTS = 20;
const LABEL = 20;
const AXIS = 50;
/** Characters as JSON that leave a message room for the values in words. */
const SIZE = 9_000;

const KINDS: Readonly<Record<string, 'pie' | 'bar' | 'line'>> = {
  'Chart.Donut': 'pie',
  'Chart.Pie': 'pie',
  'Chart.VerticalBar': 'bar',
  'Chart.VerticalBar.Grouped': 'bar',
  'Chart.HorizontalBar': 'bar',
  'Chart.HorizontalBar.Stacked': 'bar',
  'Chart.Line': 'line',
};

/** A chart as Slack's own where it fits (messages), and in any case its values as text, for readers of all kinds. */
export function putChart(context: Context, element: Element): void {
  const title = words(element.node, 'title').trim();
  if (element.type === 'Chart.Gauge') {
    putGauge(context, element);
    return;
  }
  const kind = KINDS[element.type] ?? 'bar';
  const series = seriesOf(element);
  const block = context.options.surface === 'message' ? chartBlock(element, kind, series, title) : undefined;
  if (block && JSON.stringify(block).length < SIZE) {
    noteKind(context, element);
    context.put(block, true);
  } else context.note(element, 'chart', 'its values as text');
  const middle = kind === 'pie' ? words(element.node, 'value').trim() : '';
  const axes = axisTitles(element, block !== undefined && kind !== 'pie');
  const notes = middle === '' ? axes : [textLine({ text: middle }), ...axes];
  const lines = [...valueLines(context, series, title, kind === 'pie'), ...notes];
  putLines(context, lines, block !== undefined);
}

/** What the axes are called, where no chart says it in full. */
function axisTitles(element: Element, isDrawn: boolean): Line[] {
  const titles = ['xAxisTitle', 'yAxisTitle'].map((key) => words(element.node, key).trim());
  const text = titles.filter((title) => title.length > (isDrawn ? AXIS : 0)).join(' / ');
  return text === '' ? [] : [textLine({ text, italic: true })];
}

function noteKind(context: Context, element: Element): void {
  const instead: Readonly<Record<string, string>> = {
    'Chart.Donut': 'a pie',
    'Chart.HorizontalBar': 'upright bars',
    'Chart.HorizontalBar.Stacked': 'bars beside one another',
  };
  const other = instead[element.type];
  if (other) context.note(element, element.type, other);
}

/** Slack's chart, or undefined where it would refuse it: too many or too long parts, labels that do not match. */
function chartBlock(
  element: Element,
  kind: 'pie' | 'bar' | 'line',
  series: readonly Series[],
  title: string,
): SlackBlock | undefined {
  const shown = shorten(title, TITLE) || '–';
  const labels = series[0]?.points.map((point) => point.label) ?? [];
  const isWrong = labels.length === 0 || new Set(labels).size !== labels.length || series.length > SERIES;
  if (isWrong || labels.some((label) => label.length > LABEL)) return undefined;
  const chart = kind === 'pie' ? pieOf(series) : axesOf(element, kind, series, labels);
  return chart && { type: 'data_visualization', title: shown, chart };
}

function pieOf(series: readonly Series[]): Record<string, unknown> | undefined {
  const points = series[0]?.points ?? [];
  const fits = points.length <= SERIES && points.every(({ value }) => value !== undefined && value > 0);
  return fits ? { type: 'pie', segments: points.map(({ label, value }) => ({ label, value })) } : undefined;
}

function axesOf(
  element: Element,
  kind: 'bar' | 'line',
  series: readonly Series[],
  labels: readonly string[],
): Record<string, unknown> | undefined {
  const names = series.map((one) => shorten(one.name, LABEL));
  if (labels.length > POINTS || new Set(names).size !== names.length) return undefined;
  const matching = series.every(
    ({ points }) =>
      points.length === labels.length &&
      points.every(({ label, value }, index) => value !== undefined && label === labels[index]),
  );
  if (!matching) return undefined;
  const axis = (key: string, name: string): Record<string, string> => {
    const text = words(element.node, key).trim();
    return text === '' ? {} : { [name]: shorten(text, AXIS) };
  };
  return {
    type: kind,
    series: series.map(({ points }, index) => ({
      name: names[index],
      data: points.map(({ label, value }) => ({ label, value })),
    })),
    axis_config: { categories: labels, ...axis('xAxisTitle', 'x_label'), ...axis('yAxisTitle', 'y_label') },
  };
}

function valueLines(context: Context, series: readonly Series[], title: string, isPie: boolean): Line[] {
  const head = title === '' ? [] : [textLine({ text: title, bold: true })];
  const number = (value: number): string => formatNumber(value, context.lang);
  const total = isPie ? (series[0]?.points.reduce((sum, { value }) => sum + (value ?? 0), 0) ?? 0) : 0;
  return [
    ...head,
    ...series.flatMap(({ name, isNamed, points }) => {
      const values = points.map(({ label, value }) => {
        if (value === undefined) return `${label}: –`;
        const share = total > 0 ? ` (${number(Math.round((value / total) * 100))} %)` : '';
        return `${label}: ${number(value)}${share}`;
      });
      const list = values.join(', ');
      const isHeaded = series.length > 1 || isNamed;
      return [textLine({ text: isHeaded ? [name, list].filter((text) => text !== '').join(' – ') : list })];
    }),
  ];
}
