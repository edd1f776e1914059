import type { DemoSession } from '../../src/cli/demo-session.js';
import { elementsOf } from './elements.js';

export const DAY_MS = 86_400_000;

/** A button that a member will press, and the row by which it is known to have been pressed. */
export interface Press {
  readonly member: string;
  readonly delivery: string;
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly table: 'submissions' | 'snoozes' | 'handovers';
  readonly row: string;
}

/** Every so manieth nudge makes its member hand in, be told later, or say that it is not theirs; others do nothing. */
const HABITS = ['handed-in', 'snooze', 'not-mine', 'snooze', 'nothing', 'nothing'] as const;

/** What follows from a text alone, so that a year that is lived again is lived the same way. */
function numberOf(text: string): number {
  let hash = 7;
  for (const letter of text) hash = (hash * 31 + letter.charCodeAt(0)) % 1_000_003;
  return hash;
}

/** What is still to be pressed on the nudges that came in the day before an instant, always in the same order. */
export async function openPresses(session: DemoSession, untilMs: number): Promise<readonly Press[]> {
  const programme = session.id;
  const presses: Press[] = [];
  const members = [...(await session.store.members.list(programme))].sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const { id: member, organisation } of members) {
    for (const line of session.linesOf(member)) {
      if (line.from !== 'samling' || !line.delivery.startsWith('nudge')) continue;
      if (line.atMs <= untilMs - DAY_MS || line.atMs > untilMs) continue;
      const press = pressOn(member, organisation, line.delivery, line.message.card);
      if (press === undefined) continue;
      if ((await session.store[press.table].get(programme, press.row)) === undefined) presses.push(press);
    }
  }
  return presses;
}

function pressOn(member: string, organisation: string, delivery: string, card: unknown): Press | undefined {
  const habit = HABITS[numberOf(delivery) % HABITS.length] ?? 'nothing';
  const button = elementsOf(card).find((each) => each['verb'] === habit);
  const data = button?.['data'] as Readonly<Record<string, unknown>> | undefined;
  const event = data?.['event'];
  if (data === undefined || typeof event !== 'string') return undefined;
  const about = { member, delivery };
  if (habit === 'handed-in')
    return { ...about, verb: habit, data, table: 'submissions', row: `${event}/${organisation}` };
  if (habit === 'snooze') return { ...about, verb: habit, data, table: 'snoozes', row: `${event}/${member}` };
  return { ...about, verb: 'not-mine-send', data: { event }, table: 'handovers', row: `${event}/${member}` };
}
