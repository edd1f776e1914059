import { FORM_VERBS, isForm } from '../core/conversation/dialogs.js';
import { accountsOf, linkByEmail } from '../core/identity/accounts.js';
import type { VerifiedPerson } from '../core/identity/types.js';
import { languageOf } from '../core/members/member-view.js';
import type { ChatMessage } from '../core/ports/chat.js';
import type { Clock } from '../core/ports/environment.js';
import type { Answer, Interaction, Message } from '../core/ports/interaction.js';
import type { Json } from '../core/ports/outbox.js';
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

/** What a member asks to see: what a button says. */
export interface Asked {
  readonly verb: string;
  readonly data: Readonly<Record<string, Json>>;
  /** The programme of the card that was pressed. */
  readonly programme?: string;
}

/** Shows what a member asks for, such as the pause or a form; changes nothing. Undefined where there is no such. */
export type ShowOf = (workspace: string, user: string, asked: Asked) => Promise<Shown | undefined>;

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
      const interaction = asking(account, workspace, { verb: 'show', data: { what: 'coming' } });
      return rendered(options, account, await options.compose(interaction, clock.nowMs()));
    },
    async show(workspace, user, asked) {
      const isFormAsked = FORM_VERBS.has(asked.verb);
      if (asked.verb !== 'show' && !isFormAsked) return undefined;
      const accounts = await accountsOf(store, programmes, workspace, user);
      const account = accounts.find((each) => each.programme === asked.programme) ?? accounts[0];
      if (account === undefined) return undefined;
      const { say } = await options.answer(asking(account, workspace, asked), clock.nowMs());
      const [message] = say;
      // Why there is no form is said where it stays: in the conversation.
      if (isFormAsked && (message === undefined || !isForm(message))) return undefined;
      return rendered(options, account, message);
    },
  };
}

interface Whose {
  readonly programme: string;
  readonly member: string;
}

function asking({ programme, member }: Whose, workspace: string, { verb, data }: Asked): Interaction {
  return { id: '', programme, member, workspace, event: { kind: 'action', verb, data } };
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
