import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBallotBox } from '../../src/adapters/store/lowdb/ballots/ballot-box.js';
import { createMemoryStore } from '../../src/adapters/store/lowdb/memory.js';
import { loadVocabulary } from '../../src/adapters/files/vocabulary.js';
import { createRenderer } from '../../src/cards/index.js';
import { asset } from '../../src/cli/assets.js';
import type { BallotBox } from '../../src/core/ports/ballots.js';
import { createAccountDirectory } from '../../src/core/identity/directory.js';
import type { Account } from '../../src/core/identity/types.js';
import type { Directory } from '../../src/core/ports/directory.js';
import type { AdaptiveCardJson, Chat, ChatMessage } from '../../src/core/ports/chat.js';
import type { PreviewUrl, SecretAddresses } from '../../src/core/ports/addresses.js';
import type { Json } from '../../src/core/ports/outbox.js';
import type { Knowledge } from '../../src/core/faq/article.js';
import type { Store } from '../../src/core/ports/store.js';
import type { Member } from '../../src/core/members/types.js';
import type { Programme } from '../../src/core/programme/schema.js';
import { pulseSchema, type PulseTemplate } from '../../src/core/pulse/definition.js';
import { createTranslators } from '../../src/i18n/index.js';
import { createSamling } from '../../src/main.js';

/** A fault that would only be logged fails the test. */
const strictLog = (logged: string[]) => ({
  info: (fields: unknown, what: string) => void logged.push(`${what} ${JSON.stringify(fields)}`),
  warn: (fields: unknown, what: string) => void logged.push(`${what} ${JSON.stringify(fields)}`),
  error: (fields: unknown, what: string) => {
    throw new TypeError(`${what}: ${JSON.stringify(fields)}`);
  },
});

export const renderer = createRenderer({
  cardsDir: asset('cards'),
  translators: createTranslators(asset('locales')),
  isChecked: true,
});
export const vocabulary = loadVocabulary(asset('data', 'conversation', 'commands.json'));

/** What a member got or has in place of it, newest last. */
export interface Got {
  readonly delivery: string;
  readonly member: string;
  readonly workspace: string;
  message: ChatMessage;
}

/** A whole Samling with a clock of its own, a chat that takes everything, and ballots in a temporary folder. */
export async function pulseParts(
  programme: Programme,
  members: readonly Member[],
  startMs: number,
  given: {
    store?: Store;
    ballots?: BallotBox;
    templates?: ReadonlyMap<string, PulseTemplate>;
    logged?: string[];
    knowledge?: Knowledge;
    addresses?: SecretAddresses;
    previewUrl?: PreviewUrl;
    /** Members are reached by their accounts in the store; without it each in one place. */
    accounts?: readonly Account[];
  } = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'samling-pulse-'));
  const store = given.store ?? createMemoryStore();
  const ballots =
    given.ballots ?? openBallotBox({ folder: join(folder, 'ballots'), keysFolder: join(folder, 'keys') });
  const { templates } = given;
  const moment = { ms: startMs };
  const got: Got[] = [];
  const programmes = {
    get: (id: string) => (id === programme.id ? programme : undefined),
    all: () => [programme],
  };
  const chat: Chat = {
    platform: 'playground',
    send(to, message, delivery) {
      got.push({ delivery, member: to.member, workspace: to.workspace, message });
      return Promise.resolve({ kind: 'sent', ref: { delivery } });
    },
    update(_to, ref, message) {
      const found = got.find((each) => each.delivery === ref['delivery']);
      if (found !== undefined) found.message = message;
      return Promise.resolve({ kind: 'sent', ref });
    },
    remove(_to, ref) {
      const place = got.findIndex((each) => each.delivery === ref['delivery']);
      if (place >= 0) got.splice(place, 1);
      return Promise.resolve({ kind: 'sent', ref });
    },
    find: () => Promise.resolve('not-sent'),
  };
  const onePlace: Directory = {
    laneOf: () => 'lane',
    recipientOf: (id, member) => Promise.resolve({ programme: id, member, workspace: 'lane', account: {} }),
    chatOf: () => chat,
  };
  await store.accounts.put(...(given.accounts ?? []));
  const chats = {
    slack: { ...chat, platform: 'slack' as const },
    teams: { ...chat, platform: 'teams' as const },
  };
  const samling = createSamling({
    programmes,
    store,
    ballots,
    directory:
      given.accounts === undefined
        ? onePlace
        : await createAccountDirectory({ tables: store, programmes, chats }),
    renderer,
    vocabulary,
    ...(given.knowledge && { knowledge: () => given.knowledge }),
    ...(given.addresses && { addresses: given.addresses }),
    ...(given.previewUrl && { previewUrl: given.previewUrl }),
    ...(templates && { pulseTemplates: () => templates }),
    clock: { nowMs: () => moment.ms },
    log: strictLog(given.logged ?? []),
  });
  await store.members.put(...members);
  let events = 0;
  return {
    samling,
    store,
    ballots,
    moment,
    got,
    /** Moves on, ticking at each instant at which something is due. */
    advance: async (untilMs: number) => {
      for (;;) {
        const planned = await samling.planner.nextDueMs(programme);
        const waiting = [...(await store.outbox.lanes()).values()];
        const next = Math.min(...[...(planned === undefined ? [] : [planned]), ...waiting], Infinity);
        if (next > untilMs) break;
        moment.ms = Math.max(next, moment.ms);
        await samling.tick();
      }
      moment.ms = Math.max(moment.ms, untilMs);
      await samling.tick();
    },
    press: (
      member: string,
      verb: string,
      data: Readonly<Record<string, Json>>,
      id?: string,
      workspace = 'lane',
    ) =>
      samling.receive(
        {
          id: id ?? `event-${String((events += 1))}`,
          programme: programme.id,
          member,
          workspace,
          event: { kind: 'action', verb, data },
        },
        moment.ms,
      ),
    say: (member: string, text: string) =>
      samling.receive(
        {
          id: `event-${String((events += 1))}`,
          programme: programme.id,
          member,
          workspace: 'lane',
          event: { kind: 'text', text },
        },
        moment.ms,
      ),
    async close() {
      await ballots.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
export type PulseParts = Awaited<ReturnType<typeof pulseParts>>;

/** The data that the first button with a verb (and a value, if given) carries. */
export function buttonData(
  card: AdaptiveCardJson,
  verb: string,
  value?: string,
): Record<string, Json> | undefined {
  let found: Record<string, Json> | undefined;
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null || found !== undefined) return;
    const action = node as { type?: string; verb?: string; data?: Record<string, Json> };
    const fits = value === undefined || action.data?.['value'] === value;
    if (action.type === 'Action.Execute' && action.verb === verb && fits) found = action.data;
    else for (const each of Object.values(node)) visit(each);
  };
  visit(card);
  return found;
}

/** A pulse of one scale question, changed as wanted. */
export function pulseWith(change: Record<string, unknown> = {}) {
  return pulseSchema.parse({
    id: 'naervaer',
    title: 'Nærvær',
    intro: 'Vi spør for å lære.',
    questions: [{ id: 'trives', kind: 'scale', text: 'Jeg trives på jobb.', words: 'agree' }],
    schedule: { starts: '2014-03-04' },
    ...change,
  });
}

/** Members of an organisation who are asked. */
export function employees(programme: string, organisation: string, count: number): Member[] {
  return Array.from({ length: count }, (_, index) => ({
    programme,
    id: `${organisation}-asked-${String(index)}`,
    organisation,
    roles: ['project-leader'],
    networks: [],
    active: true,
  }));
}
