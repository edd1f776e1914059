export { startLocalSlack, type LocalSlack } from './server.js';
export {
  createPerson,
  deliver,
  deliverForm,
  deliverJson,
  type AppAddress,
  type LocalPerson,
} from './person.js';
import type { LocalSlack } from './server.js';
import type { LocalUser, LocalWorkspace } from './world.js';

/** Adds a workspace with people to a local Slack. */
export function addWorkspace(
  slack: LocalSlack,
  id: string,
  users: readonly LocalUser[],
  enterprise?: string,
): LocalWorkspace {
  const workspace: LocalWorkspace = {
    id,
    name: `Workspace ${id}`,
    users: new Map(users.map((user) => [user.id, { ...user }])),
    channels: new Map(),
    homes: new Map(),
    views: new Map(),
    ...(enterprise === undefined ? {} : { enterprise }),
  };
  slack.world.workspaces.set(id, workspace);
  return workspace;
}

/** The pressable element of a message or view with a label, as Slack reports it in `actions`. */
export function buttonOf(
  shown: { readonly blocks: readonly Record<string, unknown>[] } | Record<string, unknown> | undefined,
  label: string,
): Record<string, unknown> | undefined {
  const blocks = (shown?.['blocks'] ?? []) as readonly Record<string, unknown>[];
  for (const block of blocks) {
    const inBlock = [
      ...((block['elements'] ?? []) as Record<string, unknown>[]),
      block['accessory'],
      block['element'],
    ];
    for (const element of inBlock as (Record<string, unknown> | undefined)[]) {
      const text = (element?.['text'] as { text?: string } | undefined)?.text;
      if (text !== label || element?.['action_id'] === undefined) continue;
      const { action_id, value, type } = element;
      return { action_id, value, type, block_id: block['block_id'] ?? 'b' };
    }
  }
  return undefined;
}
