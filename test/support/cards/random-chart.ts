type Json = Record<string, unknown>;

/** Where a chart takes its words and numbers from. */
export interface ChartSource {
  /** So many words that stand nowhere else. */
  readonly words: (count: number) => string;
  /** A whole number from 0, below a bound. */
  readonly number: (below: number) => number;
  /** Told of what must stand together in the translation, such as `Oslo: 12`. */
  readonly says: (text: string) => void;
}

type Make = (source: ChartSource) => Json;

const flat =
  (label: 'legend' | 'x', value: 'value' | 'y'): Make =>
  (source) => ({ data: points(source, label, value) });

const MAKERS: Readonly<Record<string, Make>> = {
  'Chart.Pie': flat('legend', 'value'),
  'Chart.Donut': (source) => ({ ...flat('legend', 'value')(source), value: rarely(source, 3, 1) }),
  'Chart.VerticalBar': flat('x', 'y'),
  'Chart.HorizontalBar': flat('x', 'y'),
  'Chart.VerticalBar.Grouped': (source) => ({ data: series(source) }),
  'Chart.Line': (source) => ({ data: series(source) }),
  'Chart.HorizontalBar.Stacked': (source) => ({ data: bars(source) }),
  'Chart.Gauge': gauge,
};

/** The charts that there are. */
export const CHARTS = Object.keys(MAKERS);

/** A chart of a type, now and then with more of everything than Slack draws. */
export function randomChart(type: string, source: ChartSource): Json {
  return {
    type,
    title: rarely(source, 3, 30),
    ...(type !== 'Chart.Gauge' && source.number(3) === 0 && axes(source)),
    ...MAKERS[type]!(source),
  };
}

function axes(source: ChartSource): Json {
  return { xAxisTitle: rarely(source, 2, 20), yAxisTitle: rarely(source, 2, 20) };
}

/** Mostly few words, one time in ten too many for a label of Slack's. */
function rarely(source: ChartSource, few: number, many: number): string {
  return source.words(source.number(10) === 0 ? many : few);
}

/** How many: mostly a handful, one time in eight more than Slack takes. */
function count(source: ChartSource, few: number, many: number): number[] {
  const length = source.number(8) === 0 ? many : 1 + source.number(few);
  return Array.from({ length }, (_unused, index) => index);
}

/** A number, nothing, or what is no number. */
function amount(source: ChartSource): unknown {
  return source.number(20) === 0 ? [undefined, 'x', null, Number.NaN][source.number(4)] : source.number(100);
}

function point(source: ChartSource, label: string, keys: readonly [string, string]): Json {
  const value = amount(source);
  if (typeof value === 'number' && Number.isFinite(value)) source.says(`${label}: ${value}`);
  return { [keys[0]]: label, [keys[1]]: value };
}

function points(source: ChartSource, label: string, value: string): Json[] {
  return count(source, 6, 25).map(() => point(source, rarely(source, 1, 8), [label, value]));
}

/** Lines or groups of bars: mostly over the same labels, else each over its own, or over none. */
function series(source: ChartSource): Json[] {
  const labels = count(source, 6, 25).map(() => rarely(source, 1, 8));
  return count(source, 3, 14).map((index) => {
    const own = index > 0 && source.number(6) === 0 ? labels.slice(source.number(labels.length + 1)) : labels;
    return {
      legend: rarely(source, 1, 8),
      values: own.map((label) => point(source, label, ['x', 'y'])),
    };
  });
}

/** Bars of parts. The translation names the parts and lists the bars of each. */
function bars(source: ChartSource): Json[] {
  const parts = count(source, 3, 14).map(() => rarely(source, 1, 8));
  return count(source, 5, 25).map((index) => {
    const title = rarely(source, 1, 8);
    const own = parts.slice(index > 0 && source.number(8) === 0 ? source.number(parts.length + 1) : 0);
    const data = own.map((legend) => {
      const value = source.number(100);
      source.says(`${title}: ${value}`);
      return { legend, value };
    });
    return { title, data };
  });
}

function gauge(source: ChartSource): Json {
  const [value, max] = [source.number(150), 1 + source.number(100)];
  source.says(`${value} (0–${max})`);
  return {
    value,
    min: 0,
    max,
    subLabel: rarely(source, 2, 60),
    segments: count(source, 3, 40).map(() => {
      const size = source.number(50);
      const legend = rarely(source, 1, 12);
      source.says(`${legend}: ${size}`);
      return { legend, size };
    }),
  };
}
