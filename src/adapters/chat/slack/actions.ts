import {
  findChoices,
  createAnswers,
  type BlockKitAnswer,
  type Submission,
} from '../../../cards/blockkit/index.js';
import { escapeMrkdwn } from '../../../cards/blockkit/mrkdwn.js';
import { FORM_VERBS } from '../../../core/conversation/dialogs.js';
import type { ChatMessage, Recipient } from '../../../core/ports/chat.js';
import type { Interaction } from '../../../core/ports/interaction.js';
import type { MessageRef } from '../../../core/ports/outbox.js';
import type { Heard } from '../../../runtime/heard.js';
import { OK, WRONG, type Answered } from './answers.js';
import type { ShownCard } from './card-box.js';
import { hear } from './hear.js';
import { publishHome } from './home.js';
import { toRef } from './ids.js';
import type { InboundParts, Placed } from './parts.js';
import { drawModal, modalOfHeard, openModal } from './modal.js';
import { payloadOf, update } from './outbound.js';
import { asObject, objectIn, textIn, type Payload } from './payload.js';
import { eventOf } from './submission.js';
import { plainText } from './text.js';
import { inMessage, WRITE } from './window.js';
import { openWriting } from './writing.js';

/** A button pressed, or an input changed, in a message or on the home tab. */
export async function onAction(parts: InboundParts, placed: Placed): Promise<Answered> {
  const { payload, workspace } = placed;
  const user = textIn(objectIn(payload, 'user'), 'id');
  const action = Array.isArray(payload['actions']) ? asObject(payload['actions'][0]) : undefined;
  const id = textIn(payload, 'trigger_id');
  if (user === undefined || action === undefined || id === undefined) return WRONG;
  const shown = shownIn(parts, payload, workspace, user);
  const answer =
    shown === undefined ? unknown : answersOf(drawnOf(shown))(submissionOf(payload, action, shown));
  if (answer.kind === 'show-card' || answer.kind === 'toggle' || answer.kind === 'page') {
    const next = { ...(shown as ShownCard), options: answer.options };
    return { status: 200, after: () => redraw(parts, placed, user, next) };
  }
  if (answer.kind === 'open-url' || isInput(action)) return OK;
  if (answer.kind === 'invalid') {
    const text = answer.errors.map((each) => each.message).join('\n');
    return { status: 200, after: () => whisper(parts, placed, user, text) };
  }
  const event = eventOf(answer);
  const ref = refOf(payload, shown);
  if (shown !== undefined && event.kind === 'action' && event.verb === WRITE) {
    const from = { workspace, user, triggerId: id };
    await openWriting(parts, from, { ...shown, ...(ref && { message: ref }) });
    return OK;
  }
  if (await openedFrom(parts, placed, user, event, shown)) return OK;
  const heard = await hear(parts, {
    id: `slack/${id}`,
    workspace,
    user,
    event,
    message: ref,
    delivery: shown?.delivery,
    programme: shown?.programme,
  });
  return { status: 200, after: () => afterwards(parts, placed, user, shown, heard) };
}

/** Forms open in a window, and on the home tab whatever is to be seen. */
async function openedFrom(
  parts: InboundParts,
  { payload, workspace }: Placed,
  user: string,
  event: Interaction['event'],
  shown: ShownCard | undefined,
): Promise<boolean> {
  if (event.kind !== 'action') return false;
  const { verb, data } = event;
  const isHome = !isModal(payload) && objectIn(payload, 'view') !== undefined;
  if (!FORM_VERBS.has(verb) && !(isHome && verb === 'show')) return false;
  const asked = { verb, data, ...(shown?.programme === undefined ? {} : { programme: shown.programme }) };
  const opening = isModal(payload) ? placeOf(payload) : { triggerId: textIn(payload, 'trigger_id') ?? '' };
  return openModal(parts, workspace, user, asked, opening);
}

/** The window in which something was pressed. */
function placeOf(payload: Payload): { readonly id: string; readonly hash: string } {
  const view = objectIn(payload, 'view');
  return { id: textIn(view, 'id') ?? '', hash: textIn(view, 'hash') ?? '' };
}

const isModal = (payload: Payload) => textIn(objectIn(payload, 'view'), 'type') === 'modal';

/** The card as it was drawn: a message leaves the writing of texts to a window. */
function drawnOf({ card, options }: ShownCard): ShownCard['card'] {
  return options.surface === 'message' ? inMessage(card) : card;
}

const unknown: BlockKitAnswer = { kind: 'unknown' };

/** Cards that were pressed lately; the box gives the same one each time. */
const answers = new WeakMap<object, ReturnType<typeof createAnswers>>();

function answersOf(card: ShownCard['card']): ReturnType<typeof createAnswers> {
  let known = answers.get(card);
  if (known === undefined) answers.set(card, (known = createAnswers(card)));
  return known;
}

/** Inputs in messages report each change; they count when a button is pressed. */
function isInput(action: Payload): boolean {
  const type = textIn(action, 'type');
  return type !== 'button' && type !== 'overflow';
}

/** The card of the pressed message or view: sealed in its metadata, for this person. */
function shownIn(
  { box }: InboundParts,
  payload: Payload,
  workspace: string,
  user: string,
): ShownCard | undefined {
  const view = objectIn(payload, 'view');
  const sealed = view === undefined ? payloadOf(payload['message'])?.['card'] : view['private_metadata'];
  return box.open(sealed, workspace, user);
}

function submissionOf(payload: Payload, action: Payload, shown: ShownCard): Submission {
  const state = payload['state'] ?? objectIn(payload, 'view')?.['state'];
  const option = textIn(objectIn(action, 'selected_option'), 'value');
  const blockId = textIn(action, 'block_id');
  return {
    actionId: textIn(action, 'action_id') ?? '',
    ...(blockId === undefined ? {} : { blockId }),
    ...(option === undefined ? {} : { value: option }),
    ...(state === undefined ? {} : { state }),
    options: shown.options,
  };
}

function refOf(payload: Payload, shown: ShownCard | undefined): MessageRef | undefined {
  const container = objectIn(payload, 'container');
  const channel = textIn(container, 'channel_id');
  const ts = textIn(container, 'message_ts');
  if (channel === undefined || ts === undefined) return undefined;
  const delivery = shown?.delivery;
  return toRef({ channel, ts: [ts], ...(delivery === undefined ? {} : { delivery }) });
}

function recipientOf(workspace: string, user: string, shown: ShownCard | undefined): Recipient {
  return { programme: shown?.programme ?? '', member: '', workspace, account: { user } };
}

/** The same card, opened, turned over or hidden in places. */
async function redraw(
  parts: InboundParts,
  { payload, workspace }: Placed,
  user: string,
  shown: ShownCard,
): Promise<void> {
  const ref = refOf(payload, shown);
  if (ref === undefined) return publishHome(parts, workspace, user);
  const text = plainText(textIn(objectIn(payload, 'message'), 'text') ?? '');
  const message: ChatMessage = { card: shown.card, text, language: 'en' };
  await update(parts.outbound, recipientOf(workspace, user, shown), ref, message, shown);
}

/** Says to one person what is wrong with what they entered. */
async function whisper(
  { client }: InboundParts,
  { payload, workspace }: Placed,
  user: string,
  words: string,
): Promise<void> {
  const text = escapeMrkdwn(words);
  const channel = textIn(objectIn(payload, 'container'), 'channel_id') ?? user;
  await client.call(workspace, (web, token) => web.chat.postEphemeral({ token, channel, user, text }));
}

/** The pressed card as it is now; the home tab is drawn anew. */
async function afterwards(
  parts: InboundParts,
  { payload, workspace }: Placed,
  user: string,
  shown: ShownCard | undefined,
  heard: Heard,
): Promise<void> {
  const ref = refOf(payload, shown);
  if (isModal(payload)) return redrawModal(parts, { payload, workspace }, user, shown, heard);
  if (ref === undefined) return publishHome(parts, workspace, user);
  if (!('replace' in heard)) return;
  const { replace } = heard;
  await update(parts.outbound, recipientOf(workspace, user, shown), ref, replace);
}

/** The window as it is now, with all that was typed. */
async function redrawModal(
  parts: InboundParts,
  { payload, workspace }: Placed,
  user: string,
  shown: ShownCard | undefined,
  heard: Heard,
): Promise<void> {
  const modal = modalOfHeard(parts, workspace, user, shown?.programme, heard);
  if (modal !== undefined) await drawModal(parts, workspace, placeOf(payload), modal);
}

/** The options of a list that is searched. */
export function onSuggestion(parts: InboundParts, { payload, workspace }: Placed): Answered {
  const user = textIn(objectIn(payload, 'user'), 'id');
  const actionId = textIn(payload, 'action_id');
  if (user === undefined || actionId === undefined) return WRONG;
  const shown = shownIn(parts, payload, workspace, user);
  if (shown === undefined) return { status: 200, body: { options: [] } };
  const query = textIn(payload, 'value') ?? '';
  return { status: 200, body: findChoices(shown.card, { actionId, query, options: shown.options }) };
}
