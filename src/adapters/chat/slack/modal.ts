import type { AdaptiveCardJson } from '../../../core/ports/chat.js';
import type { Json } from '../../../core/ports/outbox.js';
import { asksInput } from '../../../runtime/asks-input.js';
import type { Heard } from '../../../runtime/heard.js';
import type { Asked, Shown } from '../../../runtime/home.js';
import type { InboundParts } from './parts.js';
import { asObject } from './payload.js';

/** Slack takes no longer `private_metadata`. */
export const LONGEST_METADATA = 3_000;
/** What is wrong with a form makes its card longer by some lines, which are sealed without their words. */
const ROOM_FOR_ISSUES = 400;

type Metadata = { readonly private_metadata: string };
/** A window as Slack takes it. */
export type Modal = Readonly<Record<string, unknown>> & Metadata;

/** Where a window opens: in front of what was pressed, or in the place of a window that is open. */
export type Opening = { readonly triggerId: string } | { readonly id: string; readonly hash: string };

/** Opens what a person asks for in a window; answers false where that cannot be. */
export async function openModal(
  parts: InboundParts,
  workspace: string,
  user: string,
  asked: Asked,
  opening: Opening,
): Promise<boolean> {
  const shown = await parts.hub.show(workspace, user, asked);
  const view = shown && modalOf(parts, workspace, user, shown);
  if (view === undefined || view.private_metadata.length > LONGEST_METADATA - ROOM_FOR_ISSUES) return false;
  await drawModal(parts, workspace, opening, view);
  return true;
}

/** Opens a window, or draws it anew; with the hash, nothing newer is drawn over. */
export async function drawModal(
  { client }: Pick<InboundParts, 'client'>,
  workspace: string,
  opening: Opening,
  modal: Modal,
): Promise<void> {
  const view = modal as never;
  await client.call(workspace, (web, token) =>
    'id' in opening
      ? web.views.update({ token, view_id: opening.id, hash: opening.hash, view })
      : web.views.open({ token, trigger_id: opening.triggerId, view }),
  );
}

/** A card as a window; undefined where it does not fit one. */
export function modalOf(
  { box, outbound }: Pick<InboundParts, 'box' | 'outbound'>,
  workspace: string,
  user: string,
  { message, programme }: Shown,
): Modal | undefined {
  const card = withActionsBelow(message.card);
  const options = {
    surface: 'modal' as const,
    lang: message.language,
    ...(outbound.baseUrl === undefined ? {} : { baseUrl: outbound.baseUrl }),
  };
  const { view, pages } = outbound.translate(card, options);
  const isForm = asksInput(card);
  // The pages of a form are turned with what was typed, which does not fit beside the card.
  if (view === undefined || (isForm && pages > 1)) return undefined;
  const kept = isForm ? withoutWords(card) : card;
  const private_metadata = box.close({ card: kept, options, programme }, workspace, user);
  return private_metadata.length > LONGEST_METADATA ? undefined : { ...view, private_metadata };
}

/** What an event was answered with, as a window; undefined where nothing is to be shown, or it does not fit. */
export function modalOfHeard(
  parts: Pick<InboundParts, 'box' | 'outbound'>,
  workspace: string,
  user: string,
  programme: string | undefined,
  heard: Heard,
): Modal | undefined {
  const message = 'replace' in heard ? heard.replace : undefined;
  return message && modalOf(parts, workspace, user, { message, programme: programme ?? '' });
}

/** A form's last row of buttons as the card's own, whose first one becomes the button of the window. */
function withActionsBelow(card: AdaptiveCardJson): AdaptiveCardJson {
  const body = Array.isArray(card['body']) ? (card['body'] as readonly Json[]) : [];
  const last = asObject(body.at(-1));
  if (last?.['type'] !== 'ActionSet' || card['actions'] !== undefined) return card;
  return { ...card, body: body.slice(0, -1), actions: last['actions'] as Json };
}

/** What only shows; what is typed comes back from Slack. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  TextBlock: ['text'],
  'Input.Text': ['value', 'label'],
  'Input.ChoiceSet': ['label'],
};

/** A form as it is needed to be answered: its places and rules, so that it fits where Slack keeps it. */
function withoutWords(card: AdaptiveCardJson): AdaptiveCardJson {
  return stripped(card) as AdaptiveCardJson;
}

function stripped(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(stripped);
  if (typeof value !== 'object' || value === null) return value;
  const { type } = value as Readonly<Record<string, Json>>;
  const words = typeof type === 'string' ? (WORDS[type] ?? []) : [];
  const kept = Object.entries(value).filter(([key]) => !words.includes(key));
  return Object.fromEntries(kept.map(([key, each]) => [key, stripped(each)]));
}
