import type { Interaction } from '../../src/core/ports/interaction.js';
import type { Json } from '../../src/core/ports/outbox.js';
import type { Received } from '../../src/runtime/interactions.js';
import { elementsOf } from '../support/elements.js';
import type { Posted } from './platforms.js';
import type { World } from './simulate-year.js';

/** What was answered to a member, and must not be lost: a row, or an answer in a ballot box. */
export interface Confirmed {
  readonly programme: string;
  readonly member: string;
  readonly table: 'submissions' | 'snoozes' | 'handovers' | 'seats';
  readonly row: string;
  readonly atMs: number;
}

type Then = (received: Received) => void;

interface Moment {
  readonly atMs: number;
  readonly act: () => void;
}

/** What members do with what they get. */
export interface Habits {
  /** What was confirmed, by event id. */
  readonly confirmed: ReadonlyMap<string, Confirmed>;
  /** Ids of texts that members wrote, in the order in which they were handled, by member. */
  readonly heard: ReadonlyMap<string, readonly string[]>;
  /** Tokens of ballots that cards carried. */
  readonly tokens: ReadonlySet<string>;
  /** Takes what is planned before an instant, in order. */
  until(ms: number): readonly Moment[];
}

const MINUTE_MS = 60_000;
/** How long a platform waits before it repeats an event that was not answered. */
const REPEAT_MS = 40_000;
const TABLES = { 'handed-in': 'submissions', snooze: 'snoozes', 'not-mine': 'handovers' } as const;

/** Creates the members' habits: they press some of what they get, once or twice, and write now and then. */
export function createHabits(world: World): Habits {
  const { chance, time, platforms } = world;
  const planned: Moment[] = [];
  const confirmed = new Map<string, Confirmed>();
  const heard = new Map<string, string[]>();
  const tokens = new Set<string>();
  let events = 0;
  const say = (interaction: Interaction, then: Then) => void deliver(world, interaction, then);
  const press = (posted: Posted, verb: string, data: Readonly<Record<string, Json>>) => {
    const { programme, member, workspace } = posted.to;
    const id = `press-${String((events += 1))}`;
    const sent = verb === 'not-mine' ? 'not-mine-send' : verb;
    const event = { kind: 'action', verb: sent, data } as const;
    const interaction = { id, programme, member, workspace, event, delivery: posted.delivery };
    const what = confirmation(posted, verb, data);
    const then = (received: Received) => {
      // "Too late to be told later" changes no card, and promises nothing.
      const isPromise =
        received.kind === 'handled' ? received.replace !== undefined : what.table !== 'snoozes';
      if (isPromise && !confirmed.has(id)) confirmed.set(id, { ...what, atMs: time.nowMs() });
    };
    say(interaction, then);
    if (chance.happens(0.2)) say(interaction, then);
  };
  const write = ({ to: { programme, member, workspace } }: Posted) => {
    for (const text of ['frister', 'samlinger', 'språk']) {
      const id = `text-${String((events += 1))}`;
      const interaction = { id, programme, member, workspace, event: { kind: 'text', text } as const };
      const key = `${programme}/${member}`;
      say(interaction, () => {
        const list = heard.get(key) ?? [];
        if (!list.includes(id)) heard.set(key, [...list, id]);
      });
    }
  };
  platforms.onPosted = (posted) => {
    const buttons = elementsOf(posted.card).filter((each) => typeof each['verb'] === 'string');
    for (const { data } of buttons) {
      const token = (data as { token?: unknown } | undefined)?.token;
      if (typeof token === 'string') tokens.add(token);
    }
    if (posted.delivery.startsWith('reply/')) return;
    const wanted = buttons.filter((each) => WANTED.has(String(each['verb'])));
    const [first, ...rest] = wanted;
    const atMs = time.nowMs() + chance.below(30 * 60) * MINUTE_MS;
    if (first !== undefined && chance.happens(0.4)) {
      const { verb, data } = chance.pick([first, ...rest]);
      const given = data as Readonly<Record<string, Json>>;
      planned.push({ atMs, act: () => press(posted, verb as string, given) });
    }
    if (chance.happens(0.1)) planned.push({ atMs, act: () => write(posted) });
  };
  return {
    ...{ confirmed, heard, tokens },
    until(ms) {
      const due = planned.filter((each) => each.atMs < ms).sort((a, b) => a.atMs - b.atMs);
      for (const each of due) planned.splice(planned.indexOf(each), 1);
      return due;
    },
  };
}

const WANTED = new Set(['handed-in', 'snooze', 'not-mine', 'pulse-answer']);

function confirmation({ to }: Posted, verb: string, data: Readonly<Record<string, Json>>) {
  const { programme, member } = to;
  const about = { programme, member };
  if (verb === 'pulse-answer')
    return { ...about, table: 'seats', row: `${data['round'] as string}/${member}` } as const;
  const table = TABLES[verb as keyof typeof TABLES];
  const whose = verb === 'handed-in' ? member.replace(/-.*/, '') : member;
  return { ...about, table, row: `${data['event'] as string}/${whose}` };
}

/** Hands an event to a process as a platform does: again and again until one answers that it has it. */
async function deliver(world: World, interaction: Interaction, then: Then): Promise<void> {
  const { chance, time, processes } = world;
  for (;;) {
    const running = processes[chance.below(processes.length)];
    if (running !== undefined) {
      const nowMs = time.nowMs() + running.skewMs;
      const died = running.life.over.then(() => 'died' as const);
      const answer = await Promise.race([
        died,
        running.samling.receive(interaction, nowMs).catch(() => 'failed' as const),
      ]);
      if (typeof answer === 'object' && answer.kind !== 'busy') {
        then(answer);
        running.samling.hub.dispatch();
        return;
      }
    }
    await time.sleep(REPEAT_MS);
  }
}
