import {
  countAfter,
  learn,
  LEAST_LEARNT,
  LEARNT_WINDOW_MS,
  turnOf,
  type LaneHistory,
  type Turn,
} from '../../core/delivery/pace.js';
import type { LanePace } from '../../core/ports/chat.js';
import { createSignal } from './signal.js';

/** When an attempt began and ended; instants in ms. */
export interface Times {
  readonly beganMs: number;
  readonly endMs: number;
}

/** One workspace's queue as this process works on it. */
export interface Lane {
  /**
   * How many may begin now, or how long to wait; what is begun is counted by `begin`.
   * @param most how many may be under way, where that is less than the lane itself permits
   */
  turn(nowMs: number, most?: number): Turn;
  begin(nowMs: number): void;
  /**
   * What became of one that was begun. Those that were under way together when one failed say the same thing once more:
   * they are counted as one failure.
   */
  end(how: 'taken' | 'not-taken' | 'failed', times: Times): void;
  /** What became of one that ended is kept. */
  kept(): void;
  /**
   * Resolves when the next one ends, which is before what became of it is kept, so that what is taken then goes to the
   * disk with it; and when it is kept.
   */
  changed(): Promise<void>;
  /** The platform refuses the whole lane for so long; what was under way together teaches once. */
  refuse(times: Times, afterMs: number, isLimit: boolean): void;
  readonly underWay: number;
  /** Failures since the last message that was taken. */
  readonly failures: number;
}

/**
 * How many deliveries of a lane are under way at once. At 300 ms an answer, 50 a second, the most that Teams permits a
 * tenant.
 */
export const MOST_UNDER_WAY = 16;
/** How many instants are kept: the most that windows of a lane count. */
const MOST_KEPT = 4_000;

/** Creates a lane under a chat's limits. A lane that fails has less and less under way, down to one. */
export function createLane(pace: LanePace = { limits: [] }): Lane {
  return new PacedLane(pace);
}

class PacedLane implements Lane {
  readonly #pace: LanePace;
  readonly #learns: boolean;
  readonly #longestMs: number;
  readonly #sentMs: number[] = [];
  readonly #changed = createSignal();
  #history: LaneHistory;
  #most = MOST_UNDER_WAY;
  #failedMs = -Infinity;
  #refusedMs = -Infinity;
  underWay = 0;
  failures = 0;

  constructor(pace: LanePace) {
    this.#pace = pace;
    this.#learns = pace.learns === true;
    this.#longestMs = Math.max(LEARNT_WINDOW_MS, ...pace.limits.map((each) => each.windowMs)) + 1_000;
    this.#history = { sentMs: this.#sentMs, closedUntilMs: 0, proved: LEAST_LEARNT, learnt: undefined };
  }

  turn(nowMs: number, most = MOST_UNDER_WAY): Turn {
    const free = Math.min(this.#most, most) - this.underWay;
    if (free <= 0) return { room: 0 };
    const turn = turnOf(this.#pace.limits, this.#history, nowMs, {
      learns: this.#learns,
      underWay: this.underWay,
    });
    return 'room' in turn ? { room: Math.min(free, turn.room) } : turn;
  }

  begin(nowMs: number): void {
    this.underWay += 1;
    const sentMs = this.#sentMs;
    if (!this.#learns && this.#pace.limits.length === 0) return;
    sentMs.push(Math.max(nowMs, sentMs.at(-1) ?? 0));
    const isOld = (sentMs[0] ?? nowMs) < nowMs - 2 * this.#longestMs;
    if (!isOld && sentMs.length <= MOST_KEPT) return;
    const inWindow = countAfter(sentMs, nowMs - this.#longestMs);
    sentMs.splice(0, sentMs.length - Math.min(inWindow, MOST_KEPT));
  }

  end(how: 'taken' | 'not-taken' | 'failed', { beganMs, endMs }: Times): void {
    this.underWay -= 1;
    this.#changed.give();
    // What was not taken has not used the platform's patience up: another may go in its place.
    if (how === 'not-taken') this.#sentMs.pop();
    if (how === 'failed') {
      if (beganMs < this.#failedMs) return;
      this.#failedMs = endMs;
      this.failures += 1;
      this.#most = Math.max(1, this.#most >> 1);
      return;
    }
    this.#most = Math.min(MOST_UNDER_WAY, this.#most + 1);
    if (how !== 'taken') return;
    this.failures = 0;
    if (!this.#learns) return;
    const lastMs = this.#sentMs.at(-1) ?? 0;
    const taken = countAfter(this.#sentMs, lastMs - LEARNT_WINDOW_MS) - this.underWay;
    if (taken > this.#history.proved) this.#history = { ...this.#history, proved: taken };
  }

  kept(): void {
    this.#changed.give();
  }

  changed(): Promise<void> {
    return this.#changed.given();
  }

  refuse({ beganMs, endMs }: Times, afterMs: number, isLimit: boolean): void {
    const closedUntilMs = Math.max(this.#history.closedUntilMs, endMs + afterMs);
    const isNews = beganMs >= this.#refusedMs;
    if (isNews) this.#refusedMs = endMs;
    this.#history =
      isLimit && this.#learns && isNews
        ? learn(this.#history, endMs, afterMs)
        : { ...this.#history, closedUntilMs };
  }
}
