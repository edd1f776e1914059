import { Agent, type Dispatcher } from 'undici';
import type { ChatPlatform, PlatformConnection, PlatformParts } from '../../../runtime/platform.js';
import { createActionTickets } from './action-tickets.js';
import { createConnector } from './connector.js';
import { createTeamsEvents, type TeamsEventsOptions } from './events.js';
import { createTeamsInbound } from './inbound.js';
import { createTeamsChat } from './outbound.js';
import { createReferences } from './references.js';
import { CONNECTOR_ISSUER, type TeamsApp } from './settings.js';
import { createSigningKeys } from './signing-keys.js';
import { createSendingTokens } from './tokens.js';
import type { TeamsTexts } from './texts.js';
import type { RunTurn } from './turn.js';
import { createTokenVerifier } from './verify.js';

export interface TeamsOptions extends PlatformParts {
  readonly app: TeamsApp;
  readonly texts: TeamsTexts;
  /** At least 0, below 1; for waiting not all at once. */
  readonly jitter?: () => number;
}

/**
 * Connections to the Bot Connector that are kept open; each carries one request at a time, and all tenants share an
 * address. Sixteen tenants with all under way that a lane may have.
 */
const CONNECTIONS = 256;

/** botbuilder is an eighth of the time of a start: it is loaded after that, or with the first event if that is sooner. */
const LOAD_AFTER_MS = 500;

/** Creates the Teams side of Samling. */
export function createTeams(options: TeamsOptions): ChatPlatform {
  const { app, clock, store, programmes, sealer } = options;
  const http = new Agent({ connections: CONNECTIONS, keepAliveTimeout: 30_000, connect: { timeout: 5_000 } });
  const references = createReferences(store, programmes);
  const tickets = createActionTickets(sealer);
  const connector = createConnector({ tokens: createSendingTokens({ app, clock, http }), clock, http });
  const chat = createTeamsChat({
    appId: app.appId,
    connector,
    references,
    tickets,
    clock,
    texts: options.texts,
    dialogs: app.type !== 'playground',
    ...(options.jitter === undefined ? {} : { jitter: options.jitter }),
  });
  return {
    platform: 'teams',
    chat,
    connect: (hub) => connect(options, { hub, chat, connector, references, tickets }, http),
  };
}

function connect(
  options: TeamsOptions,
  parts: Pick<TeamsEventsOptions, 'hub' | 'chat' | 'connector' | 'references' | 'tickets'>,
  http: Agent,
): PlatformConnection {
  const { log, texts, app } = options;
  const pending = new Set<Promise<unknown>>();
  const later = (work: Promise<unknown>) => {
    pending.add(work);
    void work.finally(() => pending.delete(work));
  };
  const events = createTeamsEvents({ ...parts, texts, log, later });
  const turns = async () => (await import('./turn.js')).createTurns(events);
  let turn: RunTurn | undefined;
  const run: RunTurn = async (raw, activity) => (turn ??= await turns())(raw, activity);
  let loading: NodeJS.Timeout | undefined;
  const inbound = createTeamsInbound({ verifier: verifierOf(options, http), run, tenants: app.tenants });
  return {
    mounts: [inbound],
    start() {
      // What fails here fails again with the first event, which says so.
      loading = setTimeout(() => later(turns().catch(() => undefined)), LOAD_AFTER_MS).unref();
      return Promise.resolve();
    },
    async stop() {
      clearTimeout(loading);
      await Promise.all(pending);
      await http.close();
    },
  };
}

function verifierOf({ app, clock }: TeamsOptions, http: Dispatcher) {
  if (app.type === 'playground') return undefined;
  const keys = createSigningKeys({ openIdUrl: app.openIdUrl, clock, http });
  return createTokenVerifier({ appId: app.appId, issuer: CONNECTOR_ISSUER, keys, clock });
}
