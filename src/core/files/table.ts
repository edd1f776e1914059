import type { Tables } from '../ports/store.js';
import type { Language } from '../programme/language.js';
import type { Member } from '../members/types.js';
import type { ProgrammeState } from '../reminders/member-state.js';
import type { TableCell } from '../pulse/result-table.js';

/** A cell's text in the reader's language: a key of `locales/`, with its arguments. */
export type Say = (key: string, args?: Readonly<Record<string, string | number>>) => string;

/** Rows of a file, headings first. */
export type Rows = readonly (readonly TableCell[])[];

/** What a file is made from, and for whom. */
export interface FileSource {
  readonly tables: Tables;
  readonly state: ProgrammeState;
  readonly member: Member;
  readonly language: Language;
  readonly say: Say;
}
