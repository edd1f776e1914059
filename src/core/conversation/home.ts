import { roleKindsOf } from '../members/member-view.js';
import type { MessageData } from '../messages/schemas.js';
import type { Interaction, Message } from '../ports/interaction.js';
import { message, openTalk, type ConversationDeps } from './context.js';
import { doorsOf } from './doors.js';
import { upcoming } from './events.js';

/** What a member's own page shows: what is coming up, language and pause, and a coordinator's doors. */
export async function composeHome(
  interaction: Interaction,
  deps: ConversationDeps,
): Promise<Message | undefined> {
  const talk = await openTalk(interaction, deps);
  if (talk === undefined) return undefined;
  const { state, member, language } = talk;
  const agenda = upcoming(talk, 'coming').say[0]?.data as MessageData<'agenda'>;
  const isCoordinator = roleKindsOf(state.programme, member).includes('coordinator');
  const requests = isCoordinator ? await deps.tables.accessRequests.list(state.programme.id) : [];
  return message('home', {
    agenda,
    programme: state.programme.name,
    languages: state.programme.languages.filter((each) => each !== language),
    isCoordinator,
    openRequests: requests.filter((each) => each.state === 'open').length,
    doors: [...doorsOf(state.programme, member)],
  });
}
