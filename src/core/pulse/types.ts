import type { AnswerValue } from '../ports/ballots.js';
import type { Text } from '../programme/language.js';
import type { Pulse } from './definition.js';
import type { RoundResults } from './result-types.js';

/** A pulse that a coordinator has made. */
export interface PulseRow {
  readonly programme: string;
  readonly id: string;
  readonly pulse: Pulse;
  /** A stopped pulse opens no more rounds. */
  readonly state: 'draft' | 'active' | 'stopped';
  readonly by: string;
}

/** One sending of a pulse. Id: `<pulse>-<number>`. */
export interface Round {
  readonly programme: string;
  readonly id: string;
  readonly pulse: string;
  readonly number: number;
  /** The pulse as it was when the round opened; later changes do not reach it. */
  readonly definition: Pulse;
  /** Places of the questions asked, in `definition.questions`. */
  readonly questions: readonly number[];
  /** Organisations of those asked, sorted; a ballot carries the place in this list. */
  readonly groups: readonly string[];
  /** The day it opened, an ISO date. */
  readonly opened: string;
  readonly closesMs: number;
  readonly state: 'open' | 'closing' | 'closed';
}

/** That a member is asked in a round, and whether they have answered; never what. Id: `<round>/<member>`. */
export interface Seat {
  readonly programme: string;
  readonly id: string;
  readonly round: string;
  readonly member: string;
  readonly group: number;
  readonly answered: boolean;
  /**
   * The mark of the token that has the member's one ballot, from the first answer on; kept before that answer is, so
   * that a crash in between leaves no second ballot to another card.
   */
  readonly ballot?: string;
  /** Answers of a named round, by place of the question; never there in an anonymous one. */
  readonly answers?: Readonly<Record<string, AnswerValue>>;
}

/** What a closed round gave, frozen. Id: the round's. */
export interface PulseResult {
  readonly programme: string;
  readonly id: string;
  readonly results: RoundResults;
  /** What the coordinators do about it, once they have said so. */
  readonly todo?: Text;
}
