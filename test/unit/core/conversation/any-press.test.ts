import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { createKnowledge } from '../../../../src/adapters/files/faq-files.js';
import { loadPulseTemplates } from '../../../../src/adapters/files/pulse-templates.js';
import { loadVocabulary } from '../../../../src/adapters/files/vocabulary.js';
import { createMemoryStore } from '../../../../src/adapters/store/lowdb/memory.js';
import { toBlockKit } from '../../../../src/cards/blockkit/index.js';
import { checkLimits } from '../../../../src/cards/blockkit/limits/index.js';
import { asset } from '../../../../src/cli/assets.js';
import { handle } from '../../../../src/core/conversation/handle.js';
import { languageOf } from '../../../../src/core/members/member-view.js';
import type { Message } from '../../../../src/core/ports/interaction.js';
import type { Store, Table, Row } from '../../../../src/core/ports/store.js';
import { demoPeople } from '../../../../src/core/programme/demo-people.js';
import { createNotices, reachOf } from '../../../../src/runtime/notices.js';
import { createFakeChat } from '../../../support/fake-chat.js';
import { createChance, type Chance } from '../../../simulation/chance.js';
import { renderer } from '../../../support/messages.js';
import { inventedPress, pressesOn, type Press } from '../../../support/monkey.js';
import { programmeWith } from '../../../support/programmes.js';

const programme = programmeWith('saman');
const begunMs = Temporal.ZonedDateTime.from('2014-01-20T10:00[Europe/Oslo]').epochMilliseconds;
const HOUR_MS = 3_600_000;
const WALKS = 12;
const STEPS = 250;
const PEOPLE = [
  'sekretariat-coordinator',
  'sekretariat-coordinator-2',
  'ks-network-leader-omdomme',
  'voss-project-leader',
  'voss-union',
  'gjovik-employee',
] as const;

const directory = {
  laneOf: (_: string, member: string) => (member.includes('union') ? undefined : 'slack-lane'),
  recipientOf: () => Promise.resolve(undefined),
  chatOf: () => createFakeChat(),
};
const templates = loadPulseTemplates(asset('data', 'pulses'));
const shared = {
  programmes: { get: (id: string) => (id === programme.id ? programme : undefined), all: () => [programme] },
  vocabulary: loadVocabulary(asset('data', 'conversation', 'commands.json')),
  pulseTemplates: () => templates,
  knowledge: createKnowledge(asset('data', 'faq')),
  calendarUrl: () => 'https://example.org/x.ics',
  reach: reachOf(directory),
};
const KNOWN = [
  ...['', 'gone', 'voss', 'gjovik', 'omdomme', 'omdomme-pulje-2', 'pulje-2', ...PEOPLE],
  ...programme.gatherings.map((each) => each.id),
  ...['arsrapport-2014', 'sluttrapport', 'prosjekthelse', 'heltidskultur'],
];
const TABLES = [
  'notices',
  'sendings',
  'gatherings',
  'pulses',
  'rounds',
  'enquiries',
  'feeds',
  'guests',
] as const;

async function idsIn(store: Store): Promise<readonly string[]> {
  const lists = await Promise.all(
    TABLES.map((name) => (store[name] as unknown as Table<Row>).list(programme.id)),
  );
  return [...KNOWN, ...lists.flat().map((row) => row.id)];
}

/** Draws a message as its reader gets it, on both platforms. @returns its buttons, as somebody might press them. */
function drawn(
  message: Message,
  language: Parameters<typeof renderer.render>[1]['language'],
  chance: Chance,
) {
  const { card } = renderer.render(message, { language, programme });
  for (const surface of ['message', 'modal'] as const) {
    const { messages, view } = toBlockKit(card, { surface });
    for (const payload of surface === 'message' ? messages : [{ view }])
      assert.deepEqual(checkLimits(payload, surface), [], message.template);
  }
  return pressesOn(card, chance);
}

describe('whatever is pressed', function () {
  this.timeout(120_000);

  it('is answered, never with an error, and every answer can be drawn for its reader on both platforms', async () => {
    const seen = new Set<string>();
    for (let seed = 1; seed <= WALKS; seed += 1) {
      const chance = createChance(seed);
      const store = createMemoryStore();
      await store.members.put(...demoPeople(programme));
      const buttons = new Map<string, readonly Press[]>();
      let nowMs = begunMs;
      let member: (typeof PEOPLE)[number] = PEOPLE[0];
      for (let step = 0; step < STEPS; step += 1) {
        if (chance.happens(0.15)) member = chance.pick(PEOPLE);
        const shown = buttons.get(member) ?? [];
        const press =
          shown.length > 0 && chance.happens(0.8)
            ? (shown[chance.below(shown.length)] as Press)
            : inventedPress(chance, await idsIn(store));
        nowMs += chance.below(HOUR_MS);
        if (chance.happens(0.05)) {
          await createNotices({ store, directory }).plan(programme, nowMs);
        }
        const interaction = {
          ...{ id: `${String(seed)}-${String(step)}`, programme: programme.id, member, workspace: 'w' },
          event: { kind: 'action', ...press },
        } as const;
        const where = `seed ${String(seed)}, step ${String(step)}: ${JSON.stringify({ member, ...press })}`;
        try {
          const answer = await store.transact((tables) => handle(interaction, { ...shared, tables, nowMs }));
          const person = demoPeople(programme).find((each) => each.id === member)!;
          const language = languageOf(programme, person, await store.preferences.get(programme.id, member));
          const own = [answer.replace, ...answer.say].filter((each) => each !== undefined);
          const presses = own.flatMap((each) => drawn(each, language, chance));
          if (presses.length > 0) buttons.set(member, presses);
          for (const each of answer.tell ?? []) {
            const more = drawn(each.message, 'nn', chance);
            if (more.length > 0) buttons.set(each.member, more);
          }
          for (const each of own) seen.add(each.template);
        } catch (error) {
          throw new Error(where, { cause: error });
        }
      }
    }
    assert.ok(
      seen.size >= 24,
      `only ${String(seen.size)} kinds of messages were seen: ${[...seen].join(' ')}`,
    );
  });
});
