import type { Grouping } from './definition.js';

/** `few`: the group itself is below the threshold. `would-reveal`: with other results it would show a group that is. */
export type Verdict = 'shown' | 'few' | 'would-reveal';

/** Whose result: all who were asked, or those of one organisation, network or theme. */
export interface Scope {
  readonly kind: 'programme' | Grouping;
  /** The programme's own id for the whole. */
  readonly id: string;
}

/** What may be shown of one question for one scope. */
export interface QuestionResult {
  /** Place in the round's definition. */
  readonly place: number;
  /** The question's id, by which rounds are compared. */
  readonly id: string;
  readonly verdict: Verdict;
  /** The rest only when shown. */
  readonly n?: number;
  /** How often each step or choice was taken; of a ranking, how often it was put first. */
  readonly counts?: readonly number[];
  /** Of a ranking: the sum of the places that each choice was given, 1 the best. */
  readonly ranks?: readonly number[];
  /** In random order. */
  readonly texts?: readonly string[];
  /** Texts left out, since the language they are written in could point to somebody. */
  readonly textsLeftOut?: number;
}

export interface Cell {
  readonly scope: Scope;
  readonly asked: number;
  readonly answered: number;
  readonly questions: readonly QuestionResult[];
}

/** What a round gave, worked out once when it closed; nobody ever sees anything else of it. */
export interface RoundResults {
  readonly pulse: string;
  readonly number: number;
  readonly opened: string;
  readonly named: boolean;
  readonly threshold: number;
  readonly cells: readonly Cell[];
}
