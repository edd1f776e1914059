import { randomBytes } from 'node:crypto';

/** A person as Slack knows them. */
export interface LocalUser {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  readonly locale?: string;
  readonly isEmailConfirmed?: boolean;
  /** Somebody of another workspace, seen because of a shared channel. */
  readonly home?: string;
  deleted?: boolean;
}

export interface LocalMessage {
  readonly ts: string;
  text: string;
  blocks: readonly Record<string, unknown>[];
  metadata?: unknown;
  readonly bot: boolean;
  /** The message below which it stands. */
  readonly thread?: string;
  /** Shown to one person only. */
  readonly ephemeralTo?: string;
}

export interface LocalWorkspace {
  readonly id: string;
  readonly name: string;
  readonly enterprise?: string;
  readonly users: Map<string, LocalUser>;
  /** Conversations of the bot with a person, by channel. */
  readonly channels: Map<string, { readonly user: string; readonly messages: LocalMessage[] }>;
  readonly homes: Map<string, Record<string, unknown>>;
  readonly views: Map<string, Record<string, unknown>>;
}

export interface LocalToken {
  readonly token: string;
  /** A workspace's or organisation's id. */
  readonly of: string;
  readonly scopes: readonly string[];
  expiresAtMs?: number;
  refreshToken?: string;
  revoked?: boolean;
}

/** What the local Slack remembers. */
export interface LocalWorld {
  readonly workspaces: Map<string, LocalWorkspace>;
  readonly tokens: Map<string, LocalToken>;
  readonly codes: Map<string, { readonly of: string; readonly isOrganisation: boolean }>;
  nextTs(): string;
  newToken(of: string, scopes: readonly string[], livesMs?: number): LocalToken;
  workspacesOf(token: LocalToken): readonly LocalWorkspace[];
}

/** Creates an empty world. */
export function createWorld(nowMs: () => number): LocalWorld {
  const workspaces = new Map<string, LocalWorkspace>();
  const tokens = new Map<string, LocalToken>();
  let last = 0;
  return {
    workspaces,
    tokens,
    codes: new Map(),
    nextTs() {
      last = Math.max(last + 1, Math.floor(nowMs() * 1000));
      return `${String(Math.floor(last / 1e6))}.${String(last % 1e6).padStart(6, '0')}`;
    },
    newToken(of, scopes, livesMs) {
      const token: LocalToken = {
        token: `xoxb-${of}-${randomBytes(6).toString('hex')}`,
        of,
        scopes,
        ...(livesMs === undefined
          ? {}
          : { expiresAtMs: nowMs() + livesMs, refreshToken: `xoxe-${of}-${randomBytes(6).toString('hex')}` }),
      };
      tokens.set(token.token, token);
      return token;
    },
    workspacesOf: ({ of }) =>
      [...workspaces.values()].filter((each) => each.id === of || each.enterprise === of),
  };
}

/** The conversation of the bot with a person; opened when it is not there yet. */
export function openChannel(workspace: LocalWorkspace, user: string): string {
  for (const [channel, each] of workspace.channels) if (each.user === user) return channel;
  const channel = `D${workspace.id}${user}`;
  workspace.channels.set(channel, { user, messages: [] });
  return channel;
}
