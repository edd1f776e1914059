import { performance } from 'node:perf_hooks';

/** The middle of several measurements. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/**
 * The middle of what was measured of ours divided by what was measured of theirs right after it: what else goes on on the
 * machine changes both of a pair.
 */
export function medianRatio(ours: readonly number[], theirs: readonly number[]): number {
  return median(ours.map((value, index) => value / (theirs[index] ?? Number.NaN)));
}

/** The value below which so large a share of the measurements lies; `share` between 0 and 1. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** How long work took, in milliseconds of the wall clock. */
export async function timeMs(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** How much CPU this process used for work, in milliseconds, all threads. */
export async function cpuMs(work: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const used = process.cpuUsage(start);
  return (used.user + used.system) / 1000;
}

/** Heap in use after a collection, in MB; benches run with `--expose-gc`. */
export function heapMb(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}

type Row = Readonly<Record<string, string | number>>;

/** A goal and what was measured; the goal is a comparison such as `<= 1.3`. */
export interface Measured {
  readonly value: number;
  readonly goal: string;
}

/** Prints a table, then the goals as the last line; the exit status says whether they hold. */
export function report(bench: string, rows: readonly Row[], goals: Readonly<Record<string, Measured>>): void {
  process.stdout.write(`${table(rows)}\n`);
  const judged = Object.fromEntries(
    Object.entries(goals).map(([name, { value, goal }]) => [
      name,
      { value: rounded(value), goal, ok: holds(value, goal) },
    ]),
  );
  process.stdout.write(`${JSON.stringify({ bench, goals: judged })}\n`);
  if (Object.values(judged).some((each) => !each.ok)) process.exitCode = 1;
}

/** Whether a measured value keeps a goal; false for a goal that cannot be read. */
export function holds(value: number, goal: string): boolean {
  const [, sign, text] = /^(<=|>=|<|>|==) (-?[\d.]+)/.exec(goal) ?? [];
  const bound = Number(text);
  switch (sign) {
    case '<=':
      return value <= bound;
    case '>=':
      return value >= bound;
    case '<':
      return value < bound;
    case '>':
      return value > bound;
    case '==':
      return value === bound;
    default:
      return false;
  }
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

export function table(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const cells = [
    columns,
    ...rows.map((row) =>
      columns.map((column) => {
        const value = row[column];
        return typeof value === 'number' ? String(rounded(value)) : (value ?? '');
      }),
    ),
  ];
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => row[index]?.length ?? 0)));
  return cells
    .map((row) => row.map((cell, index) => cell.padStart(widths[index] ?? 0)).join('  '))
    .join('\n');
}
