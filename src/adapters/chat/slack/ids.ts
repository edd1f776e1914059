import { objectIn, textIn, type Payload } from './payload.js';

/** The name of a workspace, or of an organisation of workspaces, as installs, accounts and lanes bear it. */
export function workspaceOf(id: string): string {
  return `slack/${id}`;
}

/** Slack's own id of a workspace. */
export function slackIdOf(workspace: string): string {
  return workspace.slice('slack/'.length);
}

/**
 * The places in which a payload may be at home, the most fitting first: the person's own workspace (Slack Connect), the
 * one in whose context the event happened, and the organisation of either.
 */
export function candidatesOf(payload: Payload): readonly string[] {
  const event = objectIn(payload, 'event');
  const user = objectIn(payload, 'user') ?? objectIn(event, 'user');
  const team = objectIn(payload, 'team');
  const ids = [
    textIn(event, 'user_team') ?? textIn(event, 'source_team') ?? textIn(user, 'team_id'),
    textIn(payload, 'context_team_id') ?? textIn(payload, 'team_id') ?? textIn(team, 'id'),
    textIn(payload, 'context_enterprise_id') ?? textIn(payload, 'enterprise_id'),
    textIn(objectIn(payload, 'enterprise'), 'id') ?? textIn(team, 'enterprise_id'),
  ];
  return [...new Set(ids.filter((id) => id !== undefined))].map(workspaceOf);
}

/** Where a message is: channel, the timestamps of its parts, and which delivery it is. */
export interface SlackRef {
  readonly channel: string;
  readonly ts: readonly string[];
  readonly delivery?: string;
}

const SEPARATOR = ' ';

/** The reference as it is stored. */
export function toRef({ channel, ts, delivery }: SlackRef): Readonly<Record<string, string>> {
  return { channel, ts: ts.join(SEPARATOR), ...(delivery === undefined ? {} : { delivery }) };
}

/** What was stored. */
export function fromRef(ref: Readonly<Record<string, string>>): SlackRef {
  const { channel = '', ts = '', delivery } = ref;
  return { channel, ts: ts.split(SEPARATOR), ...(delivery === undefined ? {} : { delivery }) };
}
