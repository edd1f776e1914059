import type { Programme } from '../programme/schema.js';

/** The programmes that this Samling serves, checked. */
export interface Programmes {
  get(id: string): Programme | undefined;
  all(): readonly Programme[];
}
