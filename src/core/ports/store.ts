import type { AccessRequest, Account, Install } from '../identity/types.js';
import type { AuditEntry } from '../audit/types.js';
import type { Work } from '../deadlines/types.js';
import type { Enquiry, SavedKnowledge, Unhelpful } from '../faq/types.js';
import type { Attendance, Feed, GatheringRow, Guest, Rsvp } from '../gatherings/types.js';
import type { Handover, Member, Preferences, Snooze, Submission } from '../members/types.js';
import type { NoticeRow, Receipt, Sending } from '../notices/types.js';
import type { PulseResult, PulseRow, Round, Seat } from '../pulse/types.js';
import type { Outbox } from './outbox.js';
import type { Claims } from './claims.js';

/** What every stored thing has: the programme that it belongs to, and an id unique within programme and table. */
export interface Row {
  readonly programme: string;
  readonly id: string;
}

/** One kind of stored thing. Rows that come out are to be treated as immutable. */
export interface Table<T extends Row> {
  get(programme: string, id: string): Promise<T | undefined>;
  /** All rows of a programme, in no particular order. */
  list(programme: string): Promise<readonly T[]>;
  /** Adds or replaces rows by id. */
  put(...rows: readonly T[]): Promise<void>;
  /** Removing what is not there does nothing. */
  remove(programme: string, ids: readonly string[]): Promise<void>;
}

/** A value kept under a name, such as the playground's clock. */
export interface Setting extends Row {
  readonly value: string;
}

/** How soon a transaction is made durable. */
export interface Haste {
  /** Nobody waits for it: it may be durable some milliseconds later, together with another. Default false. */
  readonly isPatient?: boolean;
}

/** Everything that Samling remembers. Used directly, each call is a transaction of its own. */
export interface Tables {
  readonly members: Table<Member>;
  readonly preferences: Table<Preferences>;
  readonly submissions: Table<Submission>;
  readonly snoozes: Table<Snooze>;
  readonly handovers: Table<Handover>;
  readonly settings: Table<Setting>;
  readonly accounts: Table<Account>;
  readonly accessRequests: Table<AccessRequest>;
  readonly installs: Table<Install>;
  readonly savedKnowledge: Table<SavedKnowledge>;
  readonly enquiries: Table<Enquiry>;
  readonly unhelpful: Table<Unhelpful>;
  readonly audit: Table<AuditEntry>;
  readonly works: Table<Work>;
  readonly gatherings: Table<GatheringRow>;
  readonly rsvps: Table<Rsvp>;
  readonly guests: Table<Guest>;
  readonly attendance: Table<Attendance>;
  readonly feeds: Table<Feed>;
  readonly notices: Table<NoticeRow>;
  readonly sendings: Table<Sending>;
  readonly receipts: Table<Receipt>;
  readonly pulses: Table<PulseRow>;
  readonly rounds: Table<Round>;
  readonly seats: Table<Seat>;
  readonly pulseResults: Table<PulseResult>;
  readonly outbox: Outbox;
  readonly claims: Claims;
}

/** The store. What a call has answered is durable. */
export interface Store extends Tables {
  /**
   * Runs `work` so that all its writes take effect, or none. Reads inside see its own writes and nobody else's
   * half-done ones. `work` does nothing slow (no network) and may be run again after a conflict.
   * @throws SamlingError `STORE_WRITE_FAILED` when it could not be made durable; nothing has changed then.
   */
  transact<R>(work: (tables: Tables) => Promise<R>, haste?: { readonly isPatient?: boolean }): Promise<R>;
  /** How many deliveries of each lane are not settled, where the store can say without reading them all. */
  readonly depths?: () => Promise<ReadonlyMap<string, number>>;
  close(): Promise<void>;
}
