import { errorPart } from '../../../runtime/dispatcher.js';
import type {
  ChatPlatform,
  PlatformConnection,
  PlatformHub,
  PlatformParts,
} from '../../../runtime/platform.js';
import { createCardBox } from './card-box.js';
import { createSlackClient } from './client.js';
import { createDiscovery } from './discovery.js';
import { createBackground, eventsMount, type Background } from './http.js';
import { workspaceOf } from './ids.js';
import { receive } from './inbound.js';
import type { InboundParts } from './parts.js';
import { createInstalls } from './installs.js';
import { oauthMounts } from './oauth.js';
import { createOutbound, type OutboundOptions } from './outbound.js';
import { createPace } from './pace.js';
import { createPrepare } from './prepared.js';
import type { WebMount } from '../../../runtime/web.js';
import type { Payload } from './payload.js';
import type { SlackSettings } from './settings.js';
import { openSocket } from './socket.js';
import { createTranslate } from './translate.js';

export interface SlackOptions extends PlatformParts {
  readonly config: SlackSettings;
  readonly publicUrl?: string;
  /** Whether all that is sent is held against Slack's limits first; default false. */
  readonly checks?: boolean;
}

/** How often members who are not reached anywhere are looked for. */
const LOOK_EVERY_MS = 6 * 3_600_000;

/** Slack, put together: one app in any number of workspaces. */
export function createSlack(options: SlackOptions): ChatPlatform {
  const { config, store, sealer, clock, log, publicUrl } = options;
  const installs = createInstalls({ store, sealer, clock, served: config.workspaces });
  const client = createSlackClient({ config, installs, clock });
  const background = createBackground(log);
  let hub: PlatformHub | undefined;
  const removed = async (workspace: string) => {
    if (await installs.remove(workspace)) await hub?.workspaceChanged(workspace, 'removed');
  };
  const translate = createTranslate(options.checks);
  const outbound: OutboundOptions = {
    client,
    box: createCardBox(sealer),
    pace: createPace(clock),
    translate,
    prepare: createPrepare(translate, publicUrl),
    ...(publicUrl === undefined ? {} : { baseUrl: publicUrl }),
    onWorkspaceGone: (workspace) => background.run(() => removed(workspace)),
  };
  return {
    platform: 'slack',
    chat: createOutbound(outbound),
    connect(connected) {
      hub = connected;
      return connectSlack(
        options,
        { hub: connected, installs, client, box: outbound.box, outbound, log },
        background,
      );
    },
  };
}

function connectSlack(
  options: SlackOptions,
  parts: InboundParts,
  background: Background,
): PlatformConnection {
  const { config, clock, log } = options;
  const { hub, installs, client } = parts;
  const take = (payload: Payload) => receive(parts, payload);
  const discovery = createDiscovery({ ...options, installs, client, hub });
  const installing = installMounts(options, parts, (workspace) =>
    background.run(() => discovery.look(workspace)),
  );
  let timer: NodeJS.Timeout | undefined;
  let socket: Awaited<ReturnType<typeof openSocket>>;
  return {
    mounts: [
      eventsMount({ signingSecret: config.signingSecret, clock, receive: take, background }),
      ...installing,
    ],
    async start() {
      await adoptToken(options, installs, client.web).catch((error: unknown) =>
        log.error(errorPart(error), 'the bot token of the configuration was refused'),
      );
      socket = await openSocket(config, take, background, log);
      background.run(() => discovery.look());
      timer = setInterval(() => background.run(() => discovery.look()), LOOK_EVERY_MS);
    },
    async stop() {
      clearInterval(timer);
      discovery.stop();
      await socket?.stop();
      await background.idle();
      await client.close();
    },
  };
}

/** The way to install by OAuth, where the app has a client id. */
function installMounts(
  { config, sealer, clock, log, publicUrl }: SlackOptions,
  { hub, installs, client }: InboundParts,
  look: (workspace: string) => void,
): readonly WebMount[] {
  if (publicUrl === undefined || config.clientId === undefined) return [];
  return oauthMounts({
    settings: config,
    publicUrl,
    web: client.web,
    installs,
    sealer,
    clock,
    log,
    async installed(workspace) {
      await hub.workspaceChanged(workspace, 'active');
      look(workspace);
    },
  });
}

/** A token in the configuration is the install of the workspace that it is of. */
async function adoptToken(
  { config }: SlackOptions,
  installs: ReturnType<typeof createInstalls>,
  web: ReturnType<typeof createSlackClient>['web'],
): Promise<void> {
  const { botToken } = config;
  if (botToken === undefined) return;
  const known = await Promise.all((await installs.list()).map((each) => installs.get(each.id)));
  if (known.some((each) => each?.botToken === botToken)) return;
  const answer = await web.auth.test({ token: botToken });
  const id = answer.is_enterprise_install === true ? answer.enterprise_id : answer.team_id;
  if (id === undefined) return;
  await installs.put(workspaceOf(id), answer.team, {
    botToken,
    ...(answer.user_id === undefined ? {} : { botUser: answer.user_id }),
  });
}
