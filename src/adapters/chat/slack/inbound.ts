import { onAction, onSuggestion } from './actions.js';
import { FORBIDDEN, OK, WRONG, type Answered } from './answers.js';
import { onEvent } from './events.js';
import { candidatesOf } from './ids.js';
import type { InboundParts, Placed } from './parts.js';
import { textIn, type Payload } from './payload.js';
import { onCommand, onShortcut } from './commands.js';
import { onViewSubmission } from './views.js';

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
