import type { Json } from '../../../core/ports/outbox.js';
import { LANGUAGES, type Language } from '../../../core/programme/language.js';
import type { Incoming } from '../../../runtime/heard.js';
import { TICKET_KEY, type ActionTickets } from './action-tickets.js';
import type { TeamsActivity } from './activity.js';
import { eventIdOf, messageRef, workspaceOf } from './ids.js';

/** Said in a group or channel, or in a conversation of two. */
export function isPersonal({ conversation }: TeamsActivity): boolean {
  return conversation.type === 'personal';
}

/** A person's id in their tenant: the directory's, which stays the same for every bot; else the bot's own for them. */
export function userOf({ from }: TeamsActivity): string {
  return from.aadObjectId ?? from.id;
}

/** What every event of an activity has. */
export function baseOf(activity: TeamsActivity): Omit<Incoming, 'event'> {
  const { tenant, conversation, replyToId } = activity;
  return {
    id: eventIdOf(tenant, conversation.id, activity.id),
    workspace: workspaceOf(tenant),
    user: userOf(activity),
    message: replyToId === undefined ? undefined : messageRef(conversation.id, replyToId),
    locale: languageIn(activity.locale),
  };
}

/** An event of an activity: what every one has, and what this one says. */
export function incomingOf(base: Omit<Incoming, 'event'>, { event, delivery, programme }: Said): Incoming {
  const { id, workspace, user, message, place, locale } = base;
  return { id, workspace, user, event, message, place, locale, delivery, programme };
}

/** What a pressed button says. */
export type Said = Pick<Incoming, 'event' | 'delivery' | 'programme'>;

/** The language of a locale such as `nn-NO`; `no` is what some clients still say for bokmål. */
function languageIn(locale: string | undefined): Language | undefined {
  const first = locale?.split(/[-_]/)[0]?.toLowerCase();
  return LANGUAGES.find((each) => each === (first === 'no' ? 'nb' : first));
}

/** Whether the text speaks to the bot; in groups and channels it hears only what does. */
export function isAddressed(activity: TeamsActivity): boolean {
  return isPersonal(activity) || activity.mentions.some((each) => each.id === activity.recipient);
}

/** What was typed, without the mentions of the bot. */
export function textOf(activity: TeamsActivity): string {
  let text = activity.text ?? '';
  for (const mention of activity.mentions) {
    if (mention.id === activity.recipient && mention.text !== '') text = text.replaceAll(mention.text, ' ');
  }
  return text.replaceAll('&nbsp;', ' ').replace(/\s+/g, ' ').trim();
}

/** As long as a whole message of Teams: what is too long for us is told, not dropped. */
const LONGEST_ENTRY = 28 * 1024;
const MOST_ENTRIES = 40;

/**
 * A pressed button: what its ticket says, and what was entered. Without a ticket of this person it means nothing, which
 * is what they are told.
 */
export function actionIn(activity: TeamsActivity, data: unknown, tickets: ActionTickets): Said {
  const given = typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
  const holder = `${workspaceOf(activity.tenant)}/${userOf(activity)}`;
  const ticket = tickets.read(given[TICKET_KEY], holder);
  if (ticket === undefined) return { event: { kind: 'action', verb: '', data: {} } };
  const { verb, programme, delivery } = ticket;
  return {
    event: { kind: 'action', verb, data: { ...entriesIn(given), ...ticket.data } },
    programme: programme === '' ? undefined : programme,
    delivery,
  };
}

/** Inputs give strings. */
function entriesIn(given: Record<string, unknown>): Record<string, Json> {
  const entries = Object.entries(given).filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' && entry[1].length <= LONGEST_ENTRY && entry[0] !== TICKET_KEY,
  );
  return Object.fromEntries(entries.slice(0, MOST_ENTRIES));
}
