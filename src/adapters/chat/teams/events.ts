import { LANGUAGES } from '../../../core/programme/language.js';
import { errorPart, type Log } from '../../../runtime/dispatcher.js';
import type { Heard, Incoming } from '../../../runtime/heard.js';
import type { PlatformHub } from '../../../runtime/platform.js';
import type { ActionTickets } from './action-tickets.js';
import type { TeamsActivity } from './activity.js';
import type { Connector } from './connector.js';
import { workspaceOf } from './ids.js';
import { actionIn, baseOf, incomingOf, isAddressed, isPersonal, textOf, userOf } from './incoming.js';
import { onInvoke } from './invokes.js';
import type { TeamsChat } from './outbound.js';
import { lookUpPerson, personIn, referenceIn } from './people.js';
import type { References } from './references.js';
import type { TeamsTexts } from './texts.js';
import type { TurnHandlers } from './turn.js';

export interface TeamsEventsOptions {
  readonly hub: PlatformHub;
  readonly chat: TeamsChat;
  readonly connector: Connector;
  readonly references: References;
  readonly tickets: ActionTickets;
  readonly texts: TeamsTexts;
  readonly log: Log;
  /** Takes what goes on after the answer, so that stopping can wait for it. */
  readonly later: (work: Promise<unknown>) => void;
}

/** Creates what turns activities into the core's events, and answers them. */
export function createTeamsEvents(options: TeamsEventsOptions): TurnHandlers {
  const { hub, chat, tickets, texts, log, later } = options;
  const hearing = (activity: TeamsActivity, incoming: Incoming) => hear(options, activity, incoming);
  const invokes = { hub, chat, tickets, texts, log, later, hear: hearing };
  return {
    message: (activity) => onMessage(options, activity),
    invoke: (activity) => onInvoke(invokes, activity),
    async installation(activity) {
      // In a team or group nobody in particular has installed it; they are answered when they speak.
      if (!isPersonal(activity)) return;
      if (activity.action === 'add') await greet(options, activity);
      // A new version of the app is no news to anybody.
      else if (activity.action === 'add-upgrade') await noteReference(options, activity);
      else if (activity.action === 'remove') await leave(options, activity);
    },
    members: () => Promise.resolve(),
  };
}

async function noteReference({ references }: TeamsEventsOptions, activity: TeamsActivity): Promise<void> {
  await references.note(workspaceOf(activity.tenant), userOf(activity), referenceIn(activity));
}

/** Somebody who has just installed the app hears what it can do, or is asked who they are. */
async function greet(options: TeamsEventsOptions, activity: TeamsActivity): Promise<void> {
  const event: Incoming['event'] = { kind: 'action', verb: 'show', data: { what: 'help' } };
  const heard = await hear(options, activity, { ...baseOf(activity), event });
  options.hub.dispatch();
  sayTo(options, activity, heard);
}

async function leave({ hub }: TeamsEventsOptions, activity: TeamsActivity): Promise<void> {
  await hub.personGone(workspaceOf(activity.tenant), userOf(activity), 'uninstalled');
  hub.dispatch();
}

async function onMessage(options: TeamsEventsOptions, activity: TeamsActivity): Promise<void> {
  if (!isAddressed(activity)) return;
  const { value } = activity;
  const said = value === undefined ? undefined : actionIn(activity, value, options.tickets);
  const event: Incoming['event'] = { kind: 'text', text: textOf(activity) };
  const base = isPersonal(activity)
    ? baseOf(activity)
    : { ...baseOf(activity), place: { conversation: activity.conversation.id } };
  const heard = await hear(options, activity, incomingOf(base, said ?? { event }));
  options.hub.dispatch();
  sayTo(options, activity, heard);
  if (heard.kind !== 'member' || heard.replace === undefined || base.message === undefined) return;
  const { replace } = heard;
  const delivery = said?.delivery === undefined ? {} : { delivery: said.delivery };
  const ref = { ...base.message, ...delivery };
  inBackground(options, () => options.chat.update(personIn(activity, said?.programme), ref, replace));
}

async function hear(
  options: TeamsEventsOptions,
  activity: TeamsActivity,
  incoming: Incoming,
): Promise<Heard> {
  await noteReference(options, activity);
  return options.hub.hear(incoming, () => lookUpPerson(activity, options.connector));
}

/** What strangers are told, who have no outbox; and in a group or channel, where the answer is. */
function sayTo(options: TeamsEventsOptions, activity: TeamsActivity, heard: Heard): void {
  if (heard.kind !== 'member' && heard.kind !== 'stranger') return;
  inBackground(options, async () => {
    let isReached = true;
    for (const each of heard.kind === 'stranger' ? heard.say : []) {
      const outcome = await options.chat.say(personIn(activity), each);
      isReached &&= outcome.kind !== 'unreachable';
    }
    if (!isPersonal(activity)) await pointTo(options, activity, isReached);
  });
}

/** Answers for one person go to that person; the conversation is told so, and nothing else. */
async function pointTo(
  { chat, texts }: TeamsEventsOptions,
  activity: TeamsActivity,
  isReached: boolean,
): Promise<void> {
  const { serviceUrl, conversation, from } = activity;
  const language = baseOf(activity).locale ?? LANGUAGES[0];
  const person = `<at>${from.name ?? ''}</at>`;
  const text = isReached ? texts.answered(language, person) : texts.installFirst(language, person);
  const mention = { type: 'mention', text: person, mentioned: { id: from.id, name: from.name ?? '' } };
  await chat.sayText(serviceUrl, conversation.id, text, {
    replyToId: activity.id,
    entities: [mention],
  });
}

function inBackground({ log, later }: TeamsEventsOptions, work: () => Promise<unknown>): void {
  later(work().catch((error: unknown) => log.error(errorPart(error), 'answering in Teams failed')));
}
