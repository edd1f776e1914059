import type { Surface } from '../types.js';
import { isPart, type Checks, type Part } from './checks.js';
import { checkChart, checkTable } from './data-blocks.js';
import { ALLOWED, checkElement, checkImage } from './elements.js';
import { checkRichText } from './rich.js';

const EVERYWHERE = [
  'actions',
  'context',
  'divider',
  'header',
  'image',
  'input',
  'rich_text',
  'section',
  'video',
];

/** Which blocks Slack takes on which surface. */
export const BLOCKS_OF: Readonly<Record<Surface, readonly string[]>> = {
  message: [
    ...EVERYWHERE,
    'card',
    'carousel',
    'container',
    'context_actions',
    'data_table',
    'data_visualization',
    'file',
    'markdown',
    'plan',
    'table',
    'task_card',
  ],
  modal: [...EVERYWHERE, 'alert'],
  home: EVERYWHERE,
};

type Check = (checks: Checks, block: Part, path: string) => void;

/** The limits of each kind of block. */
export const blockChecks: Readonly<Record<string, Check>> = {
  section: checkSection,
  header: (checks, block, path) => {
    checks.text(block, 'text', path, 150, 'plain_text', 'required');
  },
  image: (checks, block, path) => {
    checkImage(checks, block, path);
    checks.text(block, 'title', path, 2000, 'plain_text');
  },
  context: checkContext,
  actions: (checks, block, path) => {
    checkInteractive(checks, block, path, 25, ALLOWED.actions);
  },
  context_actions: (checks, block, path) => {
    checkInteractive(checks, block, path, 5, ['feedback_buttons', 'icon_button']);
  },
  input: checkInput,
  rich_text: checkRichText,
  markdown: (checks, block, path) => {
    checks.string(block, 'text', path, 12_000, 'required');
  },
  table: checkTable,
  data_table: checkTable,
  data_visualization: checkChart,
  video: checkVideo,
  card: checkCard,
  carousel: (checks, block, path) => {
    for (const [card, where] of checks.parts(block, 'elements', path, 1, 10)) checkCard(checks, card, where);
  },
  container: (checks, block, path) => {
    checks.text(block, 'title', path, 150, 'plain_text');
    for (const [child, where] of checks.parts(block, 'child_blocks', path, 1, 10))
      blockChecks[String(child['type'])]?.(checks, child, where);
  },
  alert: (checks, block, path) => {
    checks.text(block, 'text', path, 200, 'any', 'required');
  },
};

function checkSection(checks: Checks, section: Part, path: string): void {
  if (section['text'] === undefined && section['fields'] === undefined)
    checks.fault(path, 'neither text nor fields', 'a text or fields');
  checks.text(section, 'text', path, 3000, 'any');
  if (section['fields'] !== undefined)
    for (const [field, where] of checks.parts(section, 'fields', path, 1, 10))
      checks.text({ field }, 'field', where, 2000, 'any', 'required');
  if (isPart(section['accessory']))
    checkElement(checks, section['accessory'], `${path}.accessory`, ALLOWED.accessory);
}

function checkContext(checks: Checks, context: Part, path: string): void {
  for (const [element, where] of checks.parts(context, 'elements', path, 1, 10)) {
    checks.oneOf(element, 'type', where, ['image', 'mrkdwn', 'plain_text'], 'required');
    if (element['type'] === 'image') checkImage(checks, element, where);
    else checks.text({ element }, 'element', where, 3000, 'any', 'required');
  }
}

function checkInteractive(
  checks: Checks,
  block: Part,
  path: string,
  most: number,
  allowed: readonly string[],
): void {
  const ids = new Set<string>();
  for (const [element, where] of checks.parts(block, 'elements', path, 1, most)) {
    checkElement(checks, element, where, allowed);
    const id = element['action_id'];
    if (typeof id === 'string' && ids.has(id))
      checks.fault(`${where}.action_id`, id, 'an id of its own in the block');
    if (typeof id === 'string') ids.add(id);
  }
}

function checkInput(checks: Checks, input: Part, path: string): void {
  checks.text(input, 'label', path, 2000, 'plain_text', 'required');
  checks.text(input, 'hint', path, 2000, 'plain_text');
  if (isPart(input['element'])) checkElement(checks, input['element'], `${path}.element`, ALLOWED.input);
  else checks.fault(`${path}.element`, input['element'], 'an element');
}

function checkVideo(checks: Checks, video: Part, path: string): void {
  checks.string(video, 'alt_text', path, 2000, 'required');
  checks.text(video, 'title', path, 200, 'plain_text', 'required');
  checks.address(video, 'thumbnail_url', path, 'image', 'required');
  checks.address(video, 'video_url', path, 'image', 'required');
}

function checkCard(checks: Checks, card: Part, path: string): void {
  checks.text(card, 'title', path, 150, 'any');
  checks.text(card, 'subtitle', path, 150, 'any');
  checks.text(card, 'body', path, 200, 'any');
  if (['title', 'body', 'hero_image', 'actions'].every((key) => card[key] === undefined))
    checks.fault(path, 'an empty card', 'a title, body, image or actions');
  if (isPart(card['hero_image'])) checkImage(checks, card['hero_image'], `${path}.hero_image`);
  if (card['actions'] !== undefined)
    for (const [action, where] of checks.parts(card, 'actions', path, 1, 3))
      checkElement(checks, action, where, ['button']);
}
