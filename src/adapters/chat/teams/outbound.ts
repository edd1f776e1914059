import { setTimeout as pause } from 'node:timers/promises';
import type {
  Chat,
  ChatMessage,
  FindOutcome,
  Recipient,
  RemoveOutcome,
  SendOutcome,
} from '../../../core/ports/chat.js';
import type { Clock } from '../../../core/ports/environment.js';
import type { MessageRef } from '../../../core/ports/outbox.js';
import type { TeamsTexts } from './texts.js';
import type { ActionTickets } from './action-tickets.js';
import type { Connector } from './connector.js';
import { bodyOf, createDrawing } from './drawing.js';
import { createRefusals, foundOf, outcomeOf } from './errors.js';
import { botIdOf, messageRef, tenantOf } from './ids.js';
import { CONVERSATION_LIMITS, createPace, LONGEST_WAIT_MS, TENANT_LIMITS } from './pace.js';
import type { Reference, References } from './references.js';

export interface TeamsChatOptions {
  readonly appId: string;
  readonly connector: Connector;
  readonly references: References;
  readonly tickets: ActionTickets;
  readonly clock: Clock;
  readonly texts: TeamsTexts;
  /** Whether forms open in dialogs; not every client can. */
  readonly dialogs: boolean;
  /** At least 0, below 1; for waiting not all at once. */
  readonly jitter?: () => number;
}

/** Teams' chat, and what the inbound side needs of it. */
export interface TeamsChat extends Chat {
  /** The JSON of a card as a person gets it, its buttons bound to them. */
  cardFor(to: Recipient, message: ChatMessage, delivery?: string): string;
  /** The JSON of a form as it stands in a dialog. */
  dialogCardFor(to: Recipient, message: ChatMessage): string;
  /** `update`, with a card that `cardFor` has made already. */
  replace(to: Recipient, ref: MessageRef, message: ChatMessage, card: string): Promise<SendOutcome>;
  /** Sends to somebody in a conversation that is known, such as somebody who is no member yet. */
  say(to: Recipient, message: ChatMessage): Promise<SendOutcome>;
  /** Sends a plain text to a conversation. */
  sayText(serviceUrl: string, conversation: string, text: string, extra?: object): Promise<SendOutcome>;
}

/** Creates the chat. Outcomes are told, never thrown. */
export function createTeamsChat(options: TeamsChatOptions): TeamsChat {
  const { connector, jitter = Math.random } = options;
  const wait = createWait(options.clock);
  const refusals = createRefusals();
  const drawing = createDrawing({ ...options, userOf: (to) => referenceOf(options, to)?.id });
  const cardFor = (to: Recipient, message: ChatMessage, delivery?: string) =>
    drawing.cardFor(to, message, { delivery });
  const post = async (reference: Required<Reference>, tenant: string, activity: () => string) => {
    const { serviceUrl, conversation } = reference;
    const held = await wait(tenant, conversation);
    if (held !== undefined) return held;
    const answer = await connector.sendActivity(serviceUrl, conversation, activity());
    const nth = refusals.count(conversation, answer);
    if (answer.kind !== 'ok') return outcomeOf(answer, jitter, nth);
    const { id } = answer.body;
    return { kind: 'sent', ref: messageRef(conversation, typeof id === 'string' ? id : '') } as const;
  };
  const send = async (to: Recipient, message: ChatMessage, delivery?: string): Promise<SendOutcome> => {
    const found = knownConversation(options, to) ?? (await newConversation(options, to, jitter));
    if ('kind' in found) return found;
    return post(found, tenantOf(to.workspace), () => bodyOf(cardFor(to, message, delivery), message));
  };
  return {
    platform: 'teams',
    pace: { limits: TENANT_LIMITS },
    cardFor,
    dialogCardFor: (to, message) => drawing.cardFor(to, message, { inDialog: true }),
    send,
    say: send,
    sayText: (serviceUrl, conversation, text, extra = {}) =>
      post({ serviceUrl, conversation, id: '' }, '', () =>
        JSON.stringify({ type: 'message', text, ...extra }),
      ),
    update: (to, ref, message) =>
      replaceIn(options, wait, to, ref, message, cardFor(to, message, ref['delivery'])),
    replace: (to, ref, message, card) => replaceIn(options, wait, to, ref, message, card),
    remove: (to, ref) => removeIn(options, wait, to, ref),
    find: (to) => findIn(options, to),
  };
}

/** The Bot Connector has no call that says what a bot has sent; but it says whether it is well. */
async function findIn(options: TeamsChatOptions, to: Recipient): Promise<FindOutcome> {
  const reference = referenceOf(options, to);
  const conversation = to.place?.['conversation'] ?? reference?.conversation;
  if (reference === undefined || conversation === undefined) return 'cannot-tell';
  const answer = await options.connector.getMember(reference.serviceUrl, conversation, reference.id);
  return foundOf(answer, options.jitter ?? Math.random);
}

type Wait = ReturnType<typeof createWait>;

async function replaceIn(
  options: TeamsChatOptions,
  wait: Wait,
  to: Recipient,
  ref: MessageRef,
  message: ChatMessage,
  card: string,
): Promise<SendOutcome> {
  const { conversation = '', activity = '' } = ref;
  const reference = referenceOf(options, to);
  if (reference === undefined) return { kind: 'unreachable', reason: 'no-reference' };
  const held = await wait(tenantOf(to.workspace), conversation);
  if (held !== undefined) return held;
  const text = bodyOf(card, message, activity);
  const answer = await options.connector.updateActivity(reference.serviceUrl, conversation, activity, text);
  return answer.kind === 'ok' ? { kind: 'sent', ref } : outcomeOf(answer, options.jitter ?? Math.random);
}

async function removeIn(
  options: TeamsChatOptions,
  wait: Wait,
  to: Recipient,
  ref: MessageRef,
): Promise<RemoveOutcome> {
  const { conversation = '', activity = '' } = ref;
  const reference = referenceOf(options, to);
  if (reference === undefined) return { kind: 'unreachable', reason: 'no-reference' };
  const held = await wait(tenantOf(to.workspace), conversation);
  if (held !== undefined) return held;
  const answer = await options.connector.deleteActivity(reference.serviceUrl, conversation, activity);
  if (answer.kind === 'ok') return { kind: 'sent', ref };
  const status = answer.kind === 'refused' ? answer.status : 0;
  if (status === 404 || status === 410) return { kind: 'sent', ref };
  if (status === 405) return { kind: 'cannot', reason: String(status) };
  return outcomeOf(answer, options.jitter ?? Math.random);
}

/** Waits until Microsoft's limits allow one more, or says when that is; both limits count it, or neither. */
function createWait(clock: Clock) {
  const tenants = createPace(TENANT_LIMITS);
  const conversations = createPace(CONVERSATION_LIMITS);
  return (tenant: string, conversation: string): SendOutcome | Promise<undefined> | undefined => {
    const nowMs = clock.nowMs();
    const [tenantMs, ownMs] = [tenants.waitMs(tenant, nowMs), conversations.waitMs(conversation, nowMs)];
    const afterMs = Math.max(tenantMs, ownMs);
    // A conversation that says much must not keep others of its tenant waiting.
    if (ownMs > tenantMs || tenantMs > LONGEST_WAIT_MS) return { kind: 'retry', afterMs, reason: 'pace' };
    tenants.take(tenant, nowMs + tenantMs);
    conversations.take(conversation, nowMs + tenantMs);
    return tenantMs === 0 ? undefined : pause(tenantMs, undefined);
  };
}

function referenceOf({ references }: TeamsChatOptions, to: Recipient): Reference | undefined {
  return references.of(to.workspace, to.account['user'] ?? '', to.account);
}

/** The person's own conversation, or the place that is named. */
function knownConversation(options: TeamsChatOptions, to: Recipient): Required<Reference> | undefined {
  const reference = referenceOf(options, to);
  if (reference === undefined) return undefined;
  const { serviceUrl, id } = reference;
  const conversation = to.place?.['conversation'] ?? reference.conversation;
  return conversation === undefined ? undefined : { serviceUrl, id, conversation };
}

/** Makes the person's own conversation, where the app is installed for them. */
async function newConversation(
  options: TeamsChatOptions,
  to: Recipient,
  jitter: () => number,
): Promise<Required<Reference> | SendOutcome> {
  const reference = referenceOf(options, to);
  if (reference === undefined) return { kind: 'unreachable', reason: 'no-reference' };
  const { serviceUrl, id } = reference;
  const tenant = tenantOf(to.workspace);
  const answer = await options.connector.createConversation(serviceUrl, {
    bot: { id: botIdOf(options.appId) },
    members: [{ id }],
    isGroup: false,
    tenantId: tenant,
    channelData: { tenant: { id: tenant } },
  });
  // A conversation with one person is made once: asked again, Teams gives the same one.
  if (answer.kind === 'lost') return { kind: 'retry', afterMs: 2_000, reason: answer.reason };
  if (answer.kind !== 'ok') {
    const outcome = outcomeOf(answer, jitter);
    return outcome.kind === 'unknown' ? { afterMs: 2_000, ...outcome, kind: 'retry' } : outcome;
  }
  const made = answer.body['id'];
  if (typeof made !== 'string') return { kind: 'unreachable', reason: 'no-conversation' };
  await options.references.note(to.workspace, to.account['user'] ?? '', { ...reference, conversation: made });
  return { serviceUrl, id, conversation: made };
}
