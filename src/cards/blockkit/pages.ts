import type { Unit } from './context.js';
import { isNode, nodes, type Node } from './read.js';
import type { SlackBlock, Surface } from './types.js';

/** What one message or view holds. */
export interface PageLimits {
  readonly blocks: number;
  /** Characters of the blocks as JSON. */
  readonly size: number;
  readonly tables: number;
  readonly charts: number;
}

/** One message's or view's worth of blocks, and where its texts stand among all. */
export interface Page {
  readonly blocks: SlackBlock[];
  readonly saidFrom: number;
  readonly saidTo: number;
}

/**
 * Slack's limits with room for the buttons between pages: 50 blocks and about 13,200 characters a message (measured;
 * github.com/slackapi/bolt-js/issues/2509), one table, two charts; 100 blocks a view.
 */
const LIMITS: Readonly<Record<Surface, PageLimits>> = {
  message: { blocks: 48, size: 12_400, tables: 1, charts: 2 },
  modal: { blocks: 98, size: 150_000, tables: 0, charts: 0 },
  home: { blocks: 98, size: 150_000, tables: 0, charts: 0 },
};

/** What would fit without any buttons between pages. */
const ALONE: Readonly<Record<Surface, PageLimits>> = {
  message: { ...LIMITS.message, blocks: 50, size: 12_900 },
  modal: { ...LIMITS.modal, blocks: 100 },
  home: { ...LIMITS.home, blocks: 100 },
};

/** Divides units among pages; headings and dividers go with what follows them. */
export function toPages(units: readonly Unit[], surface: Surface): Page[] {
  const sizes = units.map((unit) => JSON.stringify(unit.block).length + 1);
  const alone = divide(units, sizes, ALONE[surface]);
  return alone.length <= 1 ? alone : divide(units, sizes, LIMITS[surface]);
}

function divide(units: readonly Unit[], sizes: readonly number[], limits: PageLimits): Page[] {
  const pages: Page[] = [];
  let start = 0;
  while (start < units.length) {
    if (units[start]?.block.type === 'divider') {
      start += 1;
      continue;
    }
    const end = pageEnd(units, sizes, start, limits);
    const part = units.slice(start, end);
    while (part.at(-1)?.block.type === 'divider') part.pop();
    pages.push({
      blocks: part.map((unit) => unit.block),
      saidFrom: pages.at(-1)?.saidTo ?? 0,
      saidTo: units[end - 1]?.said ?? 0,
    });
    start = end;
  }
  return pages;
}

function pageEnd(
  units: readonly Unit[],
  sizes: readonly number[],
  start: number,
  limits: PageLimits,
): number {
  let [size, tables, charts] = [2, 0, 0];
  let end = start;
  for (; end < units.length; end += 1) {
    const block = units[end]?.block ?? { type: '' };
    size += sizes[end] ?? 0;
    tables += block.type === 'table' ? 1 : 0;
    charts += block.type === 'data_visualization' ? 1 : 0;
    const isFull =
      end - start >= limits.blocks || size > limits.size || tables > limits.tables || charts > limits.charts;
    if (isFull && end > start) break;
  }
  if (end === units.length) return end;
  let kept = end;
  while (kept > start + 1 && units[kept - 1]?.staysWithNext) kept -= 1;
  return units[kept - 1]?.staysWithNext ? end : kept;
}

/** Whether the inputs and the buttons that send them stand on one page: only then do Slack's values come together. */
export function isFormDivided(pages: readonly Page[]): boolean {
  const inputs = pages.filter(({ blocks }) => blocks.some((block) => block.type === 'input'));
  if (inputs.length === 0) return false;
  const senders = pages.filter(({ blocks }) => blocks.some(hasSender));
  return new Set([...inputs, ...senders]).size > 1;
}

function hasSender(block: SlackBlock): boolean {
  const listed: unknown = block['elements'] ?? [block['accessory']];
  const elements: unknown[] = Array.isArray(listed) ? listed : [];
  return elements.some(
    (element) =>
      isNode(element) &&
      (nodes(element, 'actions').some(isSender) || (element['type'] !== 'image' && isSender(element))),
  );
}

function isSender(element: Node): boolean {
  return typeof element['action_id'] === 'string' && element['url'] === undefined;
}
