import { loadPulseTemplates } from '../../src/adapters/files/pulse-templates.js';
import { createMemoryStore } from '../../src/adapters/store/lowdb/memory.js';
import { asset } from '../../src/cli/assets.js';
import { handle } from '../../src/core/conversation/handle.js';
import type { Member } from '../../src/core/members/types.js';
import type { Answer, Message } from '../../src/core/ports/interaction.js';
import type { Json } from '../../src/core/ports/outbox.js';
import { at, memberOf, saman } from './pulse-cases.js';
import { vocabulary } from './pulse-parts.js';

const templates = loadPulseTemplates(asset('data', 'pulses'));
const pulseTemplates = () => templates;

export const boss = memberOf('sekretariat', 'boss', { roles: ['coordinator'] });

/** A conversation of a coordinator over a store in memory, at a moment that can be moved. */
export async function pulseTalk(members: readonly Member[], hasTemplates = true) {
  const tables = createMemoryStore();
  const moment = { ms: at('2014-03-03T09:00') };
  await tables.members.put(boss, ...members);
  const programmes = { get: () => saman, all: () => [saman] };
  return {
    tables,
    moment,
    /** Presses a button as somebody. */
    press: (verb: string, data: Readonly<Record<string, Json>> = {}, member = boss.id): Promise<Answer> =>
      handle(
        { id: 'e', programme: saman.id, member, workspace: 'lane', event: { kind: 'action', verb, data } },
        { tables, programmes, vocabulary, nowMs: moment.ms, ...(hasTemplates && { pulseTemplates }) },
      ),
  };
}

/** The data of a message, free to be looked at. */
export const dataOf = (message: Message | undefined) => (message?.data ?? {}) as Record<string, any>;

/** The key of the sentence that an answer says. */
export const saidBy = ({ say }: Answer) => dataOf(say[0])['key'] as string | undefined;
