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
