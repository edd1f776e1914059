import type { Received } from '../../src/runtime/interactions.js';

/** Something said that can be said anew, such as an answer on a ballot: of what, and what. */
export interface Word {
  readonly key: string;
  readonly value: string;
}

interface Said {
  readonly value: string;
  readonly endedMs: number;
  /** Whether another was handled at the same time, so that nobody knows which came last. */
  readonly isUnclear: boolean;
}

/** What was said last. */
export interface Words {
  handled(
    event: string,
    word: Word | undefined,
    received: Received,
    when: { readonly beganMs: number; readonly endedMs: number },
  ): void;
  /** What was said last of each, where it is known. */
  last(): ReadonlyMap<string, string>;
}

/** Creates what takes note of who said what last. */
export function createWords(): Words {
  const said = new Map<string, Said>();
  const known = new Set<string>();
  return {
    handled(event, word, received, { beganMs, endedMs }) {
      if (word === undefined || known.has(event)) return;
      known.add(event);
      const before = said.get(word.key);
      if (received.kind === 'handled') {
        const template = received.replace?.template;
        // Nothing was changed: the round is over, or the card is not the member's ballot.
        if (template === undefined || template === 'statement') return;
        const isUnclear = before !== undefined && before.endedMs >= beganMs;
        said.set(word.key, { value: word.value, endedMs, isUnclear });
        return;
      }
      // It was handled by a process that died before it could say so: before or after what else was said.
      said.set(word.key, { value: word.value, endedMs, isUnclear: true });
    },
    last: () => new Map([...said].flatMap(([key, each]) => (each.isUnclear ? [] : [[key, each.value]]))),
  };
}
