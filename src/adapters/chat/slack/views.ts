import { fromBlockKit } from '../../../cards/blockkit/index.js';
import { asksInput } from '../../../runtime/asks-input.js';
import type { Recipient } from '../../../core/ports/chat.js';
import type { MessageRef } from '../../../core/ports/outbox.js';
import type { Heard } from '../../../runtime/heard.js';
import { OK, WRONG, type Answered } from './answers.js';
import { hear } from './hear.js';
import { publishHome } from './home.js';
import { modalOfHeard } from './modal.js';
import { update } from './outbound.js';
import type { InboundParts, Placed } from './parts.js';
import { objectIn, textIn } from './payload.js';
import { eventOf } from './submission.js';

/** A form sent from a modal: its mistakes are shown in place, else it closes. */
export async function onViewSubmission(
  parts: InboundParts,
  { payload, workspace }: Placed,
): Promise<Answered> {
  const user = textIn(objectIn(payload, 'user'), 'id');
  const view = objectIn(payload, 'view');
  const viewId = textIn(view, 'id');
  if (user === undefined || view === undefined || viewId === undefined) return WRONG;
  const shown = parts.box.open(view['private_metadata'], workspace, user);
  const actionId = textIn(view, 'callback_id') ?? '';
  const answer =
    shown === undefined
      ? ({ kind: 'unknown' } as const)
      : fromBlockKit(shown.card, { actionId, state: view['state'], options: shown.options });
  if (answer.kind === 'invalid') {
    const errors = Object.fromEntries(answer.errors.map((each) => [each.blockId, each.message]));
    return { status: 200, body: { response_action: 'errors', errors } };
  }
  // A modal is sent once; its `hash` changes with each rendering of it.
  const id = `slack/view/${viewId}/${textIn(view, 'hash') ?? ''}`;
  const heard = await hear(parts, {
    id,
    workspace,
    user,
    event: eventOf(answer),
    ...(shown?.message === undefined ? { isDialog: true } : { message: shown.message }),
    ...(shown?.delivery === undefined ? {} : { delivery: shown.delivery }),
    ...(shown?.programme === undefined ? {} : { programme: shown.programme }),
  });
  if (heard.kind === 'busy') return OK;
  if (shown?.message !== undefined) {
    const { message, programme = '' } = shown;
    const to = { programme, member: '', workspace, account: { user } };
    return { status: 200, after: () => drawAgain(parts, to, message, heard) };
  }
  // A form with something wrong in it comes back with all that was typed, in the place of what was sent.
  const isForm = 'replace' in heard && asksInput(heard.replace.card);
  const again = isForm ? modalOfHeard(parts, workspace, user, shown?.programme, heard) : undefined;
  if (again !== undefined) return { status: 200, body: { response_action: 'update', view: again } };
  return { status: 200, after: () => publishHome(parts, workspace, user) };
}

/** The message that the window was opened from, as it is now. */
async function drawAgain(
  { outbound }: InboundParts,
  to: Recipient,
  message: MessageRef,
  heard: Heard,
): Promise<void> {
  if ('replace' in heard) await update(outbound, to, message, heard.replace);
}
