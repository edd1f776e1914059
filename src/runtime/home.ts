import { accountsOf, linkByEmail } from '../core/identity/accounts.js';
import type { VerifiedPerson } from '../core/identity/types.js';
import { languageOf } from '../core/members/member-view.js';
import type { ChatMessage } from '../core/ports/chat.js';
import type { Clock } from '../core/ports/environment.js';
import type { Answer, Interaction, Message } from '../core/ports/interaction.js';
import type { Programmes } from '../core/ports/programmes.js';
import type { Store } from '../core/ports/store.js';
import type { Render } from './render.js';

/** A card, and the programme that it is of. */
export interface Shown {
  readonly message: ChatMessage;
  readonly programme: string;
}

/** Draws a member's own page. `lookUp` asks the platform who the person is; called only for somebody unknown. */
export type HomeOf = (
  workspace: string,
  user: string,
  lookUp: () => Promise<VerifiedPerson>,
) => Promise<Shown | undefined>;

/** Shows what a member asks for, such as `pause`; changes nothing. */
export type ShowOf = (workspace: string, user: string, what: string) => Promise<Shown | undefined>;

export interface HomeOptions {
  readonly store: Store;
  readonly programmes: Programmes;
  readonly render: Render;
  readonly clock: Clock;
  readonly compose: (interaction: Interaction, nowMs: number) => Promise<Message | undefined>;
  /** Answers what changes nothing. */
  readonly answer: (interaction: Interaction, nowMs: number) => Promise<Answer>;
}

/** Creates what draws members' own pages. */
export function createHome(options: HomeOptions): { readonly home: HomeOf; readonly show: ShowOf } {
  const { store, programmes, clock } = options;
  return {
    async home(workspace, user, lookUp) {
      let accounts = await accountsOf(store, programmes, workspace, user);
      if (accounts.length === 0) {
        const person = await lookUp();
        accounts = await store.transact((tables) => linkByEmail(tables, programmes, person, clock.nowMs()));
      }
      const [account] = accounts;
      if (account === undefined) return undefined;
      const interaction = asking(account, workspace, 'coming');
      return rendered(options, account, await options.compose(interaction, clock.nowMs()));
    },
    async show(workspace, user, what) {
      const [account] = await accountsOf(store, programmes, workspace, user);
      if (account === undefined) return undefined;
      const { say } = await options.answer(asking(account, workspace, what), clock.nowMs());
      return rendered(options, account, say[0]);
    },
  };
}

interface Whose {
  readonly programme: string;
  readonly member: string;
}

function asking({ programme, member }: Whose, workspace: string, what: string): Interaction {
  return { id: '', programme, member, workspace, event: { kind: 'action', verb: 'show', data: { what } } };
}

async function rendered(
  { store, programmes, render }: HomeOptions,
  account: Whose,
  message: Message | undefined,
): Promise<Shown | undefined> {
  const programme = programmes.get(account.programme);
  const [member, preferences] = await Promise.all([
    store.members.get(account.programme, account.member),
    store.preferences.get(account.programme, account.member),
  ]);
  if (message === undefined || programme === undefined || member === undefined) return undefined;
  const language = languageOf(programme, member, preferences);
  return { message: render(message, { language, programme }), programme: programme.id };
}
