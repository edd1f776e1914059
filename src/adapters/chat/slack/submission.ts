import type { BlockKitAnswer } from '../../../cards/blockkit/index.js';
import type { Interaction } from '../../../core/ports/interaction.js';
import { asObject } from './payload.js';
import type { Json } from '../../../core/ports/outbox.js';

/** What a submitted card says to the core. What is not understood is so for the core as well, which says so. */
export function eventOf(answer: BlockKitAnswer): Interaction['event'] {
  if (answer.kind !== 'submit') return { kind: 'action', verb: '', data: {} };
  const data = (asObject(answer.data) ?? {}) as Readonly<Record<string, Json>>;
  const { verb: inData, ...rest } = data;
  const verb = answer.verb ?? (typeof inData === 'string' ? inData : '');
  return { kind: 'action', verb, data: rest };
}
