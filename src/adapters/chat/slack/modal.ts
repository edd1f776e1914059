import type { AdaptiveCardJson } from '../../../core/ports/chat.js';
import type { Json } from '../../../core/ports/outbox.js';
import type { InboundParts } from './parts.js';
import { asObject } from './payload.js';

/** Slack takes no longer `private_metadata`. */
export const LONGEST_METADATA = 3_000;

/** Opens what a person asks for in a window of its own; answers false where that cannot be. */
export async function openModal(
  { hub, client, box, outbound }: InboundParts,
  workspace: string,
  user: string,
  what: string,
  triggerId: string,
): Promise<boolean> {
  const shown = await hub.show(workspace, user, what);
  if (shown === undefined) return false;
  const { message, programme } = shown;
  const card = withActionsBelow(message.card);
  const options = {
    surface: 'modal' as const,
    lang: message.language,
    ...(outbound.baseUrl === undefined ? {} : { baseUrl: outbound.baseUrl }),
  };
  const { view } = outbound.translate(card, options);
  const sealed = box.close({ card, options, programme }, workspace, user);
  if (view === undefined || sealed.length > LONGEST_METADATA) return false;
  await client.call(workspace, (web, token) =>
    web.views.open({ token, trigger_id: triggerId, view: { ...view, private_metadata: sealed } as never }),
  );
  return true;
}

/** A form's last row of buttons as the card's own, whose first one becomes the button of the window. */
function withActionsBelow(card: AdaptiveCardJson): AdaptiveCardJson {
  const body = Array.isArray(card['body']) ? (card['body'] as readonly Json[]) : [];
  const last = asObject(body.at(-1));
  if (last?.['type'] !== 'ActionSet' || card['actions'] !== undefined) return card;
  return { ...card, body: body.slice(0, -1), actions: last['actions'] as Json };
}
