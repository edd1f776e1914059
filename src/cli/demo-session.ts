import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openPlaygroundChat } from '../adapters/chat/playground/chat.js';
import type { ListedMember, PlaygroundSession } from '../adapters/chat/playground/session.js';
import { openLowdbStore } from '../adapters/store/lowdb/persistence.js';
import { calendarFile } from '../adapters/web/calendar-file.js';
import type { Renderer } from '../cards/index.js';
import type { Vocabulary } from '../core/conversation/understand.js';
import { instantMs } from '../core/calendar/quiet-hours.js';
import { languageOf, personOf } from '../core/members/member-view.js';
import type { Directory } from '../core/ports/directory.js';
import type { Interaction } from '../core/ports/interaction.js';
import type { Json } from '../core/ports/outbox.js';
import type { Store } from '../core/ports/store.js';
import { demoPeople } from '../core/programme/demo-people.js';
import { textIn } from '../core/programme/language.js';
import { occurrenceOf, occurrencesOf } from '../core/programme/occurrences.js';
import type { Programme } from '../core/programme/schema.js';
import { createSamling, type Samling } from '../main.js';
import type { Log } from '../runtime/dispatcher.js';
import { Temporal } from 'temporal-polyfill';

export interface DemoSessionOptions {
  readonly programme: Programme;
  readonly folder: string;
  readonly renderer: Renderer;
  readonly vocabulary: Vocabulary;
  readonly log: Log;
}

const DAY_MS = 86_400_000;
/** The playground is one workspace. */
const LANE = 'playground';
/** "Next event" looks no further than this. */
const HORIZON_DAYS = 3 * 366;

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
  const { programme, folder, renderer, vocabulary, log } = options;
  await mkdir(folder, { recursive: true });
  const store = await openLowdbStore(join(folder, 'store'));
  let nowMs = await startMs(store, programme);
  const clock = { nowMs: () => nowMs };
  const chat = openPlaygroundChat(join(folder, 'chat.jsonl'), clock);
  if ((await store.members.list(programme.id)).length === 0)
    await store.members.put(...demoPeople(programme));
  const directory: Directory = {
    laneOf: () => LANE,
    recipientOf: (id, member) => Promise.resolve({ programme: id, member, workspace: LANE, account: {} }),
    chatOf: () => chat,
  };
  const programmes = {
    get: (id: string) => (id === programme.id ? programme : undefined),
    all: () => [programme],
  };
  const samling = createSamling({
    programmes,
    store,
    directory,
    renderer,
    vocabulary,
    clock,
    log,
    calendarUrl: (_programme, occurrence, member) =>
      `/calendar/${programme.id}/${occurrence.id}/${languageOf(programme, member)}.ics`,
  });

  async function setClock(ms: number): Promise<void> {
    nowMs = ms;
    await store.settings.put({ programme: programme.id, id: 'demo-clock', value: String(ms) });
  }

  /** The next instant at which something is planned or waits to be sent. */
  async function nextMs(): Promise<number | undefined> {
    const planned = await samling.planner.nextDueMs(programme);
    const waiting = [...(await store.outbox.lanes()).values()];
    const all = [...(planned === undefined ? [] : [planned]), ...waiting].map((ms) => Math.max(ms, nowMs));
    return all.length === 0 ? undefined : Math.min(...all);
  }

  async function advance(untilMs: number): Promise<void> {
    for (;;) {
      const next = await nextMs();
      if (next === undefined || next > untilMs) break;
      await setClock(next);
      await samling.tick();
    }
    if (untilMs > nowMs) await setClock(untilMs);
  }

  async function hear(member: string, event: Interaction['event'], delivery?: string): Promise<void> {
    const interaction: Interaction = {
      id: randomUUID(),
      programme: programme.id,
      member,
      workspace: LANE,
      event,
      ...(delivery === undefined ? {} : { delivery, message: { delivery } }),
    };
    const received = await samling.receive(interaction, nowMs);
    if (received.kind === 'handled' && received.replace !== undefined && delivery !== undefined) {
      const [row, preferences] = await Promise.all([
        store.members.get(programme.id, member),
        store.preferences.get(programme.id, member),
      ]);
      const language = row === undefined ? 'en' : languageOf(programme, row, preferences);
      const card = renderer.render(received.replace, { language, programme });
      await chat.update(
        { programme: programme.id, member, workspace: LANE, account: {} },
        { delivery },
        card,
      );
    }
    await samling.tick();
  }

  /** Moves to the next instant at which somebody is told something. */
  async function toNext(): Promise<boolean> {
    const before = total(chat.received());
    const horizon = nowMs + HORIZON_DAYS * DAY_MS;
    for (;;) {
      const next = await nextMs();
      if (next === undefined || next > horizon) return false;
      await setClock(next);
      await samling.tick();
      if (total(chat.received()) > before) return true;
    }
  }

  return {
    id: programme.id,
    name: programme.name,
    languages: programme.languages,
    zone: programme.zone,
    samling,
    store,
    advance,
    now: () => nowMs,
    members: () => listMembers(store, programme, chat.received()),
    linesOf: (member) => chat.linesOf(member),
    async say(member, text) {
      chat.said(member, text);
      await hear(member, { kind: 'text', text });
    },
    act: (member, delivery, verb, data) =>
      hear(member, { kind: 'action', verb, data: data as Readonly<Record<string, Json>> }, delivery),
    async move(by) {
      if (by === 'next') return toNext();
      await advance(nowMs + (by === 'day' ? 1 : 7) * DAY_MS);
      return (await nextMs()) !== undefined;
    },
    listen: (listener) => chat.listen(listener),
    calendarFile(event, language) {
      const occurrence = occurrenceOf(programme, event);
      return occurrence === undefined ? undefined : calendarFile(programme, occurrence, language);
    },
    async close() {
      chat.close();
      await store.close();
    },
  };
}

function total(received: ReadonlyMap<string, number>): number {
  return [...received.values()].reduce((sum, count) => sum + count, 0);
}

/** The stored clock; else nine o'clock, two months before the best known stretch of the programme. */
async function startMs(store: Store, programme: Programme): Promise<number> {
  const stored = await store.settings.get(programme.id, 'demo-clock');
  if (stored !== undefined) return Number(stored.value);
  const dates = occurrencesOf(programme).map((each) => each.starts);
  const middle = dates[Math.floor(dates.length * 0.75)];
  const start =
    middle === undefined
      ? Temporal.PlainDate.from(programme.cohorts[0]?.starts ?? '2016-10-03')
      : Temporal.PlainDate.from(middle).subtract({ months: 2 });
  return instantMs(start, programme.policy.nudgeAt, programme.zone);
}

async function listMembers(
  store: Store,
  programme: Programme,
  received: ReadonlyMap<string, number>,
): Promise<readonly ListedMember[]> {
  const members = await store.members.list(programme.id);
  return Promise.all(
    members.map(async (member) => {
      const preferences = await store.preferences.get(programme.id, member.id);
      const language = languageOf(programme, member, preferences);
      const person = personOf(programme, member);
      return {
        id: member.id,
        role: textIn(person.role, language, programme.languages),
        organisation: textIn(person.organisation, language, programme.languages),
        language,
        received: received.get(member.id) ?? 0,
      };
    }),
  );
}
