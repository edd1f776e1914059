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

/** The buttons of a message or view, as Slack reports them in `actions`, with their labels. */
export function buttonsOf(shown: Record<string, unknown> | undefined): readonly Button[] {
  const blocks = (shown?.['blocks'] ?? []) as readonly Record<string, unknown>[];
  return blocks.flatMap((block) => {
    const inBlock = [...((block['elements'] ?? []) as Element[]), block['accessory'], block['element']];
    return (inBlock as (Element | undefined)[]).flatMap((element) => {
      if (element?.['type'] !== 'button') return [];
      const { action_id, value, type, text } = element;
      return [{ action_id, value, type, text, block_id: block['block_id'] ?? 'b' }];
    });
  });
}

type Element = Record<string, unknown>;
export interface Button extends Record<string, unknown> {
  readonly text: unknown;
}

/** The button with a label. */
export function buttonOf(shown: object | undefined, label: string): Button | undefined {
  return buttonsOf(shown as Record<string, unknown>).find(
    (each) => (each.text as { text?: string }).text === label,
  );
}
