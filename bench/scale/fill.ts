import { createInstalls, type InstallsOptions } from '../../src/adapters/chat/slack/installs.js';
import { accountId } from '../../src/core/identity/types.js';
import type { Platforms } from '../fanout/told.js';

export const KEY = Buffer.alloc(32, 7).toString('base64');

/** Puts the members, their accounts and the workspaces' tokens into a store. */
export async function fill(parts: InstallsOptions, { slack }: Platforms): Promise<void> {
  const { store } = parts;
  await store.members.put(
    ...slack.people.map(({ member }) => ({
      ...{ programme: 'saman', id: member, organisation: 'voss' },
      ...{ roles: ['project-leader'], networks: [], active: true },
    })),
  );
  await store.accounts.put(
    ...slack.people.map(({ member, workspace, user, address }) => ({
      ...{ programme: 'saman', id: accountId(workspace, user), member, workspace, user, address },
      ...{ platform: 'slack' as const, state: 'active' as const, at: '2014-01-01T00:00:00Z' },
    })),
  );
  const installs = createInstalls(parts);
  for (const [workspace, botToken] of Object.entries(slack.tokens))
    await installs.put(workspace, 'Bench', { botToken });
}
