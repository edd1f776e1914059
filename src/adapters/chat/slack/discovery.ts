import type { PlatformHub } from '../../../runtime/platform.js';
import { errorPart, type Log } from '../../../runtime/dispatcher.js';
import type { Programmes } from '../../../core/ports/programmes.js';
import type { Store } from '../../../core/ports/store.js';
import type { SlackClient } from './client.js';
import { failureOf } from './errors.js';
import type { Installs } from './installs.js';
import { personFrom } from './people.js';

export interface DiscoveryOptions {
  readonly store: Store;
  readonly programmes: Programmes;
  readonly installs: Installs;
  readonly client: SlackClient;
  readonly hub: Pick<PlatformHub, 'link' | 'dispatch'>;
  readonly log: Log;
}

export interface Discovery {
  /** Looks for members who are not reached anywhere yet, in one workspace or in all. */
  look(workspace?: string): Promise<void>;
  stop(): void;
}

/** `users.lookupByEmail` may be called 50 times a minute in a workspace (tier 3); some are left for people who write. */
const GAP_MS = 1_500;
/** Slack lets a short burst pass. */
const BURST = 20;

/**
 * Finds members in workspaces by the address that Slack has verified, so that they can be told something before they
 * have ever written. A member who is reached somewhere is not looked for.
 */
export function createDiscovery(options: DiscoveryOptions): Discovery {
  const stopping = new AbortController();
  const running = new Map<string, Promise<void>>();
  const lookOnce = (workspace: string) => {
    const known = running.get(workspace);
    if (known !== undefined) return known;
    const started = lookIn(options, workspace, stopping.signal).finally(() => running.delete(workspace));
    running.set(workspace, started);
    return started;
  };
  return {
    async look(workspace) {
      const active = (await options.installs.list()).filter((each) => each.state === 'active');
      const wanted = active.map(({ id }) => id).filter((id) => workspace === undefined || id === workspace);
      await Promise.all(wanted.map(lookOnce));
    },
    stop: () => stopping.abort(),
  };
}

async function lookIn(options: DiscoveryOptions, workspace: string, signal: AbortSignal): Promise<void> {
  const emails = await unreached(options);
  for (const [index, email] of emails.entries()) {
    if (index >= BURST) await pause(GAP_MS, signal);
    if (signal.aborted) return;
    try {
      await lookFor(options, workspace, email);
    } catch (error) {
      const failure = failureOf(error);
      options.log.warn({ workspace, ...(failure ?? errorPart(error)) }, 'looking for members failed');
      // Nothing is lost: the next round begins anew.
      return;
    }
  }
}

/** Addresses of members whom no chat reaches. */
async function unreached({ store, programmes }: DiscoveryOptions): Promise<readonly string[]> {
  const emails = new Set<string>();
  for (const { id } of programmes.all()) {
    const accounts = await store.accounts.list(id);
    const reached = new Set(accounts.map((each) => each.member));
    for (const member of await store.members.list(id)) {
      if (member.active && member.email !== undefined && !reached.has(member.id)) emails.add(member.email);
    }
  }
  return [...emails];
}

async function lookFor({ client, hub }: DiscoveryOptions, workspace: string, email: string): Promise<void> {
  const answer = await client
    .call(workspace, (web, token) => web.users.lookupByEmail({ token, email }))
    .catch((error: unknown) => {
      const failure = failureOf(error);
      if (failure?.kind === 'refused' && failure.word === 'users_not_found') return undefined;
      throw error;
    });
  const person = answer === undefined ? undefined : personFrom(answer.user, workspace);
  if (person !== undefined && (await hub.link(person))) hub.dispatch();
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
