/** How the bot is registered with Microsoft; `playground`: not at all, for trying out on one machine. */
export const APP_TYPES = ['single-tenant', 'multi-tenant', 'managed-identity', 'playground'] as const;

/** The Teams app, as the configuration describes it. */
export interface TeamsApp {
  readonly type: (typeof APP_TYPES)[number];
  readonly appId: string;
  /** Client secret; managed identities have none. */
  readonly password?: string;
  /** Tenant in which the app is registered; of a single-tenant app. */
  readonly tenantId?: string;
  /** Tenants that are served; empty: every tenant that installs the app. */
  readonly tenants: readonly string[];
  /** Address of the OpenID metadata of the Bot Connector. */
  readonly openIdUrl: string;
  /** Where tokens for sending come from, with a slash at the end. */
  readonly loginUrl: string;
}

/** Who issues the tokens with which the Bot Connector calls (Microsoft's "Authenticate requests"). */
export const CONNECTOR_ISSUER = 'https://api.botframework.com';
