import type { Row } from '../ports/store.js';
import type { Language } from '../programme/language.js';
import type { Article } from './article.js';

/** What coordinators have added to the shipped articles: an article of their own, or one more way of asking. */
export type SavedKnowledge = Row &
  (
    | { readonly kind: 'article'; readonly article: Article }
    | { readonly kind: 'way'; readonly article: string; readonly language: Language; readonly ask: string }
  );

/** A question that was passed on to a person. */
export interface Enquiry extends Row {
  readonly question: string;
  /** The language in which the asker gets the answer. */
  readonly language: Language;
  /** Id of the member who asks. */
  readonly member: string;
  readonly at: string;
  readonly state: 'open' | 'answered' | 'declined';
}

/** An answer that did not help; without who said so. */
export interface Unhelpful extends Row {
  readonly question: string;
  readonly article: string;
  /** The day, no finer. */
  readonly on: string;
}
