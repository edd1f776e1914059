import type { Json } from '../../src/core/ports/outbox.js';
import { elementsOf, type Element } from '../support/elements.js';
import { deliver } from './deliver.js';
import type { Posted } from './platforms.js';
import { createWords, type Words } from './words.js';
import type { World } from './world.js';

/** What was answered to a member, and must not be lost: a row, or an answer in a ballot box. */
export interface Confirmed {
  readonly programme: string;
  readonly member: string;
  readonly table: 'submissions' | 'snoozes' | 'handovers' | 'receipts' | 'seats';
  readonly row: string;
}

interface Moment {
  readonly atMs: number;
  readonly act: () => void;
}

/** What members do with what they get. */
export interface Habits {
  /** What was confirmed, by event id. */
  readonly confirmed: ReadonlyMap<string, Confirmed>;
  /** What was said last of what can be said anew: that something is handed in, and answers on ballots. */
  readonly words: Words;
  /** Ids of texts that members wrote, in the order in which they were handled, by member. */
  readonly heard: ReadonlyMap<string, readonly string[]>;
  /** Tokens of ballots that cards carried. */
  readonly tokens: ReadonlySet<string>;
  /** Who pressed an answer on a ballot, by programme and round. */
  readonly voters: ReadonlyMap<string, ReadonlySet<string>>;
  /** Takes what is planned before an instant, in order. */
  until(ms: number): readonly Moment[];
}

type Data = Readonly<Record<string, Json>>;

const textOf = (value: Json | undefined) => (typeof value === 'string' ? value : JSON.stringify(value));

const MINUTE_MS = 60_000;
/** What is pressed, and where the answer to it is kept. */
const TABLES = {
  'handed-in': 'submissions',
  snooze: 'snoozes',
  'not-mine': 'handovers',
  'notice-read': 'receipts',
  'pulse-answer': 'seats',
} as const;
type Verb = keyof typeof TABLES;

/** Creates the members' habits: they press some of what they get, change their minds, and write now and then. */
export function createHabits(world: World): Habits {
  const { chance, time, platforms } = world;
  const planned: Moment[] = [];
  const confirmed = new Map<string, Confirmed>();
  const heard = new Map<string, string[]>();
  const tokens = new Set<string>();
  const voters = new Map<string, Set<string>>();
  const words = createWords();
  let events = 0;
  const plan = (withinMinutes: number, act: () => void) =>
    void planned.push({ atMs: time.nowMs() + chance.below(withinMinutes) * MINUTE_MS, act });
  const press = (posted: Posted, verb: Verb | 'undo-handed-in', data: Data) => {
    const { programme, member, workspace } = posted.to;
    const id = `press-${String((events += 1))}`;
    const sent = verb === 'not-mine' ? 'not-mine-send' : verb;
    const event = { kind: 'action', verb: sent, data } as const;
    const what = verb === 'undo-handed-in' ? undefined : confirmation(posted, verb, data);
    const word = wordOf(posted, verb, data);
    if (what?.table === 'seats') {
      const round = `${programme}/${textOf(data['round'])}`;
      voters.set(round, new Set([...(voters.get(round) ?? []), member]));
    }
    const interaction = { id, programme, member, workspace, event, delivery: posted.delivery };
    deliver(world, interaction, ({ received, beganMs }) => {
      words.handled(id, word, received, { beganMs, endedMs: time.nowMs() });
      // "Too late to be told later" changes no card, and promises nothing.
      const isPromise =
        received.kind === 'handled' ? received.replace !== undefined : what?.table !== 'snoozes';
      if (what !== undefined && isPromise && !confirmed.has(id)) confirmed.set(id, what);
    });
  };
  const write = ({ to: { programme, member, workspace } }: Posted) => {
    for (const text of ['frister', 'samlinger', 'språk']) {
      const id = `text-${String((events += 1))}`;
      const interaction = { id, programme, member, workspace, event: { kind: 'text', text } as const };
      const key = `${programme}/${member}`;
      deliver(world, interaction, ({ received }) => {
        if (received.kind === 'handled') heard.set(key, [...(heard.get(key) ?? []), id]);
      });
    }
  };
  const changeMind = (posted: Posted, verb: Verb, data: Data, buttons: readonly Element[]) => {
    if (verb === 'handed-in' && chance.happens(0.3))
      plan(20 * 60, () => press(posted, 'undo-handed-in', { event: data['event'] ?? '' }));
    if (verb !== 'pulse-answer' || !chance.happens(0.6)) return;
    const others = buttons.filter((each) => each['verb'] === verb && each['data'] !== data);
    const [first, ...rest] = others;
    if (first === undefined) return;
    const other = chance.pick([first, ...rest])['data'] as Data;
    plan(20 * 60, () => press(posted, verb, other));
  };
  platforms.onPosted = (posted) => {
    const buttons = elementsOf(posted.card).filter((each) => typeof each['verb'] === 'string');
    for (const { data } of buttons) {
      const token = (data as { token?: unknown } | undefined)?.token;
      if (typeof token === 'string') tokens.add(token);
    }
    if (posted.delivery.startsWith('reply/')) return;
    const [first, ...rest] = buttons.filter((each) => Object.hasOwn(TABLES, String(each['verb'])));
    const isBallot = first?.['verb'] === 'pulse-answer';
    if (first !== undefined && chance.happens(isBallot ? 0.8 : 0.4)) {
      const chosen = chance.pick([first, ...rest]);
      const [verb, data] = [chosen['verb'] as Verb, chosen['data'] as Data];
      plan(30 * 60, () => {
        press(posted, verb, data);
        changeMind(posted, verb, data, buttons);
      });
    }
    if (chance.happens(0.1)) plan(30 * 60, () => write(posted));
  };
  return {
    ...{ confirmed, words, heard, tokens, voters },
    until(ms) {
      const due = planned.filter((each) => each.atMs < ms).sort((a, b) => a.atMs - b.atMs);
      for (const each of due) planned.splice(planned.indexOf(each), 1);
      return due;
    },
  };
}

function confirmation({ to }: Posted, verb: Verb, data: Data): Confirmed {
  const { programme, member } = to;
  const subject = { 'pulse-answer': 'round', 'notice-read': 'sending' }[verb as string] ?? 'event';
  const whose = verb === 'handed-in' ? member.replace(/-.*/, '') : member;
  return { programme, member, table: TABLES[verb], row: `${textOf(data[subject])}/${whose}` };
}

/** What a press says that a later one can say anew. */
function wordOf({ to }: Posted, verb: string, data: Data) {
  const { programme, member } = to;
  if (verb === 'handed-in' || verb === 'undo-handed-in') {
    const row = `${textOf(data['event'])}/${member.replace(/-.*/, '')}`;
    return { key: `submissions ${programme} ${row}`, value: verb };
  }
  if (verb !== 'pulse-answer') return undefined;
  const { round, token, question, value } = data;
  const key = `ballot ${programme} ${textOf(round)}/${textOf(token)}/${textOf(question)}`;
  return { key, value: textOf(value) };
}
