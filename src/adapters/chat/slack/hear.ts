import type { Heard, Incoming } from '../../../runtime/heard.js';
import type { ChatMessage } from '../../../core/ports/chat.js';
import type { InboundParts } from './parts.js';
import { createOutbound } from './outbound.js';
import { lookUpPerson } from './people.js';

/** Hands on what a person did, sends what came of it, and answers a stranger directly. */
export async function hear(parts: InboundParts, incoming: Incoming): Promise<Heard> {
  const { hub, client } = parts;
  const heard = await hub.hear(incoming, () => lookUpPerson(client, incoming.workspace, incoming.user));
  hub.dispatch();
  if (heard.kind === 'stranger') await sayTo(parts, incoming, heard.say);
  return heard;
}

async function sayTo(
  { outbound, log }: InboundParts,
  { id, workspace, user }: Incoming,
  say: readonly ChatMessage[],
): Promise<void> {
  const to = { programme: '', member: '', workspace, account: { user } };
  for (const [index, message] of say.entries()) {
    const outcome = await createOutbound(outbound).send(to, message, `stranger/${id}/${String(index)}`);
    if (outcome.kind !== 'sent')
      log.warn({ workspace, outcome: outcome.kind }, 'a stranger was not answered');
  }
}
