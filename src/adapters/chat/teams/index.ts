import { Agent, type Dispatcher } from 'undici';
import type { Language } from '../../../core/programme/language.js';
import type { ChatPlatform, PlatformParts } from '../../../runtime/platform.js';
import { createActionTickets } from './action-tickets.js';
import { createConnector } from './connector.js';
import { createTeamsEvents } from './events.js';
import { createTeamsInbound } from './inbound.js';
import { createTeamsChat } from './outbound.js';
import { createReferences } from './references.js';
import { CONNECTOR_ISSUER, type TeamsApp } from './settings.js';
import { createSigningKeys } from './signing-keys.js';
import { createSendingTokens } from './tokens.js';
import { createTurns } from './turn.js';
import { createTokenVerifier } from './verify.js';

export type { TeamsApp } from './settings.js';

export interface TeamsOptions extends PlatformParts {
  readonly app: TeamsApp;
  /** Said in place of what does not fit into a card. */
  readonly shortened: (language: Language) => string;
  /** At least 0, below 1; for waiting not all at once. */
  readonly jitter?: () => number;
}

/** Connections to the Bot Connector that are kept open; each carries one request at a time. */
const CONNECTIONS = 32;

/** Creates the Teams side of Samling. */
export function createTeams(options: TeamsOptions): ChatPlatform {
  const { app, clock, store, programmes, sealer } = options;
  const http = new Agent({ connections: CONNECTIONS, keepAliveTimeout: 30_000, connect: { timeout: 5_000 } });
  const references = createReferences(store, programmes);
  const tickets = createActionTickets(sealer);
  const connector = createConnector({ tokens: createSendingTokens({ app, clock, http }), clock, http });
  const chat = createTeamsChat({
    ...{ appId: app.appId, connector, references, tickets, clock, shortened: options.shortened },
    ...(options.jitter === undefined ? {} : { jitter: options.jitter }),
  });
  return {
    platform: 'teams',
    chat,
    connect(hub) {
      const { log } = options;
      const pending = new Set<Promise<unknown>>();
      const later = (work: Promise<unknown>) => {
        pending.add(work);
        void work.finally(() => pending.delete(work));
      };
      const events = createTeamsEvents({ hub, chat, connector, references, tickets, log, later });
      const inbound = createTeamsInbound({
        verifier: verifierOf(options, http),
        run: createTurns(events),
        tenants: app.tenants,
        log,
      });
      return {
        mounts: [inbound],
        start: () => Promise.resolve(),
        async stop() {
          await Promise.all(pending);
          await http.close();
        },
      };
    },
  };
}

function verifierOf({ app, clock }: TeamsOptions, http: Dispatcher) {
  if (app.type === 'playground') return undefined;
  const keys = createSigningKeys({ openIdUrl: app.openIdUrl, clock, http });
  return createTokenVerifier({ appId: app.appId, issuer: CONNECTOR_ISSUER, keys, clock });
}
