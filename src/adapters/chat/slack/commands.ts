import { OK, WRONG, type Answered } from './answers.js';
import { hear } from './hear.js';
import type { InboundParts, Placed } from './parts.js';
import { openModal } from './modal.js';
import { objectIn, textIn } from './payload.js';
import { plainText } from './text.js';

/** `/samling frister`: the same words as in the conversation, answered there. */
export async function onCommand(parts: InboundParts, { payload, workspace }: Placed): Promise<Answered> {
  const user = textIn(payload, 'user_id');
  const id = textIn(payload, 'trigger_id');
  if (user === undefined || id === undefined) return WRONG;
  const text = plainText(textIn(payload, 'text') ?? '');
  const event =
    text === ''
      ? ({ kind: 'action', verb: 'show', data: { what: 'help' } } as const)
      : ({ kind: 'text', text } as const);
  await hear(parts, { id: `slack/${id}`, workspace, user, event });
  return OK;
}

/** Shortcuts are named after what they show, such as `show_coming`. */
const SHORTCUT = /^show_(coming|deadlines|gatherings|language|pause|help)$/;

/** A shortcut from the lightning menu or from a message. */
export async function onShortcut(parts: InboundParts, { payload, workspace }: Placed): Promise<Answered> {
  const user = textIn(objectIn(payload, 'user'), 'id');
  const id = textIn(payload, 'trigger_id');
  const what = SHORTCUT.exec(textIn(payload, 'callback_id') ?? '')?.[1];
  if (user === undefined || id === undefined || what === undefined) return WRONG;
  if (await openModal(parts, workspace, user, { verb: 'show', data: { what } }, { triggerId: id })) return OK;
  await hear(parts, {
    id: `slack/${id}`,
    workspace,
    user,
    event: { kind: 'action', verb: 'show', data: { what } },
  });
  return OK;
}
