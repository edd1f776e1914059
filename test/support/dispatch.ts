import { createMemoryStore } from '../../src/adapters/store/lowdb/memory.js';
import type { Chat } from '../../src/core/ports/chat.js';
import type { Directory } from '../../src/core/ports/directory.js';
import type { Clock, Random } from '../../src/core/ports/environment.js';
import { createDispatcher, type DispatcherOptions, type Log } from '../../src/runtime/dispatcher.js';

/** A clock that a test moves. */
export function createFakeClock(startMs = 0): Clock & { set(ms: number): void } {
  let now = startMs;
  return { nowMs: () => now, set: (ms) => void (now = ms) };
}

/** A log that keeps its lines. */
export function createFakeLog(): Log & { readonly lines: readonly string[] } {
  const lines: string[] = [];
  const keep = (level: string) => (fields: object, what: string) =>
    void lines.push(`${level} ${what} ${JSON.stringify(fields)}`);
  return { lines, info: keep('info'), warn: keep('warn'), error: keep('error') };
}

export const steadyRandom: Random = { token: () => 'token', fraction: () => 0 };

/** Everybody is reached in the lane `lane` by one chat; other chats by lane. `unknown` has no account. */
export function createFakeDirectory(chat: Chat, others: Readonly<Record<string, Chat>> = {}): Directory {
  return {
    laneOf: (_programme, member) => (member === 'unknown' ? undefined : 'lane'),
    recipientOf: (programme, member) =>
      Promise.resolve(
        member === 'unknown' ? undefined : { programme, member, workspace: 'lane', account: {} },
      ),
    chatOf: (lane) => others[lane] ?? chat,
  };
}

/** A dispatcher over a store in memory, whose messages say the delivery's id. */
export function createDispatch(chat: Chat, changes: Partial<DispatcherOptions> = {}) {
  const parts = {
    store: createMemoryStore(),
    clock: createFakeClock(),
    log: createFakeLog(),
    random: steadyRandom,
    directory: createFakeDirectory(chat),
    write: ((entry) =>
      Promise.resolve({
        card: { type: 'AdaptiveCard' },
        text: entry.id,
        language: 'nb',
      })) as DispatcherOptions['write'],
    ...changes,
  };
  return {
    ...parts,
    clock: parts.clock as ReturnType<typeof createFakeClock>,
    log: parts.log as ReturnType<typeof createFakeLog>,
    dispatcher: createDispatcher(parts),
  };
}
