import { checkLimits } from '../../../src/cards/blockkit/limits/index.js';
import {
  openChannel,
  type LocalMessage,
  type LocalToken,
  type LocalWorkspace,
  type LocalWorld,
} from './world.js';

export type Args = Readonly<Record<string, string>>;
export type Reply = Readonly<Record<string, unknown>>;

export interface Call {
  readonly world: LocalWorld;
  readonly token: LocalToken;
  readonly args: Args;
  readonly nowMs: number;
}

const refuse = (error: string, more: Reply = {}): Reply => ({ ok: false, error, ...more });
const text = (args: Args, key: string) => args[key] ?? '';
const json = (args: Args, key: string): unknown => {
  const value = args[key];
  return value === undefined ? undefined : (JSON.parse(value) as unknown);
};

interface Place {
  readonly workspace: LocalWorkspace;
  readonly channel: string;
  readonly user: string;
  readonly messages: LocalMessage[];
}

/** A channel by its id, or by the id of the person, as `chat.postMessage` takes it. */
function placeOf({ world, token }: Call, id: string): Place | string {
  for (const workspace of world.workspacesOf(token)) {
    const user = workspace.users.get(id);
    if (user?.deleted === true) return 'user_disabled';
    const channel = user === undefined ? id : openChannel(workspace, id);
    const found = workspace.channels.get(channel);
    if (found === undefined) continue;
    if (workspace.users.get(found.user)?.deleted === true) return 'user_disabled';
    return { workspace, channel, ...found };
  }
  return 'channel_not_found';
}

type Checked = { readonly blocks: readonly Record<string, unknown>[] } | { readonly refused: Reply };

function blocksOf(args: Args): Checked {
  // A message may be text alone; a list of blocks that is given must be one.
  if (args['blocks'] === undefined) return { blocks: [] };
  const blocks = (json(args, 'blocks') ?? []) as readonly Record<string, unknown>[];
  const faults = checkLimits({ blocks, text: text(args, 'text') }, 'message');
  return faults.length === 0
    ? { blocks }
    : { refused: refuse('invalid_blocks', { response_metadata: { messages: faults } }) };
}

function postMessage(call: Call): Reply {
  const place = placeOf(call, text(call.args, 'channel'));
  if (typeof place === 'string') return refuse(place);
  const checked = blocksOf(call.args);
  if ('refused' in checked) return checked.refused;
  const { blocks } = checked;
  if (text(call.args, 'text') === '' && blocks.length === 0) return refuse('no_text');
  const metadata = json(call.args, 'metadata');
  const message: LocalMessage = {
    ts: call.world.nextTs(),
    text: text(call.args, 'text'),
    blocks,
    bot: true,
    ...(call.args['thread_ts'] === undefined ? {} : { thread: call.args['thread_ts'] }),
    ...(metadata === undefined ? {} : { metadata }),
  };
  place.messages.push(message);
  return { ok: true, channel: place.channel, ts: message.ts, message };
}

function changed(call: Call, change: (place: Place, message: LocalMessage) => Reply): Reply {
  const place = placeOf(call, text(call.args, 'channel'));
  if (typeof place === 'string') return refuse(place);
  const message = place.messages.find((each) => each.ts === text(call.args, 'ts') && each.bot);
  return message === undefined ? refuse('message_not_found') : change(place, message);
}

function update(call: Call): Reply {
  return changed(call, (place, message) => {
    const checked = blocksOf(call.args);
    if ('refused' in checked) return checked.refused;
    const { blocks } = checked;
    Object.assign(message, { text: text(call.args, 'text'), blocks });
    const metadata = json(call.args, 'metadata');
    if (metadata !== undefined) message.metadata = metadata;
    return { ok: true, channel: place.channel, ts: message.ts, text: message.text };
  });
}

function history(call: Call): Reply {
  const place = placeOf(call, text(call.args, 'channel'));
  if (typeof place === 'string') return refuse(place);
  const withMetadata = text(call.args, 'include_all_metadata') === 'true';
  const limit = Number(call.args['limit'] ?? 100);
  const messages = place.messages
    .filter((each) => each.ephemeralTo === undefined)
    .slice(-limit)
    .reverse()
    .map(({ metadata, ...message }) => ({
      type: 'message',
      ...message,
      ...(withMetadata && metadata !== undefined ? { metadata } : {}),
    }));
  return { ok: true, messages, has_more: false };
}

function open(call: Call): Reply {
  const place = placeOf(call, text(call.args, 'users'));
  return typeof place === 'string'
    ? refuse(place === 'channel_not_found' ? 'user_not_found' : place)
    : { ok: true, channel: { id: place.channel } };
}

function userInfo(call: Call, test: (user: { id: string; email?: string }) => boolean): Reply {
  for (const workspace of call.world.workspacesOf(call.token)) {
    const user = [...workspace.users.values()].find(test);
    if (user === undefined) continue;
    const mayReadEmail = call.token.scopes.includes('users:read.email');
    return {
      ok: true,
      user: {
        id: user.id,
        team_id: user.home ?? workspace.id,
        ...(workspace.enterprise === undefined || user.home !== undefined
          ? {}
          : { enterprise_user: { enterprise_id: workspace.enterprise, teams: [workspace.id] } }),
        deleted: user.deleted === true,
        is_bot: false,
        is_email_confirmed: user.isEmailConfirmed ?? true,
        locale: user.locale ?? 'en-US',
        profile: { real_name: user.name, ...(mayReadEmail && user.email ? { email: user.email } : {}) },
      },
    };
  }
  return refuse('user_not_found');
}

function revoke({ token }: Call): Reply {
  token.revoked = true;
  return { ok: true, revoked: true };
}

function postEphemeral(call: Call): Reply {
  const place = placeOf(call, text(call.args, 'channel'));
  if (typeof place === 'string') return refuse(place);
  const ts = call.world.nextTs();
  const message = { ts, text: text(call.args, 'text'), blocks: [], bot: true };
  place.messages.push({ ...message, ephemeralTo: text(call.args, 'user') });
  return { ok: true, message_ts: ts };
}

function viewOf(call: Call): Record<string, unknown> | Reply {
  const view = json(call.args, 'view') as Record<string, unknown>;
  const faults = checkLimits({ view }, view['type'] === 'home' ? 'home' : 'modal');
  if (faults.length > 0) return refuse('invalid_arguments', { response_metadata: { messages: faults } });
  return { ...view, id: `V${call.world.nextTs()}`, hash: call.world.nextTs() };
}

function openView(call: Call): Reply {
  if (text(call.args, 'trigger_id') === '') return refuse('invalid_trigger');
  const view = viewOf(call);
  const [workspace] = call.world.workspacesOf(call.token);
  if ('ok' in view || workspace === undefined) return view;
  workspace.views.set(String(view['id']), view);
  return { ok: true, view };
}

/** Draws an open window anew, unless it has changed since the given hash (https://docs.slack.dev/reference/methods/views.update). */
function updateView(call: Call): Reply {
  const id = text(call.args, 'view_id');
  const workspace = call.world.workspacesOf(call.token).find((each) => each.views.has(id));
  const known = workspace?.views.get(id);
  if (workspace === undefined || known === undefined) return refuse('not_found');
  const hash = text(call.args, 'hash');
  if (hash !== '' && hash !== known['hash']) return refuse('hash_conflict');
  const view = viewOf(call);
  if ('ok' in view) return view;
  const drawn = { ...view, id };
  workspace.views.set(id, drawn);
  return { ok: true, view: drawn };
}

function publish(call: Call): Reply {
  const id = text(call.args, 'user_id');
  const workspace = call.world.workspacesOf(call.token).find((each) => each.users.has(id));
  if (workspace === undefined) return refuse('user_not_found');
  const view = viewOf(call);
  if ('ok' in view) return view;
  workspace.homes.set(id, view);
  return { ok: true, view };
}

function authTest({ world, token }: Call): Reply {
  const workspace = world.workspaces.get(token.of);
  return workspace === undefined
    ? { ok: true, is_enterprise_install: true, enterprise_id: token.of, team: token.of, user_id: 'UBOT' }
    : {
        ok: true,
        is_enterprise_install: false,
        team_id: workspace.id,
        team: workspace.name,
        user_id: 'UBOT',
      };
}

/** Methods of the Web API by name, with the scope that each wants. */
export const methods: Readonly<Record<string, { readonly scope?: string; run(call: Call): Reply }>> = {
  'chat.postMessage': { scope: 'chat:write', run: postMessage },
  'chat.update': { scope: 'chat:write', run: update },
  'chat.delete': {
    scope: 'chat:write',
    run: (call) =>
      changed(call, (place, message) => {
        place.messages.splice(place.messages.indexOf(message), 1);
        return { ok: true };
      }),
  },
  'chat.postEphemeral': { scope: 'chat:write', run: postEphemeral },
  'conversations.open': { scope: 'im:write', run: open },
  'conversations.history': { scope: 'im:history', run: history },
  'users.info': {
    scope: 'users:read',
    run: (call) => userInfo(call, ({ id }) => id === text(call.args, 'user')),
  },
  'users.lookupByEmail': {
    scope: 'users:read.email',
    run: (call) => {
      const found = userInfo(call, ({ email }) => email === text(call.args, 'email'));
      return found['ok'] === true ? found : refuse('users_not_found');
    },
  },
  'views.open': { run: openView },
  'views.push': { run: openView },
  'views.update': { run: updateView },
  'views.publish': { run: publish },
  'auth.test': { run: authTest },
  'auth.revoke': { run: revoke },
};
