import type { OutboxEntry } from '../../../../core/ports/outbox.js';
import { slotOf, SLOTS } from './slots.js';

/** Which lanes are this process's, and what of them it has under way. */
export class LaneBook {
  #isShared = false;
  readonly #mine = new Set<number>();
  /** When the leases of what is under way run out, by slot and delivery. */
  readonly #underWay = new Map<number, Map<string, number>>();
  readonly #slots = new Map<string, number>();
  #others: readonly string[] | undefined;

  /** From now on only what is taken is this process's. */
  share(): void {
    this.#isShared = true;
  }

  get mine(): ReadonlySet<number> {
    return this.#mine;
  }

  /** Flags of jobs in the slots that are not this process's. */
  get othersFlags(): readonly string[] {
    this.#others ??= Array.from({ length: SLOTS }, (_, slot) => slot)
      .filter((slot) => !this.#mine.has(slot))
      .map(flagOf);
    return this.#others;
  }

  take(slots: Iterable<number>): void {
    for (const slot of slots) this.#mine.add(slot);
    this.#others = undefined;
  }

  /** Begins nothing more in these slots. */
  leave(slots: Iterable<number>): void {
    for (const slot of slots) this.#mine.delete(slot);
    this.#others = undefined;
  }

  /** Whether deliveries of the lane are this process's to send. */
  may(lane: string): boolean {
    return !this.#isShared || this.#mine.has(this.#slotOf(lane));
  }

  leased(entries: readonly OutboxEntry[], untilMs: number): void {
    if (!this.#isShared) return;
    for (const { lane, programme, id } of entries) {
      const slot = this.#slotOf(lane);
      let own = this.#underWay.get(slot);
      if (own === undefined) this.#underWay.set(slot, (own = new Map<string, number>()));
      own.set(`${programme}/${id}`, untilMs);
    }
  }

  settled(programme: string, id: string): void {
    if (!this.#isShared) return;
    for (const own of this.#underWay.values()) if (own.delete(`${programme}/${id}`)) return;
  }

  /** Whether something of the slot may still be on its way to the platform, sent by this process. */
  isBusy(slot: number, nowMs: number): boolean {
    return [...(this.#underWay.get(slot)?.values() ?? [])].some((untilMs) => untilMs > nowMs);
  }

  #slotOf(lane: string): number {
    let slot = this.#slots.get(lane);
    if (slot === undefined) this.#slots.set(lane, (slot = slotOf(lane)));
    return slot;
  }
}

/** The mark of a slot's jobs. */
export const flagOf = (slot: number) => `slot-${String(slot)}`;
