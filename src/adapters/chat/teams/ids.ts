import type { MessageRef } from '../../../core/ports/outbox.js';

/** Begins the names of Teams workspaces, which are tenants. */
const PREFIX = 'teams/';

/** The workspace of a tenant; also the name of its lane. */
export function workspaceOf(tenant: string): string {
  return `${PREFIX}${tenant}`;
}

/** The tenant id of a workspace. */
export function tenantOf(workspace: string): string {
  return workspace.startsWith(PREFIX) ? workspace.slice(PREFIX.length) : workspace;
}

/**
 * The id under which an activity is claimed. Activity ids are unique in a conversation only; an id that the sender
 * chooses cannot meet one of another tenant.
 */
export function eventIdOf(tenant: string, conversation: string, activity: string): string {
  return `teams/${tenant}/${conversation}/${activity}`;
}

/** Where a message is: Teams wants the conversation and the activity. */
export function messageRef(conversation: string, activity: string): MessageRef {
  return { conversation, activity };
}

/** Bots' ids on the Teams channel: `28:` and the app's id (Microsoft's "Get Teams-specific context"). */
export function botIdOf(appId: string): string {
  return `28:${appId}`;
}
