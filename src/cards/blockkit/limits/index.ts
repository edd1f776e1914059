import type { Surface } from '../types.js';
import { blockChecks, BLOCKS_OF } from './blocks.js';
import { Checks, isPart, type LimitFault, type Part } from './checks.js';

export type { LimitFault } from './checks.js';

/** Blocks in one message, and in a modal or on a home tab. */
const MOST_BLOCKS: Readonly<Record<Surface, number>> = { message: 50, modal: 100, home: 100 };
/** All blocks of a message as JSON; beyond about 13,200 Slack answers `msg_blocks_too_long` (bolt-js issue 2509). */
const MESSAGE_CHARACTERS = 13_200;
const MESSAGE_TEXT = 40_000;
/** All markdown blocks of a message together. */
const MARKDOWN_CHARACTERS = 12_000;
/** Blocks of which a message holds no more than so many. */
const MOST_OF: Readonly<Record<string, number>> = { table: 1, data_table: 1, data_visualization: 2 };

/** What is sent to Slack: a message (`blocks`, `text`) or a view. */
export interface Payload {
  readonly blocks?: unknown;
  readonly text?: unknown;
  readonly view?: unknown;
}

/**
 * Checks a payload against the limits that Slack documents for Block Kit; written from its reference, and apart from
 * the translator, so that each shows the other's mistakes.
 * @returns every breach; empty when Slack would take the payload.
 */
export function checkLimits(payload: Payload, surface: Surface): readonly LimitFault[] {
  const checks = new Checks();
  if (surface === 'message') {
    checkMessage(checks, payload);
    return checks.faults;
  }
  const view = (payload as Payload | null)?.view ?? payload;
  if (isPart(view)) checkView(checks, view, surface);
  else checks.fault('view', view, 'a view');
  return checks.faults;
}

function checkMessage(checks: Checks, payload: Payload): void {
  const message = payload as Part;
  checks.string(message, 'text', 'message', MESSAGE_TEXT, 'required');
  checkBlocks(checks, message, 'message');
  const size = JSON.stringify(payload.blocks ?? []).length;
  if (size > MESSAGE_CHARACTERS)
    checks.fault('message.blocks', `${String(size)} characters`, `at most ${String(MESSAGE_CHARACTERS)}`);
}

function checkView(checks: Checks, view: Part, surface: 'modal' | 'home'): void {
  checks.oneOf(view, 'type', 'view', [surface], 'required');
  if (surface === 'modal') {
    checks.text(view, 'title', 'view', 24, 'plain_text', 'required');
    checks.text(view, 'submit', 'view', 24, 'plain_text');
    checks.text(view, 'close', 'view', 24, 'plain_text');
    const hasInput =
      Array.isArray(view['blocks']) &&
      view['blocks'].some((each) => isPart(each) && each['type'] === 'input');
    if (hasInput && view['submit'] === undefined)
      checks.fault('view.submit', undefined, 'a button to send the inputs');
  }
  checks.string(view, 'callback_id', 'view', 255);
  const meta = view['private_metadata'];
  if (meta !== undefined && (typeof meta !== 'string' || meta.length > 3000))
    checks.fault('view.private_metadata', meta, 'at most 3000 characters');
  checkBlocks(checks, view, 'view', surface);
}

function checkBlocks(checks: Checks, holder: Part, path: string, surface: Surface = 'message'): void {
  const blockIds = new Set<string>();
  const counts = new Map<string, number>();
  let markdown = 0;
  for (const [block, where] of checks.parts(holder, 'blocks', path, 1, MOST_BLOCKS[surface])) {
    const type = String(block['type']);
    checks.oneOf(block, 'type', where, BLOCKS_OF[surface], 'required');
    checks.string(block, 'block_id', where, 255);
    const id = block['block_id'];
    if (typeof id === 'string' && blockIds.has(id)) checks.fault(`${where}.block_id`, id, 'an id of its own');
    if (typeof id === 'string') blockIds.add(id);
    counts.set(type, (counts.get(type) ?? 0) + 1);
    if (type === 'markdown') markdown += String(block['text']).length;
    blockChecks[type]?.(checks, block, where);
  }
  for (const [type, most] of Object.entries(MOST_OF))
    if ((counts.get(type) ?? 0) > most)
      checks.fault(
        `${path}.blocks`,
        `${String(counts.get(type))} of ${type}`,
        `at most ${String(most)} in a message`,
      );
  if (markdown > MARKDOWN_CHARACTERS)
    checks.fault(
      `${path}.blocks`,
      `${String(markdown)} characters of markdown`,
      `at most ${String(MARKDOWN_CHARACTERS)}`,
    );
}
