import { nodes, num, own, type Node, words } from './read.js';
import type { Element } from './resolve.js';

/** A value and what it is of. */
export interface Point {
  readonly label: string;
  /** Undefined where the card names a point and gives no number. */
  readonly value: number | undefined;
}

/** Points that belong together: a line, bars of one colour, a pie. */
export interface Series {
  readonly name: string;
  /** Whether the name is the card's own, to be shown also where there is one series only. */
  readonly isNamed: boolean;
  readonly points: readonly Point[];
}

/** The series of every kind of chart, in the forms that Teams documents for each. */
export function seriesOf(element: Element): Series[] {
  const data = nodes(element.node, 'data');
  const nested = data.some((one) => Array.isArray(own(one, 'values')) || Array.isArray(own(one, 'data')));
  if (nested) {
    const stacked = element.type === 'Chart.HorizontalBar.Stacked';
    return stacked ? stackedSeries(data) : data.map((one, index) => nestedSeries(one, index));
  }
  const title = words(element.node, 'yAxisTitle').trim() || words(element.node, 'title').trim() || '1';
  return [{ name: title, isNamed: false, points: data.flatMap(pointOf) }];
}

function nestedSeries(one: Node, index: number): Series {
  const name = words(one, 'legend').trim() || words(one, 'title').trim() || String(index + 1);
  const points = [...nodes(one, 'values'), ...nodes(one, 'data')].flatMap(pointOf);
  return { name, isNamed: true, points: points.length > 0 ? points : ownPoint(one) };
}

/** The number that stands in the place of a list of points. */
function ownPoint(one: Node): Point[] {
  return pointOf(one).filter(({ value }) => value !== undefined);
}

/** Stacked bars name their parts within each bar; Slack wants a series for each part. A bar without any is only named. */
function stackedSeries(data: readonly Node[]): Series[] {
  const parts = new Map<string, Point[]>();
  const empty: Series[] = [];
  data.forEach((bar, index) => {
    const label = words(bar, 'title').trim() || words(bar, 'legend').trim() || String(index + 1);
    const { points } = nestedSeries(bar, index);
    if (points.length === 0) empty.push({ name: label, isNamed: true, points });
    for (const point of points) {
      parts.set(point.label, [...(parts.get(point.label) ?? []), { label, value: point.value }]);
    }
  });
  return [...[...parts].map(([name, points]) => ({ name, isNamed: true, points })), ...empty];
}

function pointOf(node: Node): Point[] {
  const value = num(node, 'y') ?? num(node, 'value');
  const label = (words(node, 'x') || words(node, 'legend') || words(node, 'title')).trim();
  if (value === undefined && label === '') return [];
  return [{ label: label === '' ? '–' : label, value }];
}
