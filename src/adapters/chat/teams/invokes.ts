import { FORM_VERBS } from '../../../core/conversation/dialogs.js';
import type { ChatMessage } from '../../../core/ports/chat.js';
import { errorPart, type Log } from '../../../runtime/dispatcher.js';
import { asksInput } from '../../../runtime/asks-input.js';
import type { Heard, Incoming } from '../../../runtime/heard.js';
import type { PlatformHub } from '../../../runtime/platform.js';
import type { ActionTickets } from './action-tickets.js';
import type { TeamsActivity } from './activity.js';
import { CARD_TYPE } from './drawing.js';
import { actionIn, baseOf, incomingOf, userOf, type Said } from './incoming.js';
import { workspaceOf } from './ids.js';
import type { TeamsChat } from './outbound.js';
import { personIn } from './people.js';
import type { TeamsTexts } from './texts.js';
import type { TurnAnswer } from './turn.js';

export interface InvokesOptions {
  readonly hub: PlatformHub;
  readonly chat: TeamsChat;
  readonly tickets: ActionTickets;
  readonly texts: TeamsTexts;
  readonly log: Log;
  readonly later: (work: Promise<unknown>) => void;
  readonly hear: (activity: TeamsActivity, incoming: Incoming) => Promise<Heard>;
}

/** Microsoft's "Universal Actions": what an invoke is answered with. */
const MESSAGE = 'application/vnd.microsoft.activity.message';

/** What cards that renew themselves ask with; nothing is written over for good then. */
const REFRESHES: ReadonlySet<string> = new Set(['refresh', 'pulse-refresh']);

/** Answers what Teams waits for: pressed buttons, dialogs that open, dialogs that are sent. */
export async function onInvoke(options: InvokesOptions, activity: TeamsActivity): Promise<TurnAnswer> {
  const value = activity.value ?? {};
  switch (activity.name) {
    case 'adaptiveCard/action': {
      const action = value['action'];
      if (!isObject(action)) return { status: 400 };
      return pressed(options, activity, actionIn(activity, action['data'], options.tickets));
    }
    case 'task/fetch':
      return openDialog(options, activity, actionIn(activity, value['data'], options.tickets));
    case 'task/submit':
      return sendDialog(options, activity, actionIn(activity, value['data'], options.tickets));
    default:
      return { status: 501 };
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The card that takes the pressed one's place: at once in the answer, and in the conversation for good. */
async function pressed(options: InvokesOptions, activity: TeamsActivity, said: Said): Promise<TurnAnswer> {
  const base = baseOf(activity);
  const heard = await options.hear(activity, incomingOf(base, said));
  options.hub.dispatch();
  const replace = 'replace' in heard ? heard.replace : undefined;
  if (replace === undefined) return { status: 200, body: { statusCode: 200, type: MESSAGE, value: '' } };
  const person = personIn(activity, said.programme);
  const card = options.chat.cardFor(person, replace, said.delivery);
  const isRefresh = said.event.kind === 'action' && REFRESHES.has(said.event.verb);
  const { message } = base;
  if (message !== undefined && !isRefresh) {
    const work = options.chat.replace(person, message, replace, card);
    options.later(
      work.catch((error: unknown) => options.log.error(errorPart(error), 'replacing a card failed')),
    );
  }
  return { status: 200, json: `{"statusCode":200,"type":"${CARD_TYPE}","value":${card}}` };
}

/** A form in a dialog. Looking at it changes nothing, so it is not claimed. */
async function openDialog(options: InvokesOptions, activity: TeamsActivity, said: Said): Promise<TurnAnswer> {
  const { event, programme } = said;
  if (event.kind !== 'action') return dialogMessage('');
  const { verb, data } = event;
  const asked = { verb, data, ...(programme === undefined ? {} : { programme }) };
  const shown = await options.hub.show(workspaceOf(activity.tenant), userOf(activity), asked);
  if (shown !== undefined) return dialog(options, activity, shown.message, shown.programme);
  if (FORM_VERBS.has(verb)) {
    // Why it does not open is said in the conversation.
    await options.hear(activity, incomingOf(baseOf(activity), said));
    options.hub.dispatch();
  }
  return dialogMessage('');
}

function dialog(
  { chat, texts }: InvokesOptions,
  activity: TeamsActivity,
  message: ChatMessage,
  programme: string | undefined,
): TurnAnswer {
  const card = chat.dialogCardFor(personIn(activity, programme), message);
  const title = texts.dialogTitle(message.language);
  const content = { contentType: CARD_TYPE, content: JSON.parse(card) as unknown };
  const value = { title, height: 'medium', width: 'medium', card: content };
  return { status: 200, body: { task: { type: 'continue', value } } };
}

/** A form with something wrong in it stays open, with all that was typed; else the dialog closes. */
async function sendDialog(options: InvokesOptions, activity: TeamsActivity, said: Said): Promise<TurnAnswer> {
  const heard = await options.hear(activity, { ...incomingOf(baseOf(activity), said), isDialog: true });
  options.hub.dispatch();
  const replace: ChatMessage | undefined = 'replace' in heard ? heard.replace : undefined;
  if (replace === undefined) return { status: 200 };
  return asksInput(replace.card)
    ? dialog(options, activity, replace, said.programme)
    : dialogMessage(replace.text);
}

/** An empty text closes the dialog. */
function dialogMessage(text: string): TurnAnswer {
  return text === '' ? { status: 200 } : { status: 200, body: { task: { type: 'message', value: text } } };
}
