import type { Place } from '../../../core/ports/chat.js';
import { hear } from './hear.js';
import { LATER, OK, WRONG, type Answered } from './answers.js';
import { publishHome } from './home.js';
import { workspaceOf } from './ids.js';
import type { InboundParts, Placed } from './parts.js';
import { objectIn, textIn, type Payload } from './payload.js';
import { plainText } from './text.js';

/** An event of the Events API; identified by `event_id`, repeated until it is answered with 200. */
export async function onEvent(parts: InboundParts, { payload, workspace }: Placed): Promise<Answered> {
  const event = objectIn(payload, 'event');
  const id = textIn(payload, 'event_id');
  if (event === undefined || id === undefined) return WRONG;
  switch (textIn(event, 'type')) {
    case 'message':
    case 'app_mention':
      return onText(parts, workspace, id, event);
    case 'app_home_opened': {
      const user = textIn(event, 'user');
      if (user === undefined) return WRONG;
      if (textIn(event, 'tab') !== 'home') return OK;
      return { status: 200, after: () => publishHome(parts, workspace, user) };
    }
    case 'app_uninstalled':
      return uninstalled(parts, ownWorkspace(payload, workspace));
    case 'tokens_revoked':
      // Tokens of users are none of ours; only a bot's is the install.
      return Array.isArray(objectIn(event, 'tokens')?.['bot'])
        ? uninstalled(parts, ownWorkspace(payload, workspace))
        : OK;
    default:
      return OK;
  }
}

/** Which install an event about the install means: the workspace that it names, unless the whole organisation's. */
function ownWorkspace(payload: Payload, workspace: string): string {
  const team = textIn(payload, 'team_id');
  return payload['is_enterprise_install'] === true || team === undefined ? workspace : workspaceOf(team);
}

async function uninstalled({ installs, hub }: InboundParts, workspace: string): Promise<Answered> {
  if (await installs.remove(workspace)) await hub.workspaceChanged(workspace, 'removed');
  hub.dispatch();
  return OK;
}

/** Where a mention was written: what its asker shows to all goes into the thread below it. */
function placeOf(event: Payload): Place | undefined {
  const channel = textIn(event, 'channel');
  const thread = textIn(event, 'thread_ts') ?? textIn(event, 'ts');
  if (channel === undefined) return undefined;
  return { channel, ...(thread === undefined ? {} : { thread }) };
}

async function onText(parts: InboundParts, workspace: string, id: string, event: Payload): Promise<Answered> {
  const user = textIn(event, 'user');
  // Our own messages, other apps', and changes of messages are not said to us.
  const isSpoken =
    event['bot_id'] === undefined && [undefined, 'file_share'].includes(textIn(event, 'subtype'));
  if (user === undefined || !isSpoken) return OK;
  // In channels only `app_mention` is for us, and both come.
  if (textIn(event, 'type') === 'message' && textIn(event, 'channel_type') !== 'im') return OK;
  const text = plainText(textIn(event, 'text') ?? '');
  const place = textIn(event, 'type') === 'app_mention' ? placeOf(event) : undefined;
  const heard = await hear(parts, {
    id: `slack/${id}`,
    workspace,
    user,
    event: { kind: 'text', text },
    ...(place === undefined ? {} : { place }),
  });
  return heard.kind === 'busy' ? LATER : OK;
}
