import { SamlingError } from '../../../core/errors.js';
import type {
  Chat,
  ChatMessage,
  FindOutcome,
  Recipient,
  RemoveOutcome,
  SendOutcome,
} from '../../../core/ports/chat.js';
import type { MessageRef } from '../../../core/ports/outbox.js';
import type { CardBox, ShownCard } from './card-box.js';
import type { SlackClient } from './client.js';
import { failureOf, isWorkspaceGone, outcomeOf, type Failure } from './errors.js';
import { fromRef, toRef } from './ids.js';
import type { Pace } from './pace.js';
import { asObject, objectIn, textIn } from './payload.js';
import type { Prepare } from './prepared.js';
import type { Translate } from './translate.js';

export interface OutboundOptions {
  readonly client: SlackClient;
  readonly box: CardBox;
  readonly pace: Pace;
  /** The blocks of a message, made once for all who get it. */
  readonly prepare: Prepare;
  readonly translate: Translate;
  readonly baseUrl?: string;
  /** The workspace refuses Samling altogether. */
  readonly onWorkspaceGone: (workspace: string) => void;
}

/** `event_type` of Samling's own metadata. */
export const METADATA_TYPE = 'samling_delivery';
/** A message that would wait longer goes back to the outbox. */
const LONGEST_WAIT_MS = 5_000;
/** How soon after a failure a lost message is looked for again. */
const LOOK_AGAIN_MS = 2_000;
/** How far back a lost message is looked for: attempts are minutes apart, and a conversation is not that quick. */
const LOOK_BACK = 200;

/** What travels with a message: which delivery, which part of it, and the card, sealed. */
interface Metadata {
  readonly event_type: string;
  readonly event_payload: Record<string, string | number>;
}

/** The message without its card, where there is nothing to press. */
function metadataOf(
  options: OutboundOptions,
  to: Recipient,
  shown: ShownCard,
  hasActions: boolean,
  part: number,
  parts: number,
): Metadata {
  const payload: Record<string, string | number> = { part, parts };
  if (shown.delivery !== undefined) payload['delivery'] = shown.delivery;
  // A person may be a member of several programmes, under the same id.
  if (shown.programme !== undefined) payload['programme'] = shown.programme;
  if (hasActions) payload['card'] = options.box.close(shown, to.workspace, to.account['user'] ?? '');
  return { event_type: METADATA_TYPE, event_payload: payload };
}

/** Slack as a chat: sends with the delivery's id, changes in place, and finds what was sent by its id. */
export function createOutbound(options: OutboundOptions): Chat {
  return {
    platform: 'slack',
    pace: { limits: [], learns: true },
    send: (to, message, delivery) => guarded(options, to, () => send(options, to, message, delivery)),
    update: (to, ref, message) => guarded(options, to, () => update(options, to, ref, message)),
    remove: (to, ref) => guarded(options, to, () => remove(options, to, ref)),
    find: (to, delivery) => found(options, to, delivery),
  };
}

async function send(
  options: OutboundOptions,
  to: Recipient,
  message: ChatMessage,
  delivery: string,
): Promise<SendOutcome> {
  const ready = options.prepare(message);
  const shown: ShownCard = { card: message.card, options: ready.options, programme: to.programme, delivery };
  let channel = to.place?.['channel'] ?? to.account['user'] ?? '';
  const place = `${to.workspace}/${channel}`;
  const waitMs = options.pace.take(place);
  if (waitMs > LONGEST_WAIT_MS) return { kind: 'retry', afterMs: waitMs, reason: 'paced' };
  if (waitMs > 0) await sleep(waitMs);
  const sent: string[] = [];
  for (const [part, each] of ready.parts.entries()) {
    const metadata = metadataOf(options, to, shown, ready.hasActions, part, ready.parts.length);
    const posted = await post(options, to, channel, each, metadata);
    channel = posted.channel;
    sent.push(posted.ts);
  }
  return { kind: 'sent', ref: toRef({ channel, ts: sent, delivery }) };
}

/** Links in a card stay links. */
const UNFURLED = { unfurl_links: false, unfurl_media: false };

/** Posts one part; its content is JSON already, all but the last brace. */
async function post(
  { client }: OutboundOptions,
  { workspace, place }: Recipient,
  channel: string,
  content: string,
  metadata: Metadata,
): Promise<{ readonly channel: string; readonly ts: string }> {
  const thread = place?.['thread'];
  const own = { channel, metadata, ...UNFURLED, ...(thread === undefined ? {} : { thread_ts: thread }) };
  const answer = await client.post(
    workspace,
    'chat.postMessage',
    `${content},${JSON.stringify(own).slice(1)}`,
  );
  return { channel: textIn(answer, 'channel') ?? channel, ts: textIn(answer, 'ts') ?? '' };
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Replaces a message, with the options that its card is shown with from now on. */
export async function update(
  options: OutboundOptions,
  to: Recipient,
  ref: MessageRef,
  message: ChatMessage,
  before?: Partial<ShownCard>,
): Promise<SendOutcome> {
  const { options: how, parts, hasActions } = options.prepare(message, before?.options);
  const { channel, ts, ...known } = fromRef(ref);
  const shown: ShownCard = {
    card: message.card,
    options: how,
    programme: to.programme,
    ...known,
  };
  for (const [part, content] of parts.slice(0, ts.length).entries()) {
    const metadata = metadataOf(options, to, shown, hasActions, part, parts.length);
    const own = { channel, metadata, ts: ts[part] ?? '' };
    await options.client.post(to.workspace, 'chat.update', `${content},${JSON.stringify(own).slice(1)}`);
  }
  for (const extra of ts.slice(parts.length)) {
    await options.client.call(to.workspace, (web, token) => web.chat.delete({ token, channel, ts: extra }));
  }
  return { kind: 'sent', ref: toRef({ channel, ts: ts.slice(0, Math.max(1, parts.length)), ...known }) };
}

/** Refusals that say that a message stays, or that it is gone already. */
const STAYS = new Set(['cant_delete_message', 'compliance_exports_prevent_deletion']);

async function remove(options: OutboundOptions, to: Recipient, ref: MessageRef): Promise<RemoveOutcome> {
  const { channel, ts } = fromRef(ref);
  for (const each of ts) {
    try {
      await options.client.call(to.workspace, (web, token) => web.chat.delete({ token, channel, ts: each }));
    } catch (error) {
      const failure = failureOf(error);
      const word = failure?.kind === 'refused' ? failure.word : undefined;
      if (word === 'message_not_found') continue;
      if (word !== undefined && STAYS.has(word)) return { kind: 'cannot', reason: word };
      throw error;
    }
  }
  return { kind: 'sent', ref };
}

/** Looking changes nothing: whatever keeps Slack from answering, it can be asked again. */
async function found(options: OutboundOptions, to: Recipient, delivery: string): Promise<FindOutcome> {
  try {
    return await find(options, to, delivery);
  } catch (error) {
    const failure = failureOf(error);
    const outcome = failure && outcomeOf(failure);
    if (failure === undefined || outcome === undefined) throw error;
    // Sending says the same of a person who is gone, and more.
    if (outcome.kind === 'unreachable') return 'not-sent';
    const afterMs = outcome.kind === 'retry' ? outcome.afterMs : LOOK_AGAIN_MS;
    const { reason } = outcome;
    return { kind: 'retry', afterMs, reason, ...(failure.kind === 'not-reached' && { holds: 'lane' }) };
  }
}

async function find({ client }: OutboundOptions, to: Recipient, delivery: string): Promise<FindOutcome> {
  // Samling does not ask for the right to read channels.
  if (to.place !== undefined) return 'cannot-tell';
  const user = to.account['user'] ?? '';
  const opened = await client.call(to.workspace, (web, token) =>
    web.conversations.open({ token, users: user }),
  );
  const channel = opened.channel?.id ?? '';
  const history = await client.call(to.workspace, (web, token) =>
    web.conversations.history({ token, channel, limit: LOOK_BACK, include_all_metadata: true }),
  );
  const parts = (history.messages ?? [])
    .map((message) => ({ ts: message.ts ?? '', payload: payloadOf(message) }))
    .filter(({ payload }) => payload?.['delivery'] === delivery)
    .filter(({ payload }) => [undefined, to.programme].includes(textIn(payload, 'programme')))
    .sort((a, b) => Number(a.payload?.['part']) - Number(b.payload?.['part']));
  const [first] = parts;
  if (first === undefined) return 'not-sent';
  return toRef({ channel, ts: parts.map((each) => each.ts), delivery });
}

/** Samling's own metadata of a message. */
export function payloadOf(message: unknown) {
  const metadata = objectIn(asObject(message), 'metadata');
  return textIn(metadata, 'event_type') === METADATA_TYPE ? objectIn(metadata, 'event_payload') : undefined;
}

/** Turns what Slack refuses into an outcome; a refusal that is our own mistake is an error. */
async function guarded<T extends RemoveOutcome>(
  options: OutboundOptions,
  to: Recipient,
  work: () => Promise<T>,
): Promise<T | SendOutcome> {
  try {
    return await work();
  } catch (error) {
    const failure = failureOf(error);
    if (failure === undefined) throw error;
    if (isWorkspaceGone(failure)) options.onWorkspaceGone(to.workspace);
    const outcome = outcomeOf(failure);
    if (outcome !== undefined) return { ...outcome, ...heldBy(options, to, failure) };
    const word = failure.kind === 'refused' ? failure.word : failure.kind;
    throw new SamlingError('CHAT_REFUSED', `Slack refused a message: ${word}.`, {
      cause: error,
      faults: [{ source: 'Slack', path: 'message', found: word, expected: 'a message that Slack takes' }],
    });
  }
}

/** What else Slack refuses: a 429 does not say whether it is about the channel or the workspace. */
function heldBy({ pace }: OutboundOptions, to: Recipient, failure: Failure) {
  if (failure.kind === 'not-reached') return { holds: 'lane' } as const;
  if (failure.kind !== 'limited') return {};
  const channel = to.place?.['channel'] ?? to.account['user'] ?? '';
  return pace.isBusy(`${to.workspace}/${channel}`) ? {} : ({ holds: 'limit' } as const);
}
