import type { CountedAnswer } from '../../core/ports/ballots.js';
import { bodyOf, type KeptAnswer } from './packed.js';

/** What is to be put in, or (without an answer) taken out, and the event that did it. */
export interface Wanted {
  readonly hash: string;
  readonly answer?: CountedAnswer;
  readonly event?: string | undefined;
}

/** What is written: an answer, or (without one) nothing more, under a hash. */
export interface Change {
  readonly hash: string;
  readonly answer?: KeptAnswer;
}

/** What lies under an event's own hash: of no question, and so no answer. */
const EVENT: KeptAnswer = { question: -1, group: 0, value: [] };
/** Whether something in a box is an answer, not the mark of an event. */
export const isAnswer = ({ question }: CountedAnswer): boolean => question >= 0;

/** Hashes have 32 hexadecimal digits, those of events 16. */
const placeOf = (event: string): string => event.padEnd(32, '0');

/** The most bytes of an answer with its events; slots are made for that. Texts have a thousand signs, whatever they are. */
export const MOST_BYTES = { choice: 82, text: 4050 };
/** So many surely fit beside a step. */
const FEW = 4;

function fits(answer: KeptAnswer & Required<Pick<KeptAnswer, 'events'>>): boolean {
  if (typeof answer.value === 'number' && answer.events.length <= FEW) return true;
  return (
    Buffer.byteLength(bodyOf(answer)) <= MOST_BYTES[typeof answer.value === 'string' ? 'text' : 'choice']
  );
}

/** As many of the latest events as fit beside an answer. */
function keptWith(answer: CountedAnswer, events: readonly string[]): readonly string[] {
  let kept = events;
  while (kept.length > 0 && !fits({ ...answer, events: kept })) kept = kept.slice(1);
  return kept;
}

/** Whether an event has put in what lies under a hash, or did so before another took its place. */
export function knows(find: (hash: string) => KeptAnswer | undefined, hash: string, event: string): boolean {
  return find(hash)?.events?.includes(event) === true || find(placeOf(event)) !== undefined;
}

/**
 * What is written so that a change happens and its event is known from then on; nothing when it is already. An answer
 * keeps the events that put it in, as many as fit, so that both are written as one; others have a place of their own.
 */
export function changesFor(
  { hash, answer, event }: Wanted,
  find: (hash: string) => KeptAnswer | undefined,
): readonly Change[] {
  if (event !== undefined && knows(find, hash, event)) return [];
  const events = [...(find(hash)?.events ?? []), ...(event === undefined ? [] : [event])];
  const kept = answer === undefined ? [] : keptWith(answer, events);
  const moved = events.slice(0, events.length - kept.length);
  const own = answer !== undefined && kept.length > 0 ? { ...answer, events: kept } : answer;
  return [
    ...moved.map((each) => ({ hash: placeOf(each), answer: EVENT })),
    { hash, ...(own && { answer: own }) },
  ];
}

/** What is written for each, one after another, each as those before it leave what there is. */
export function allChangesFor(
  wanted: readonly Wanted[],
  find: (hash: string) => KeptAnswer | undefined,
): readonly (readonly Change[])[] {
  const changed = new Map<string, KeptAnswer | undefined>();
  const now = (hash: string) => (changed.has(hash) ? changed.get(hash) : find(hash));
  return wanted.map((each) => {
    const changes = changesFor(each, now);
    for (const { hash, answer } of changes) changed.set(hash, answer);
    return changes;
  });
}
