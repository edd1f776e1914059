import { accountsOf, linkByEmail } from '../core/identity/accounts.js';
import { answerStranger } from '../core/identity/stranger.js';
import {
  accountId,
  INSTALLS,
  PLATFORM_NAMES,
  type Account,
  type VerifiedPerson,
} from '../core/identity/types.js';
import type { ChatMessage } from '../core/ports/chat.js';
import type { Directory } from '../core/ports/directory.js';
import type { Clock } from '../core/ports/environment.js';
import type { Interaction, Message } from '../core/ports/interaction.js';
import type { Programmes } from '../core/ports/programmes.js';
import type { Store } from '../core/ports/store.js';
import { repliesOf, type Received } from './interactions.js';
import { idOfEmail } from './member-id.js';
import type { LanguageIn } from './member-language.js';
import type { Heard, Incoming } from './heard.js';
import type { PlatformHub } from './platform.js';
import type { Planner } from './planner.js';
import type { Render } from './render.js';

export interface HearingOptions {
  readonly store: Store;
  readonly programmes: Programmes;
  readonly directory: Directory;
  readonly planner: Planner;
  readonly receive: (interaction: Interaction, nowMs: number) => Promise<Received>;
  readonly render: Render;
  readonly languageOf: LanguageIn;
  readonly clock: Clock;
}

/** A stranger's event that takes longer is handled again when it is repeated. */
const LEASE_MS = 60_000;

/** Creates what finds out who speaks in which programme, links whom the platform vouches for, and hands it on. */
export function createHearing(options: HearingOptions): Pick<PlatformHub, 'hear' | 'link'> {
  const { store, programmes, clock } = options;
  const linked = async (person: VerifiedPerson) => {
    const accounts = await store.transact((tables) => linkByEmail(tables, programmes, person, clock.nowMs()));
    for (const each of accounts) await welcome(options, each);
    return accounts;
  };
  return {
    async hear(incoming, lookUp) {
      const { workspace, user } = incoming;
      const atHand = options.directory.accountsAt?.(workspace, user) ?? [];
      const known = atHand.length > 0 ? atHand : await accountsOf(store, programmes, workspace, user);
      if (known.length > 0) return hearMember(options, incoming, known);
      const person = await lookUp();
      const accounts = await linked(person);
      return accounts.length === 0
        ? hearStranger(options, incoming, person)
        : hearMember(options, incoming, accounts);
    },
    link: async (person) => (await linked(person)).length > 0,
  };
}

/** What is due is told from now on; who has several accounts is asked where. */
async function welcome(options: HearingOptions, account: Account): Promise<void> {
  const { store, directory, planner, clock } = options;
  const { programme, member } = account;
  const accounts = (await store.accounts.list(programme)).filter(
    (each) => each.member === member && each.state === 'active',
  );
  await directory.refresh?.(programme);
  await planner.replan(programme);
  if (accounts.length < 2) return;
  const choices = await Promise.all(
    accounts.map(async (each) => ({ id: each.id, place: await placeOf(store, each) })),
  );
  const ask: Message = { template: 'reach', data: { current: accounts[0]?.id ?? '', choices } };
  const id = `reach/${account.id}`;
  const answer = { say: [], tell: [{ member, message: ask }] };
  const nowMs = clock.nowMs();
  await store.transact(async (tables) =>
    tables.outbox.add(await repliesOf({ directory }, tables, { id, programme, member }, answer, nowMs)),
  );
}

async function placeOf(store: Store, { workspace, platform }: Account): Promise<string> {
  const install = await store.installs.get(INSTALLS, workspace);
  return install?.name === undefined
    ? PLATFORM_NAMES[platform]
    : `${PLATFORM_NAMES[platform]}: ${install.name}`;
}

async function hearMember(
  options: HearingOptions,
  incoming: Incoming,
  accounts: readonly Account[],
): Promise<Heard> {
  const { store, programmes, receive, render, clock } = options;
  const account = await spokenTo(options, incoming, accounts);
  if (account.state === 'unreachable') await reachAgain(options, account);
  const { id, workspace, event, message, place, delivery, isDialog, locale } = incoming;
  const { programme, member } = account;
  const interaction = {
    id,
    programme,
    member,
    workspace,
    event,
    message,
    place,
    delivery,
    isDialog,
    locale,
  };
  const received = await receive(interaction, clock.nowMs());
  if (received.kind !== 'handled') return received;
  const found = programmes.get(programme);
  if (received.replace === undefined || found === undefined) return { kind: 'member' };
  const { replace } = received;
  const language = received.language ?? (await options.languageOf(store, programme, member)) ?? 'en';
  let rendered: ChatMessage | undefined;
  return {
    kind: 'member',
    // Drawn when it is asked for: after the request has been answered, where the platform allows.
    get replace() {
      return (rendered ??= render(replace, { language, programme: found }));
    },
  };
}

/** The account in the programme that the card is of; else in the one that told the person something last. */
async function spokenTo(
  { store }: HearingOptions,
  incoming: Incoming,
  accounts: readonly Account[],
): Promise<Account> {
  const [first] = accounts as readonly [Account, ...Account[]];
  const named = accounts.find((each) => each.programme === incoming.programme);
  if (named !== undefined || accounts.length === 1) return named ?? first;
  const latest = await Promise.all(
    accounts.map(async (account) => {
      const [entry] = await store.outbox.ofMember(account.programme, account.member, 1);
      return { account, atMs: entry?.notBeforeMs ?? -Infinity };
    }),
  );
  return latest.reduce((best, each) => (each.atMs > best.atMs ? each : best)).account;
}

/** Somebody who writes can be reached. */
async function reachAgain({ store, directory, planner }: HearingOptions, account: Account): Promise<void> {
  const { reason, ...rest } = account;
  await store.accounts.put({ ...rest, state: 'active' });
  await directory.refresh?.(account.programme);
  await planner.replan(account.programme);
}

async function hearStranger(
  options: HearingOptions,
  { id, event, locale }: Incoming,
  person: VerifiedPerson,
): Promise<Heard> {
  const { store, programmes, directory, render, clock } = options;
  const nowMs = clock.nowMs();
  const claim = await store.claims.claim(INSTALLS, id, nowMs, LEASE_MS);
  if (claim !== 'mine') return { kind: claim === 'busy' ? 'busy' : 'done-before' };
  const newId = idOfEmail(person.email ?? accountId(person.workspace, person.user));
  const answer = await store.transact(async (tables) => {
    const answered = await answerStranger(person, event, { tables, programmes, nowMs, newId });
    if (answered !== undefined) {
      const about = { id, programme: answered.programme.id, member: '' };
      await tables.outbox.add(await repliesOf({ directory }, tables, about, { ...answered, say: [] }, nowMs));
    }
    await tables.claims.done(INSTALLS, id);
    return answered;
  });
  if (answer === undefined) return { kind: 'stranger', say: [] };
  const { programme, replace, say } = answer;
  const language =
    locale !== undefined && programme.languages.includes(locale) ? locale : (programme.languages[0] ?? 'en');
  const rendered = (message: Message) => render(message, { language, programme });
  return {
    kind: 'stranger',
    say: say.map(rendered),
    ...(replace === undefined ? {} : { replace: rendered(replace) }),
  };
}
