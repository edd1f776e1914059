import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openPlaygroundChat, type PlaygroundChat } from '../adapters/chat/playground/chat.js';
import type { PlaygroundSession } from '../adapters/chat/playground/session.js';
import { createKnowledge } from '../adapters/files/faq-files.js';
import { openBallotBox } from '../adapters/store/lowdb/ballots/ballot-box.js';
import { openLowdbStore } from '../adapters/store/lowdb/persistence.js';
import { calendarFile } from '../adapters/web/calendar-file.js';
import { answerFeed, createSecretAddresses } from '../adapters/web/feed-mount.js';
import { createPreviewUrl } from '../adapters/web/preview/address.js';
import { answerPreview } from '../adapters/web/preview/mount.js';
import type { Renderer } from '../cards/index.js';
import type { Vocabulary } from '../core/conversation/understand.js';
import { calendarEntry } from '../core/gatherings/calendar.js';
import { languageOf } from '../core/members/member-view.js';
import type { BallotBox } from '../core/ports/ballots.js';
import type { Directory } from '../core/ports/directory.js';
import type { Interaction, Message } from '../core/ports/interaction.js';
import type { Json } from '../core/ports/outbox.js';
import type { Programmes } from '../core/ports/programmes.js';
import type { Store } from '../core/ports/store.js';
import { demoPeople } from '../core/programme/demo-people.js';
import type { Language } from '../core/programme/language.js';
import type { Programme } from '../core/programme/schema.js';
import type { PulseTemplate } from '../core/pulse/definition.js';
import type { CalendarUrl } from '../core/reminders/event-item.js';
import type { Translators } from '../i18n/index.js';
import { createSamling, type Samling } from '../main.js';
import type { Log } from '../runtime/dispatcher.js';
import { createSealer, type Sealer } from '../runtime/sealed.js';
import { asset } from './assets.js';
import { clockOf, startMs, type ClockParts, type Moment } from './demo-clock.js';
import { listMembers } from './demo-members.js';
import { feedParts } from './feed-parts.js';

export interface DemoSessionOptions {
  readonly programme: Programme;
  readonly folder: string;
  readonly renderer: Renderer;
  readonly translators: Translators;
  readonly vocabulary: Vocabulary;
  readonly pulseTemplates?: () => ReadonlyMap<string, PulseTemplate>;
  readonly log: Log;
}

/** The playground is one workspace. */
const LANE = 'playground';

/** A demo programme running on a clock of its own, in a folder of its own. */
export interface DemoSession extends PlaygroundSession {
  readonly samling: Samling;
  readonly store: Store;
  /** Goes from one due instant to the next until `untilMs`, ticking at each. */
  advance(untilMs: number): Promise<void>;
  close(): Promise<void>;
}

/** Opens a demo programme; what it said and heard before is still there. */
export async function openDemoSession(options: DemoSessionOptions): Promise<DemoSession> {
  const { programme, folder } = options;
  await mkdir(folder, { recursive: true });
  const store = await openLowdbStore(join(folder, 'store'));
  const ballots = openBallotBox({
    folder: join(folder, 'store', 'ballots'),
    keysFolder: join(folder, 'keys'),
  });
  const moment = { ms: await startMs(store, programme) };
  const chat = openPlaygroundChat(join(folder, 'chat.jsonl'), { nowMs: () => moment.ms });
  if ((await store.members.list(programme.id)).length === 0)
    await store.members.put(...demoPeople(programme));
  // Addresses of drafts end with the demo.
  const sealer = createSealer([randomBytes(32).toString('base64')]);
  const samling = compose(options, { store, ballots, chat, moment, sealer });
  const parts = { programme, store, chat, samling, moment };
  return {
    id: programme.id,
    name: programme.name,
    languages: programme.languages,
    zone: programme.zone,
    samling,
    store,
    ...clockOf(parts),
    ...conversationOf(parts, options.renderer),
    members: () => listMembers(store, programme, chat.received()),
    linesOf: (member) => chat.linesOf(member),
    listen: (listener) => chat.listen(listener),
    ...filesOf(parts, options, sealer),
    async close() {
      chat.close();
      await ballots.close();
      await store.close();
    },
  };
}

/** What lies at web addresses. */
function filesOf(
  { programme, store, moment }: ClockParts,
  { renderer, translators }: DemoSessionOptions,
  sealer: Sealer,
) {
  const given = { programmes: onlyOne(programme), store, clock: { nowMs: () => moment.ms } };
  const feeds = { ...given, ...feedParts(translators) };
  const previews = { ...given, renderer, translators, sealer };
  return {
    async calendarFile(event: string, language: Language) {
      const entry = calendarEntry(programme, await store.gatherings.list(programme.id), event);
      return entry === undefined ? undefined : calendarFile(programme, entry, language);
    },
    feed: (file: string) => answerFeed(feeds, programme.id, file),
    preview: (token: string, base: string) =>
      answerPreview({ ...previews, calendarUrl: calendarUrlIn(base) }, programme.id, token),
  };
}

interface DemoStores {
  readonly store: Store;
  readonly ballots: BallotBox;
  readonly chat: PlaygroundChat;
  readonly moment: Moment;
  readonly sealer: Sealer;
}

const onlyOne = (programme: Programme): Programmes => ({
  get: (id) => (id === programme.id ? programme : undefined),
  all: () => [programme],
});

/** The playground gives calendars out to whoever asks: it holds no secret. */
const calendarUrlIn =
  (base = ''): CalendarUrl =>
  (programme, occurrence, language) =>
    `${base}/calendar/${programme.id}/${occurrence.id}/${language}.ics`;

function compose(options: DemoSessionOptions, demo: DemoStores): Samling {
  const { store, ballots, chat, moment, sealer } = demo;
  const { programme, renderer, vocabulary, pulseTemplates, log } = options;
  const directory: Directory = {
    laneOf: () => LANE,
    recipientOf: (id, member) => Promise.resolve({ programme: id, member, workspace: LANE, account: {} }),
    chatOf: () => chat,
  };
  return createSamling({
    knowledge: createKnowledge(asset('data', 'faq')),
    programmes: onlyOne(programme),
    addresses: createSecretAddresses(''),
    previewUrl: createPreviewUrl('', sealer),
    store,
    ballots,
    directory,
    renderer,
    vocabulary,
    ...(pulseTemplates && { pulseTemplates }),
    clock: { nowMs: () => moment.ms },
    log,
    calendarUrl: calendarUrlIn(),
  });
}

function conversationOf({ programme, store, chat, samling, moment }: ClockParts, renderer: Renderer) {
  const replace = async (member: string, delivery: string, message: Message) => {
    const [row, preferences] = await Promise.all([
      store.members.get(programme.id, member),
      store.preferences.get(programme.id, member),
    ]);
    if (row === undefined) return;
    const card = renderer.render(message, { language: languageOf(programme, row, preferences), programme });
    await chat.update({ programme: programme.id, member, workspace: LANE, account: {} }, { delivery }, card);
  };
  const hear = async (member: string, event: Interaction['event'], delivery?: string) => {
    const origin = delivery === undefined ? {} : { delivery, message: { delivery } };
    const interaction = {
      id: randomUUID(),
      programme: programme.id,
      member,
      workspace: LANE,
      event,
      ...origin,
    };
    const received = await samling.receive(interaction, moment.ms);
    if (received.kind === 'handled' && received.replace !== undefined && delivery !== undefined) {
      await replace(member, delivery, received.replace);
    }
    await samling.tick();
  };
  return {
    async say(member: string, text: string) {
      chat.said(member, text);
      await hear(member, { kind: 'text', text });
    },
    act: (member: string, delivery: string, verb: string, data: Readonly<Record<string, unknown>>) =>
      hear(member, { kind: 'action', verb, data: data as Readonly<Record<string, Json>> }, delivery),
  };
}
