/** What was answered to one question: a step, a number, places in the list of choices, or a text. */
export type AnswerValue = number | readonly number[] | string;

/** Which box: one round of one programme. */
export interface BoxKey {
  readonly programme: string;
  readonly round: string;
}

/** One answer as it lies in the box: of nobody. */
export interface CountedAnswer {
  /** Place of the question and of the member's group in the round's own lists. */
  readonly question: number;
  readonly group: number;
  readonly value: AnswerValue;
}

/**
 * The answers of anonymous rounds, apart from everything else. An answer lies under a hash of the ballot's token and
 * its question: answers of one ballot cannot be brought together without the token, which only its card carries.
 * Neither the order nor the time of answers can be read from what is stored.
 */
export interface Ballots {
  /**
   * A mark by which a token is known again, for keeping beside a name: a hash of its own, from which neither the token
   * nor the hashes that answers lie under can be had. Opens no box.
   */
  mark(key: BoxKey, token: string): Promise<string>;
  /**
   * Puts in or replaces the ballot's answer to a question. Resolves when it would survive a crash.
   * @param event by which the press is known again: one that has put an answer in before puts in nothing. Kept with the
   * answers, under a hash that only the card can make: among the store's claims, which have an order and a moment, events
   * would say how many questions a member was asked, and by that who had a follow-up.
   * @returns whether it was put in
   */
  cast(key: BoxKey, token: string, answer: CountedAnswer, event?: string): Promise<boolean>;
  /** Whether an event has put in the ballot's answer to a question, be it there still or not. */
  knows(key: BoxKey, token: string, question: number, event: string): Promise<boolean>;
  /** Takes the ballot's answer to a question out. */
  withdraw(key: BoxKey, token: string, question: number): Promise<void>;
  /** The ballot's own answer to a question, for whoever has its token. */
  find(key: BoxKey, token: string, question: number): Promise<AnswerValue | undefined>;
}

/** The ballots of all rounds, and what becomes of them. */
export interface BallotBox extends Ballots {
  /** All answers, shuffled. */
  count(key: BoxKey): Promise<readonly CountedAnswer[]>;
  /** Makes room for so many answers and events, so that none has to be moved later. */
  prepare(key: BoxKey, expected: number): Promise<void>;
  /** Burns the box: what was in it cannot be read any more, from no backup either. */
  burn(key: BoxKey): Promise<void>;
  close(): Promise<void>;
}
