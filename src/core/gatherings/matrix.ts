import { pickAudience, type Population } from '../members/audience.js';
import { PARTIES, type Gathering, type Party, type Programme } from '../programme/schema.js';
import type { SignUp } from './answers.js';

/** How a party of an organisation is represented. */
export interface Cell {
  readonly party: Party;
  readonly state: 'coming' | 'maybe' | 'missing';
  /** People who come. */
  readonly coming: number;
  readonly waiting: number;
}

/** One organisation of a gathering. */
export interface MatrixRow {
  readonly organisation: string;
  readonly cells: readonly Cell[];
  /** People who come without being of a party. */
  readonly others: number;
}

/** Organisations of a gathering: those of whom its rule picks somebody, whoever is asked to represent them. */
export function organisationsOf(population: Population, gathering: Gathering): readonly string[] {
  const { roles, parties, languages, ...place } = gathering.audience;
  const takingPart = new Set(
    population.programme.organisations.filter((each) => each.languages !== undefined).map(({ id }) => id),
  );
  const picked = pickAudience(population, place).map((each) => each.organisation);
  return [...new Set(picked)].filter((id) => takingPart.has(id)).sort();
}

/** Whether organisations are to send their parties: the gathering is for everybody there, or for representatives. */
export function wantsParties({ roles }: Programme, { audience }: Gathering): boolean {
  if (audience.parties !== undefined || audience.roles === undefined) return true;
  return roles.some((each) => each.kind === 'representative' && audience.roles?.includes(each.id) === true);
}

/** Who comes from where: organisation by party. */
export function matrixOf(population: Population, gathering: Gathering, signUp: SignUp): readonly MatrixRow[] {
  const members = new Map(population.members.map((each) => [each.id, each]));
  const answers = [
    ...signUp.rsvps.flatMap(({ member, answer }) => {
      const found = members.get(member);
      return found === undefined ? [] : [{ organisation: found.organisation, party: found.party, answer }];
    }),
    ...signUp.guests,
  ];
  return organisationsOf(population, gathering).map((organisation) => {
    const own = answers.filter((each) => each.organisation === organisation);
    return {
      organisation,
      cells: PARTIES.map((party) => cellOf(party, own)),
      others: own.filter((each) => each.party === undefined && each.answer === 'yes').length,
    };
  });
}

function cellOf(
  party: Party,
  answers: readonly { readonly party?: Party | undefined; readonly answer?: string | undefined }[],
): Cell {
  const count = (answer: string) =>
    answers.filter((each) => each.party === party && each.answer === answer).length;
  const coming = count('yes');
  const waiting = count('waiting');
  const isMaybe = count('maybe') + waiting > 0;
  return { party, coming, waiting, state: coming > 0 ? 'coming' : isMaybe ? 'maybe' : 'missing' };
}

/** The parties that an organisation still lacks. */
export function gapsOf(row: MatrixRow): readonly Party[] {
  return row.cells.filter((each) => each.state === 'missing').map((each) => each.party);
}
