import { toBlockKit, type BlockKitOptions, type SlackMessage } from '../../../cards/blockkit/index.js';
import type { ChatMessage } from '../../../core/ports/chat.js';
import type { ShownCard } from './card-box.js';
import { asObject } from './payload.js';

/** A message as it is the same for all who get it. */
export interface Prepared {
  readonly options: BlockKitOptions;
  /** Each part's content as JSON without its last brace: the rest is the receiver's own. */
  readonly parts: readonly string[];
  /** Whether there is anything to press or fill in. */
  readonly hasActions: boolean;
}

/** Prepares a message; `how` when it is shown otherwise than at first: opened, turned over, hidden in places. */
export type Prepare = (message: ChatMessage, how?: BlockKitOptions) => Prepared;

/** Creates what translates a message once, however many get it; known by identity, forgotten with the message. */
export function createPrepare(baseUrl: string | undefined): Prepare {
  const known = new WeakMap<ChatMessage, Prepared>();
  const given = baseUrl === undefined ? {} : { baseUrl };
  return (message, how) => {
    if (how !== undefined) return prepareOnce(given, message, { options: how });
    let prepared = known.get(message);
    if (prepared === undefined) known.set(message, (prepared = prepareOnce(given, message)));
    return prepared;
  };
}

function prepareOnce(
  options: { readonly baseUrl?: string },
  message: ChatMessage,
  shown?: Pick<ShownCard, 'options'>,
): Prepared {
  const { options: how, messages } = translate(options, message, shown);
  const parts = messages.map((each, part) => {
    const content = { text: textOf(message, each, part), blocks: each.blocks };
    return JSON.stringify(content).slice(0, -1);
  });
  return { options: how, parts, hasActions: hasActions(message.card) };
}

/** The blocks of a card, and what is needed to answer it. */
export function translate(
  options: { readonly baseUrl?: string },
  message: ChatMessage,
  shown?: Partial<ShownCard>,
) {
  const how = shown?.options ?? {
    surface: 'message' as const,
    lang: message.language,
    ...(options.baseUrl === undefined ? {} : { baseUrl: options.baseUrl }),
  };
  return { options: how, messages: toBlockKit(message.card, how).messages };
}

/** The line for notifications belongs to the first part; the others say what they show. */
export function textOf(message: ChatMessage, part: SlackMessage, index: number): string {
  return index === 0 ? message.text : part.text;
}

/** Whether there is anything to press or fill in, at any depth. */
export function hasActions(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasActions);
  const object = asObject(value);
  if (object === undefined) return false;
  const type = object['type'];
  if (typeof type === 'string' && (type.startsWith('Action.') || type.startsWith('Input.'))) return true;
  for (const key in object) if (hasActions(object[key])) return true;
  return false;
}
