import type { Population } from '../members/audience.js';
import { organisationName } from '../members/member-view.js';
import { textIn, type Language } from '../programme/language.js';
import { PARTIES, type Gathering, type Party } from '../programme/schema.js';
import type { TableCell } from '../pulse/result-table.js';
import type { SignUp } from './answers.js';
import { matrixOf, type Cell } from './matrix.js';

/** What a table of who comes says in the reader's language. */
export interface MatrixWords {
  readonly organisation: string;
  readonly party: (party: Party) => string;
  readonly state: (state: Cell['state']) => string;
  /** Heading of how many come, of all parties and none. */
  readonly coming: string;
  readonly waiting: string;
  readonly needs: string;
}

/**
 * Who comes from where, as rows of a file: organisation by party, how many come and wait, and what they need, without
 * names. `sees`: the organisations that the reader may see.
 */
export function matrixTable(
  population: Population,
  gathering: Gathering,
  signUp: SignUp,
  options: {
    readonly words: MatrixWords;
    readonly language: Language;
    readonly sees: (organisation: string) => boolean;
  },
): readonly (readonly TableCell[])[] {
  const { words, language, sees } = options;
  const { programme } = population;
  const header = [words.organisation, ...PARTIES.map(words.party), words.coming, words.waiting, words.needs];
  const rows = matrixOf(population, gathering, signUp)
    .filter((row) => sees(row.organisation))
    .map(({ organisation, cells, others }) => {
      const name = organisationName(programme, organisation);
      const sum = (count: (cell: Cell) => number) => cells.reduce((all, cell) => all + count(cell), 0);
      return [
        textIn(name, language, programme.languages),
        ...cells.map(({ state }) => words.state(state)),
        sum(({ coming }) => coming) + others,
        sum(({ waiting }) => waiting),
        needsOf(population, signUp, organisation).join('; '),
      ];
    });
  return [header, ...rows];
}

function needsOf({ members }: Population, { rsvps, guests }: SignUp, organisation: string): string[] {
  const own = new Set(members.filter((each) => each.organisation === organisation).map(({ id }) => id));
  return [
    ...rsvps.filter((each) => own.has(each.member)),
    ...guests.filter((each) => each.organisation === organisation),
  ].flatMap(({ needs }) => needs ?? []);
}
