import type { Recipient } from '../../../core/ports/chat.js';
import { errorPart, type Log } from '../../../runtime/dispatcher.js';
import type { Heard, Incoming } from '../../../runtime/hearing.js';
import type { PlatformHub } from '../../../runtime/platform.js';
import type { ActionTickets } from './action-tickets.js';
import type { TeamsActivity } from './activity.js';
import type { Connector } from './connector.js';
import { workspaceOf } from './ids.js';
import { actionIn, baseOf, isAddressed, isPersonal, textOf, userOf } from './incoming.js';
import type { TeamsChat } from './outbound.js';
import { lookUpPerson, referenceIn } from './people.js';
import { addressOf, type References } from './references.js';
import type { TurnAnswer, TurnHandlers } from './turn.js';

export interface TeamsEventsOptions {
  readonly hub: PlatformHub;
  readonly chat: TeamsChat;
  readonly connector: Connector;
  readonly references: References;
  readonly tickets: ActionTickets;
  readonly log: Log;
  /** Takes what goes on after the answer, so that stopping can wait for it. */
  readonly later: (work: Promise<unknown>) => void;
}

/** Microsoft's "Universal Actions": what an invoke is answered with. */
const CARD = 'application/vnd.microsoft.card.adaptive';
const MESSAGE = 'application/vnd.microsoft.activity.message';

/** Creates what turns activities into the core's events, and answers them. */
export function createTeamsEvents(options: TeamsEventsOptions): TurnHandlers {
  return {
    message: (activity) => onMessage(options, activity),
    invoke: (activity) => onInvoke(options, activity),
    async installation(activity) {
      if (!isPersonal(activity)) return;
      if (activity.action?.startsWith('add') === true) await greet(options, activity);
    },
    members: () => Promise.resolve(),
  };
}

/** Somebody who has just installed the app hears what it can do, or is asked who they are. */
async function greet(options: TeamsEventsOptions, activity: TeamsActivity): Promise<void> {
  const event: Incoming['event'] = { kind: 'action', verb: 'show', data: { what: 'help' } };
  const heard = await hear(options, activity, { ...baseOf(activity), event });
  answerLater(options, activity, heard);
}

async function onMessage(options: TeamsEventsOptions, activity: TeamsActivity): Promise<void> {
  if (!isAddressed(activity)) return;
  const { value } = activity;
  const said = value === undefined ? undefined : actionIn(activity, value, options.tickets);
  const event: Incoming['event'] = { kind: 'text', text: textOf(activity) };
  const heard = await hear(options, activity, { ...baseOf(activity), ...(said ?? { event }) });
  answerLater(options, activity, heard, said);
}

async function onInvoke(options: TeamsEventsOptions, activity: TeamsActivity): Promise<TurnAnswer> {
  if (activity.name !== 'adaptiveCard/action') return { status: 501 };
  const { action } = activity.value ?? {};
  if (!isObject(action)) return { status: 400 };
  const said = actionIn(activity, action['data'], options.tickets);
  const heard = await hear(options, activity, { ...baseOf(activity), ...said });
  answerLater(options, activity, heard, said);
  const replace = 'replace' in heard ? heard.replace : undefined;
  if (replace === undefined) return { status: 200, body: { statusCode: 200, type: MESSAGE, value: '' } };
  const card = options.chat.cardFor(personIn(activity, said.programme), replace, said.delivery);
  return { status: 200, body: { statusCode: 200, type: CARD, value: card } };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

async function hear(
  { hub, references, connector }: TeamsEventsOptions,
  activity: TeamsActivity,
  incoming: Incoming,
): Promise<Heard> {
  await references.note(incoming.workspace, incoming.user, referenceIn(activity));
  return hub.hear(incoming, () => lookUpPerson(activity, connector));
}

/** The person of an activity as somebody to send to. */
function personIn(activity: TeamsActivity, programme = ''): Recipient {
  const account = { ...addressOf(referenceIn(activity)), user: userOf(activity) };
  return { programme, member: '', workspace: workspaceOf(activity.tenant), account };
}

/** What goes on when the request has been answered: what was said goes out, the pressed card is changed for good. */
function answerLater(
  { hub, chat, log, later }: TeamsEventsOptions,
  activity: TeamsActivity,
  heard: Heard,
  said: Pick<Incoming, 'event' | 'delivery' | 'programme'> = { event: { kind: 'text', text: '' } },
): void {
  hub.dispatch();
  if (heard.kind !== 'member' && heard.kind !== 'stranger') return;
  const person = personIn(activity, said.programme);
  const work = async () => {
    const { message } = baseOf(activity);
    const isRefresh = said.event.kind === 'action' && said.event.verb === 'refresh';
    if (heard.replace !== undefined && message !== undefined && !isRefresh) {
      const delivery = said.delivery === undefined ? {} : { delivery: said.delivery };
      await chat.update(person, { ...message, ...delivery }, heard.replace);
    }
    for (const each of heard.kind === 'stranger' ? heard.say : []) await chat.say(person, each);
  };
  later(work().catch((error: unknown) => log.error(errorPart(error), 'answering in Teams failed')));
}
