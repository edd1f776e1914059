/** Plain JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** One message to one member that is to be sent. Holds references, no texts: it is written when it is sent. */
export interface Delivery {
  readonly programme: string;
  /** Says what it is, such as `nudges/2014-01-02/voss-prosjektleder`; taken once, ever. */
  readonly id: string;
  /** What it tells, each taken once, ever, such as `nudge/arsrapport-2014/T-30/voss-prosjektleder`. */
  readonly items: readonly string[];
  /** Which composer writes it: `nudges`, `digest`, `reply`, … */
  readonly kind: string;
  /** Id of the member who receives it. */
  readonly member: string;
  /** The queue of the member's workspace. */
  readonly lane: string;
  /** Not sent before this instant. */
  readonly notBeforeMs: number;
  /** Replies go before what Samling says of its own accord. */
  readonly urgent: boolean;
  /** What its composer needs besides. */
  readonly data: Json;
}

/** Where a sent message is, in the platform's own words; enough to change or delete it. */
export type MessageRef = Readonly<Record<string, string>>;

export type DeliveryState =
  | { readonly kind: 'waiting'; readonly attempt: number }
  | { readonly kind: 'leased'; readonly attempt: number; readonly untilMs: number }
  | {
      readonly kind: 'sent';
      readonly atMs: number;
      readonly ref: MessageRef;
      /** Repeated after a lost answer, on a platform that does not say whether the first had arrived. */
      readonly mayBeDoubled?: true;
    }
  /** Never sent, and need not be: handed in meanwhile, superseded. */
  | { readonly kind: 'dropped'; readonly atMs: number; readonly reason: string }
  | { readonly kind: 'unreachable'; readonly atMs: number; readonly reason: string };

export interface OutboxEntry extends Delivery {
  readonly state: DeliveryState;
}

/** What is leased, with its place in the order in which entries came into the outbox. */
export interface LeasedEntry extends OutboxEntry {
  readonly order: number;
}

/** What became of one attempt. */
export type Settlement =
  | { readonly kind: 'sent'; readonly ref: MessageRef; readonly mayBeDoubled?: true }
  | { readonly kind: 'dropped'; readonly reason: string }
  | { readonly kind: 'unreachable'; readonly reason: string }
  /**
   * Tried again, not before the instant. `untried`: it was certainly not sent, and the attempt is not counted; so an
   * attempt over 1 always means that the message may be there already.
   */
  | { readonly kind: 'retry'; readonly notBeforeMs: number; readonly untried?: true };

/** What is to be sent and what was sent. An id, once taken, is never given again. */
export interface Outbox {
  /**
   * Adds deliveries. Items taken before are left out of a delivery; one with no item left, or whose id is taken, is
   * not added. Answers the deliveries as they were added.
   */
  add(deliveries: readonly Delivery[]): Promise<readonly Delivery[]>;
  /** Which of these items are taken. */
  taken(programme: string, items: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Takes up to `limit` entries of a lane that are due (waiting and not before now, or whose lease ran out), urgent
   * first (after nine of them one that is not, so that none starves), then as they came due, of those due at one instant as
   * they came, and leases them until `nowMs + leaseMs`. An entry whose lease ran out may have been sent: `attempt` is
   * over 1 then.
   */
  lease(lane: string, nowMs: number, leaseMs: number, limit: number): Promise<readonly LeasedEntry[]>;
  /** Ends an attempt. Settling what is settled already does nothing. */
  settle(programme: string, id: string, settlement: Settlement, nowMs: number): Promise<void>;
  /** The lanes with something to do, and when the first of each is due (an instant in ms). */
  lanes(): Promise<ReadonlyMap<string, number>>;
  /** Entries by id, in the order of the ids; undefined for what is not there. */
  list(programme: string, ids: readonly string[]): Promise<readonly (OutboxEntry | undefined)[]>;
  /** Entries of one member, newest `notBeforeMs` first, at most `limit`. */
  ofMember(programme: string, member: string, limit: number): Promise<readonly OutboxEntry[]>;
}
