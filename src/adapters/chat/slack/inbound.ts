import type { PlatformHub } from '../../../runtime/platform.js';
import type { Log } from '../../../runtime/dispatcher.js';
import { onAction, onSuggestion } from './actions.js';
import { FORBIDDEN, OK, WRONG, type Answered } from './answers.js';
import type { CardBox } from './card-box.js';
import type { SlackClient } from './client.js';
import { onEvent } from './events.js';
import { candidatesOf } from './ids.js';
import type { Installs } from './installs.js';
import type { OutboundOptions } from './outbound.js';
import { textIn, type Payload } from './payload.js';
import { onCommand, onShortcut } from './commands.js';
import { onViewSubmission } from './views.js';

export interface InboundParts {
  readonly hub: PlatformHub;
  readonly installs: Installs;
  readonly client: SlackClient;
  readonly box: CardBox;
  readonly outbound: OutboundOptions;
  readonly log: Log;
}

/** A payload with the place that it comes from, in which Samling is installed. */
export interface Placed {
  readonly payload: Payload;
  readonly workspace: string;
}

type Handler = (parts: InboundParts, placed: Placed) => Answered | Promise<Answered>;

const handlers: Readonly<Record<string, Handler>> = {
  event_callback: onEvent,
  block_actions: onAction,
  block_suggestion: onSuggestion,
  view_submission: onViewSubmission,
  view_closed: () => OK,
  slash_command: onCommand,
  shortcut: onShortcut,
  message_action: onShortcut,
};

/** Answers a verified payload, whichever way it came. */
export async function receive(parts: InboundParts, payload: Payload): Promise<Answered> {
  const type = textIn(payload, 'type') ?? '';
  if (type === 'url_verification') {
    const challenge = textIn(payload, 'challenge');
    return challenge === undefined ? WRONG : { status: 200, body: { challenge } };
  }
  const handler = Object.hasOwn(handlers, type) ? handlers[type] : undefined;
  if (handler === undefined) return WRONG;
  const workspace = await parts.installs.firstOf(candidatesOf(payload));
  if (workspace === undefined) return FORBIDDEN;
  return handler(parts, { payload, workspace });
}
