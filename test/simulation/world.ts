import type { BallotBox } from '../../src/core/ports/ballots.js';
import type { Chat } from '../../src/core/ports/chat.js';
import type { Directory } from '../../src/core/ports/directory.js';
import type { Delivery } from '../../src/core/ports/outbox.js';
import type { Store } from '../../src/core/ports/store.js';
import type { Programme } from '../../src/core/programme/schema.js';
import type { Samling } from '../../src/main.js';
import type { SimulatedBox } from './ballot-box.js';
import type { Chance } from './chance.js';
import type { Disk } from './disk.js';
import type { History } from './history.js';
import type { Life } from './life.js';
import type { Platforms, Weather } from './platforms.js';
import type { VirtualTime } from './virtual-time.js';

/** A fault put in on purpose: ports that misbehave, to see whether it is found. */
export interface Sabotage {
  readonly name: string;
  /** What the faults that it causes are said to be. */
  readonly found?: string;
  /** The seed of a year that shows it, so that nobody waits for those before; default 1. */
  readonly from?: number;
  readonly store?: (store: Store) => Store;
  readonly chat?: (chat: Chat) => Chat;
  readonly directory?: (directory: Directory) => Directory;
  readonly ballots?: (box: BallotBox) => BallotBox;
  readonly disk?: (disk: Disk) => void;
  /** The programmes as the processes read them. */
  readonly programme?: (programme: Programme) => Programme;
}

/** Everything in one simulated year. */
export interface World {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly weather: Weather;
  readonly platforms: Platforms;
  readonly disk: Disk;
  readonly box: SimulatedBox;
  readonly history: History;
  readonly sabotage: Sabotage;
  readonly processes: (Running | undefined)[];
  /** Deliveries as they were planned. */
  readonly planned: Delivery[];
  /** What was said last of each press on a ballot's card that was confirmed, by event id. */
  readonly confirmed: Map<string, string>;
  /** How often a process answered that it had handled an event, by event id. */
  readonly handled: Map<string, number>;
  /** Every line of log, as JSON. */
  readonly logged: string[];
  /** The store as it is now, without any fault. */
  store: Store;
  crashes: number;
}

/** A process that runs. */
export interface Running {
  readonly samling: Samling;
  readonly life: Life;
  /** How far its clock is from the time, in ms. */
  skewMs: number;
}

/** What came of a year. */
export interface Year {
  /** What did not hold, a sentence each. */
  readonly faults: readonly string[];
  readonly messages: number;
  readonly crashes: number;
  readonly confirmed: number;
  /** Hash of all that happened. */
  readonly history: string;
}
