import type { BlockKitOptions, SlackMessage } from '../../../cards/blockkit/index.js';
import { escapeMrkdwn } from '../../../cards/blockkit/mrkdwn.js';
import type { ChatMessage } from '../../../core/ports/chat.js';
import { asObject } from './payload.js';
import type { Translate } from './translate.js';
import { inMessage } from './window.js';

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
export function createPrepare(translate: Translate, baseUrl: string | undefined): Prepare {
  const known = new WeakMap<ChatMessage, Prepared>();
  const given = { translate, ...(baseUrl === undefined ? {} : { baseUrl }) };
  return (message, how) => {
    if (how !== undefined) return prepareOnce(given, message, how);
    let prepared = known.get(message);
    if (prepared === undefined) known.set(message, (prepared = prepareOnce(given, message)));
    return prepared;
  };
}

function prepareOnce(
  { translate, baseUrl }: { readonly translate: Translate; readonly baseUrl?: string },
  message: ChatMessage,
  shown?: BlockKitOptions,
): Prepared {
  const options = shown ?? {
    surface: 'message' as const,
    lang: message.language,
    ...(baseUrl === undefined ? {} : { baseUrl }),
  };
  const parts = translate(inMessage(message.card), options).messages.map((each, part) => {
    const content = { text: textOf(message, each, part), blocks: each.blocks };
    return JSON.stringify(content).slice(0, -1);
  });
  return { options, parts, hasActions: hasActions(message.card) };
}

/** The line for notifications belongs to the first part; the others say what they show. Slack reads it as mrkdwn. */
function textOf(message: ChatMessage, part: SlackMessage, index: number): string {
  return index === 0 ? escapeMrkdwn(message.text) : part.text;
}

/** Whether there is anything to press or fill in, at any depth. */
function hasActions(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasActions);
  const object = asObject(value);
  if (object === undefined) return false;
  const type = object['type'];
  if (typeof type === 'string' && (type.startsWith('Action.') || type.startsWith('Input.'))) return true;
  for (const key in object) if (hasActions(object[key])) return true;
  return false;
}
