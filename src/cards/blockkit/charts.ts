import type { Context } from './context.js';
import { formatNumber } from './dates.js';
import { textLine, type Line } from './inline.js';
import { putLines } from './lines-out.js';
import { nodes, num, own, asText, str, type Node, words } from './read.js';
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

interface Point {
  readonly label: string;
  readonly value: number;
}

interface Series {
  readonly name: string;
  /** Whether the name is the card's own, to be shown also where there is one series only. */
  readonly isNamed: boolean;
  readonly points: readonly Point[];
}

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
    putGauge(context, element, title);
    return;
  }
  const kind = KINDS[element.type] ?? 'bar';
  const series = seriesOf(element);
  const block = context.options.surface === 'message' ? chartBlock(element, kind, series, title) : undefined;
  if (block && JSON.stringify(block).length < SIZE) {
    noteKind(context, element);
    context.put(block, true);
  } else context.note(element, 'chart', 'its values as text');
  const axes = block ? [] : axisTitles(element);
  putLines(context, [...valueLines(context, series, title, kind === 'pie'), ...axes], block !== undefined);
}

/** What the axes are called, where no chart says it. */
function axisTitles(element: Element): Line[] {
  const titles = ['xAxisTitle', 'yAxisTitle'].map((key) => str(element.node, key).trim());
  const text = titles.filter((title) => title !== '').join(' / ');
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

/** The series of every kind of chart, in the forms that Teams documents for each. */
function seriesOf(element: Element): Series[] {
  const data = nodes(element.node, 'data');
  const nested = data.some((one) => Array.isArray(own(one, 'values')) || Array.isArray(own(one, 'data')));
  if (nested) {
    const stacked = element.type === 'Chart.HorizontalBar.Stacked';
    return stacked ? stackedSeries(data) : data.map((one, index) => nestedSeries(one, index));
  }
  const title = str(element.node, 'yAxisTitle') || words(element.node, 'title') || '1';
  return [{ name: title, isNamed: false, points: data.flatMap(pointOf) }];
}

function nestedSeries(one: Node, index: number): Series {
  const name = words(one, 'legend') || words(one, 'title') || String(index + 1);
  const points = [...nodes(one, 'values'), ...nodes(one, 'data')].flatMap(pointOf);
  return { name, isNamed: true, points };
}

/** Stacked bars name their parts within each bar; Slack wants a series for each part. */
function stackedSeries(data: readonly Node[]): Series[] {
  const parts = new Map<string, Point[]>();
  data.forEach((bar, index) => {
    const label = words(bar, 'title') || words(bar, 'legend') || String(index + 1);
    for (const point of nestedSeries(bar, index).points) {
      parts.set(point.label, [...(parts.get(point.label) ?? []), { label, value: point.value }]);
    }
  });
  return [...parts].map(([name, points]) => ({ name, isNamed: true, points }));
}

function pointOf(node: Node): Point[] {
  const value = num(node, 'y') ?? num(node, 'value');
  if (value === undefined) return [];
  const label = asText(own(node, 'x')) || words(node, 'legend') || words(node, 'title');
  return [{ label: label === '' ? '–' : label, value }];
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
  const fits = points.length <= SERIES && points.every((point) => point.value > 0);
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
      points.length === labels.length && points.every((point, index) => point.label === labels[index]),
  );
  if (!matching) return undefined;
  const axis = (key: string, name: string): Record<string, string> => {
    const text = str(element.node, key).trim();
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
  const total = isPie ? (series[0]?.points.reduce((sum, point) => sum + point.value, 0) ?? 0) : 0;
  return [
    ...head,
    ...series.flatMap(({ name, isNamed, points }) => {
      const values = points.map(({ label, value }) => {
        const share = total > 0 ? ` (${number(Math.round((value / total) * 100))} %)` : '';
        return `${label}: ${number(value)}${share}`;
      });
      const list = values.join(', ');
      return [textLine({ text: series.length > 1 || isNamed ? `${name} – ${list}` : list })];
    }),
  ];
}

function putGauge(context: Context, element: Element, title: string): void {
  const { node } = element;
  const number = (value: number): string => formatNumber(value, context.lang);
  const value = num(node, 'value') ?? 0;
  const min = num(node, 'min') ?? 0;
  const segments = nodes(node, 'segments');
  const size = segments.reduce((sum, one) => sum + (num(one, 'size') ?? 0), 0);
  const max = num(node, 'max') ?? (size > 0 ? min + size : 100);
  const share = max > min ? Math.min(1, Math.max(0, (value - min) / (max - min))) : 0;
  const filled = Math.round(share * 10);
  const scale = `${'▓'.repeat(filled)}${'░'.repeat(10 - filled)} ${number(value)} (${number(min)}–${number(max)})`;
  const legends = segments.map((one) => `${words(one, 'legend')}: ${number(num(one, 'size') ?? 0)}`);
  context.note(element, 'gauge', 'a bar of text');
  putLines(context, [
    ...(title === '' ? [] : [textLine({ text: title, bold: true })]),
    textLine({ text: scale }),
    ...[words(node, 'subLabel'), legends.join(', ')]
      .filter((text) => text !== '')
      .map((text) => textLine({ text })),
  ]);
}
