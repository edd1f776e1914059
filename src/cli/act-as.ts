import { createAccountDirectory, type Chats } from '../core/identity/directory.js';
import { loadVocabulary } from '../adapters/files/vocabulary.js';
import { openTalk, type Talk } from '../core/conversation/context.js';
import { SamlingError } from '../core/errors.js';
import type { Say } from '../core/files/table.js';
import type { Platform } from '../core/identity/types.js';
import type { Chat } from '../core/ports/chat.js';
import type { Answer } from '../core/ports/interaction.js';
import type { Store } from '../core/ports/store.js';
import type { Language } from '../core/programme/language.js';
import type { Programme } from '../core/programme/schema.js';
import { activeMember } from '../core/reminders/member-state.js';
import { speakingTime } from '../core/reminders/speaking-time.js';
import { repliesOf, type SpeakAt } from '../runtime/interactions.js';
import { reachOf } from '../runtime/notices.js';
import { createPlanner } from '../runtime/planner.js';
import { asset } from './assets.js';

/** Who acts on the command line, and on what. */
export interface Acting {
  readonly programme: Programme;
  readonly store: Store;
  /** Id or e-mail address of the member in whose name it is done; their rights hold. */
  readonly by: string;
  /** The language of previews; default: the member's own. */
  readonly language?: Language;
  readonly nowMs: number;
  /** An id for this command, as no event of a platform has. */
  readonly id: string;
  /** Whose accounts count: the platforms that are configured. */
  readonly platforms: readonly Platform[];
  /** Texts for the person at the terminal. */
  readonly say: Say;
}

const silent = (platform: Platform): Chat => {
  const refuse = () =>
    Promise.reject(new SamlingError('INTERNAL', 'The command line sends nothing by itself.'));
  return { platform, send: refuse, update: refuse, remove: refuse, find: refuse };
};

/**
 * Does in one transaction what a member could do in chat, with that member's rights and in their name. What others are
 * told of it waits in the outbox until Samling runs; what the member would be told is for the terminal.
 * @throws SamlingError `ARGUMENT_WRONG` when there is no such member.
 */
export async function actAs<A extends Answer>(
  acting: Acting,
  work: (talk: Talk) => A | Promise<A>,
): Promise<A> {
  const { programme, store, by, nowMs, id } = acting;
  const programmes = {
    get: (of: string) => (of === programme.id ? programme : undefined),
    all: () => [programme],
  };
  const chats: Chats = Object.fromEntries(acting.platforms.map((each) => [each, silent(each)]));
  const directory = await createAccountDirectory({ tables: store, programmes, chats });
  const planner = createPlanner(store, directory);
  const reach = reachOf(directory);
  const vocabulary = loadVocabulary(asset('data', 'conversation', 'commands.json'));
  return store.transact(async (tables) => {
    const members = await tables.members.list(programme.id);
    const member = members.find((each) => each.id === by || each.email?.toLowerCase() === by.toLowerCase());
    const interaction = {
      id,
      programme: programme.id,
      member: member?.id ?? by,
      workspace: '',
      event: { kind: 'text', text: '' } as const,
    };
    const talk = await openTalk(interaction, { tables, programmes, vocabulary, nowMs, reach });
    if (talk === undefined)
      throw new SamlingError(
        'ARGUMENT_WRONG',
        `--by: found "${by}", expected the id or e-mail address of an active member of ${programme.id}.`,
      );
    const answer = await work(talk);
    const { tell, replan } = answer;
    const told: Answer = { say: [], ...(tell && { tell }) };
    const replies = await repliesOf({ directory, speakAt: speakAt(talk) }, tables, interaction, told, nowMs);
    if (replies.length > 0) await tables.outbox.add(replies);
    if (replan === true) await planner.replanIn(tables, programme.id);
    return answer;
  });
}

/** Others are told of it in their working hours, as of what is done in chat. */
function speakAt({ state, nowMs }: Talk): SpeakAt {
  return (_tables, _programme, id) => {
    const member = activeMember(state, id);
    if (member === undefined) return Promise.resolve(nowMs);
    return Promise.resolve(speakingTime(state.programme, member, state.preferences.get(id), nowMs));
  };
}
