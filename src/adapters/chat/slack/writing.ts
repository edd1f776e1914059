import type { ShownCard } from './card-box.js';
import { drawModal, LONGEST_METADATA } from './modal.js';
import type { InboundParts } from './parts.js';
import { windowOf } from './window.js';

/** Who asked, and what Slack gave them to open a window with. */
interface From {
  readonly workspace: string;
  readonly user: string;
  readonly triggerId: string;
}

/**
 * Opens the window in which the free text of a message's card is written. What is too long to travel with a window is
 * left to the message behind it.
 */
export async function openWriting(
  parts: Pick<InboundParts, 'client' | 'box' | 'outbound'>,
  { workspace, user, triggerId }: From,
  shown: ShownCard,
): Promise<void> {
  const options = { ...shown.options, surface: 'modal' as const };
  for (const isBrief of [false, true]) {
    const card = windowOf(shown.card, isBrief);
    if (card === undefined) return;
    const { view } = parts.outbound.translate(card, options);
    const private_metadata = parts.box.close({ ...shown, card, options }, workspace, user);
    if (view === undefined || private_metadata.length > LONGEST_METADATA) continue;
    return drawModal(parts, workspace, { triggerId }, { ...view, private_metadata });
  }
}
