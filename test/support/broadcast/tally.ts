import type { LocalMessage } from '../../local/slack/world.js';
import type { World } from './world.js';

/** One message as a platform keeps it; the reference is what the platform calls it. */
export interface Received {
  readonly reference: string;
  readonly content: string;
}

/** What each receiver has, as the platforms keep it. */
export type Tally = ReadonlyMap<string, readonly Received[]>;

/** Who has something, by place: Slack's workspace and user, Teams' conversation. Cheap, for moments that matter. */
export function placesOf({ slack, teams }: World): ReadonlySet<string> {
  const places = new Set(teams.connector.messages.map(({ conversation }) => conversation));
  for (const [id, { channels }] of slack.world.workspaces)
    for (const { user, messages } of channels.values()) if (messages.length > 0) places.add(`${id} ${user}`);
  return places;
}

/** Looks through both platforms. */
export function tallyOf({ slack, teams, receivers }: World): Tally {
  const inTeams = new Map<string, Received[]>();
  for (const { id, conversation, activity } of teams.connector.messages) {
    const received = { reference: id, content: JSON.stringify(activity) };
    const known = inTeams.get(conversation);
    if (known === undefined) inTeams.set(conversation, [received]);
    else known.push(received);
  }
  const inSlack = new Map<string, readonly LocalMessage[]>();
  for (const [id, { channels }] of slack.world.workspaces)
    for (const { user, messages } of channels.values()) inSlack.set(`${id} ${user}`, messages);
  return new Map(
    [...receivers].map(([member, { platform, place }]) => [
      member,
      platform === 'teams'
        ? (inTeams.get(place) ?? [])
        : (inSlack.get(place) ?? []).map(({ ts, ...rest }) => ({
            reference: ts,
            content: JSON.stringify(rest),
          })),
    ]),
  );
}

/** How many messages all of them have; quick, for watching. */
export function countOf({ slack, teams }: World): number {
  let count = teams.connector.messages.length;
  for (const { channels } of slack.world.workspaces.values())
    for (const { messages } of channels.values()) count += messages.length;
  return count;
}
