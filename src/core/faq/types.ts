import type { Language } from '../programme/language.js';
import type { Article } from './article.js';

interface Kept {
  readonly programme: string;
  readonly id: string;
}

/**
 * What coordinators have added to the shipped articles: an article of their own, one more way of asking, or that an
 * article is still true until a later date.
 */
export type SavedKnowledge = Kept &
  (
    | { readonly kind: 'article'; readonly article: Article }
    | { readonly kind: 'way'; readonly article: string; readonly language: Language; readonly ask: string }
    | { readonly kind: 'review'; readonly article: string; readonly review: string }
  );

/** A question that was passed on to a person. */
export interface Enquiry extends Kept {
  readonly question: string;
  /** The language in which the asker gets the answer. */
  readonly language: Language;
  /** Id of the member who asks. */
  readonly member: string;
  readonly at: string;
  readonly state: 'open' | 'answered' | 'declined';
  /** An answer that was written in another language than the asker's, until it is sent as it is or written anew. */
  readonly draft?: string;
}

/** An answer that did not help, or a question that nothing was found for; without who asked. */
export interface Unhelpful extends Kept {
  readonly question: string;
  /** Id of the article; empty where nothing was found. */
  readonly article: string;
  /** The day, no finer. */
  readonly on: string;
}
