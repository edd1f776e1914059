import { Temporal } from 'temporal-polyfill';
import { loadVocabulary } from '../../src/adapters/files/vocabulary.js';
import { createMemoryStore } from '../../src/adapters/store/lowdb/memory.js';
import { handle } from '../../src/core/conversation/handle.js';
import type { Answer, Interaction } from '../../src/core/ports/interaction.js';
import type { Json } from '../../src/core/ports/outbox.js';
import { demoPeople } from '../../src/core/programme/demo-people.js';
import type { Programme } from '../../src/core/programme/schema.js';
import { programmeWith } from './programmes.js';

const vocabulary = loadVocabulary(new URL('../../data/conversation/commands.json', import.meta.url).pathname);
/** The programme in which tests of a conversation talk, unless they bring their own. */
export const talkProgramme = programmeWith('saman');
/** Twelve days before the yearly report is due. */
export const talkMs = Temporal.ZonedDateTime.from('2014-01-20T10:00[Europe/Oslo]').epochMilliseconds;
/** The project leader who speaks, unless the test says who does. */
export const voss = 'voss-project-leader';
let number = 0;

/** A conversation with the core alone: a store in memory with the demo's people, and a mouth and a finger. */
export async function openTalk(world: { programme?: Programme; nowMs?: number } = {}) {
  const { programme, nowMs } = { programme: talkProgramme, nowMs: talkMs, ...world };
  const store = createMemoryStore();
  await store.members.put(...demoPeople(programme));
  const programmes = {
    get: (id: string) => (id === 'saman' ? programme : undefined),
    all: () => [programme],
  };
  const hear = (event: Interaction['event'], rest: Partial<Interaction> = {}): Promise<Answer> => {
    number += 1;
    const base = { id: String(number), programme: 'saman', member: voss, workspace: 'w', event };
    return handle(
      { ...base, ...rest },
      { tables: store, programmes, vocabulary, nowMs, calendarUrl: () => '/x.ics' },
    );
  };
  const press = (verb: string, data: Readonly<Record<string, Json>> = {}, rest: Partial<Interaction> = {}) =>
    hear({ kind: 'action', verb, data }, rest);
  const say = (text: string, rest: Partial<Interaction> = {}) => hear({ kind: 'text', text }, rest);
  return { store, press, say };
}

/** The templates of what was said. */
export const said = (answer: Answer) => answer.say.map((each) => each.template);
/** The text key of the first thing that was said. */
export const key = (answer: Answer) => (answer.say[0]?.data as { key?: string }).key;
/** The state of each event on the card that takes the pressed one's place. */
export const status = (answer: Answer) =>
  (answer.replace?.data as { items: { status: string }[] }).items.map((each) => each.status);
