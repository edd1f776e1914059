import { numberOf } from '../transaction.js';

/** Lanes belong to slots, and slots to processes: few enough to be locked one by one, many enough to be shared fairly. */
export const SLOTS = 256;

/** The slot of a lane. */
export function slotOf(lane: string): number {
  return (spread(numberOf(lane)) >>> 0) % SLOTS;
}

/**
 * The slots that are a process's when these processes are there: of each slot, the one with the highest number of its
 * own. So all find the same without asking each other, and only the slots of one that comes or goes move.
 */
export function slotsOf(me: number, members: readonly number[]): ReadonlySet<number> {
  const mine = new Set<number>();
  for (let slot = 0; slot < SLOTS; slot += 1) {
    const own = weight(me, slot);
    const isMine = members.every((other) => {
      const others = weight(other, slot);
      return other === me || own > others || (own === others && me > other);
    });
    if (isMine) mine.add(slot);
  }
  return mine;
}

function weight(member: number, slot: number): number {
  return spread(spread(member) ^ Math.imul(slot + 1, 0x9e3779b1)) >>> 0;
}

/** The last step of MurmurHash3: every bit of what goes in changes half of those that come out. */
function spread(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
