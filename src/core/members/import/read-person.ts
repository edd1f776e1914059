import type { Fault } from '../../errors.js';
import { LANGUAGES, type Language, type Text } from '../../programme/language.js';
import { given } from '../../programme/occurrences.js';
import { nearest } from '../../programme/references.js';
import { PARTIES, type Party, type Programme } from '../../programme/schema.js';
import type { Member } from '../types.js';
import { foldName, type Column } from './headings.js';

/** One line of a people file: its number, and its cells by column. */
export interface PersonLine {
  readonly line: number;
  readonly cells: Readonly<Partial<Record<Column, string>>>;
}

/** How languages are called in spreadsheets, besides their codes and regions (`nn-NO`). */
const LANGUAGE_NAMES: Readonly<Record<string, Language>> = {
  svenska: 'sv',
  swedish: 'sv',
  svensk: 'sv',
  bokmal: 'nb',
  'norsk bokmal': 'nb',
  norsk: 'nb',
  no: 'nb',
  nynorsk: 'nn',
  'norsk nynorsk': 'nn',
  dansk: 'da',
  danska: 'da',
  danish: 'da',
  english: 'en',
  engelsk: 'en',
  engelska: 'en',
};

const PARTY_NAMES: Readonly<Record<string, Party>> = {
  politisk: 'political',
  politiskt: 'political',
  administrativ: 'administrative',
  administrativt: 'administrative',
  facklig: 'union',
  fackligt: 'union',
  fagforening: 'union',
  tillitsvalgt: 'union',
  tillitsvald: 'union',
  faglig: 'union',
};

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

interface Named {
  readonly id: string;
  readonly name: Text;
}

/** Reads one person; everything wrong with the line is said at once. The id is there whenever it can be told. */
export function readPerson(
  programme: Programme,
  source: string,
  { line, cells }: PersonLine,
  idOf: (email: string) => string,
): { readonly id?: string; readonly member?: Member; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const wrong = (column: Column, expected: string) => {
    const found = cells[column] === undefined ? 'nothing' : JSON.stringify(cells[column]);
    faults.push({ source, path: `line ${String(line)}, column "${column}"`, found, expected });
  };
  const one = (column: Column, text: string | undefined, among: readonly Named[]): string | undefined => {
    const known = text === undefined ? undefined : findNamed(among, text);
    if (known === undefined) wrong(column, expectedName(column, text ?? '', among));
    return known;
  };
  const many = (column: Column, among: readonly Named[]) =>
    parts(cells[column]).flatMap((text) => one(column, text, among) ?? []);

  const organisation = one('organisation', cells.organisation, programme.organisations);
  const roles = many('role', programme.roles);
  if (cells.role === undefined) wrong('role', 'at least one role of the programme');
  const networks = many('network', programme.networks);
  const email = cells.email?.toLowerCase();
  const isEmail = email !== undefined && EMAIL.test(email);
  if (email !== undefined && !isEmail) wrong('email', 'an e-mail address');
  if (cells.id === undefined && email === undefined)
    wrong('email', 'an e-mail address, or an id in a column of its own');
  const language = choice(cells.language, readLanguage, () =>
    wrong('language', `one of ${LANGUAGES.join(', ')}`),
  );
  const party = choice(cells.party, readParty, () => wrong('party', `one of ${PARTIES.join(', ')}`));
  const id = cells.id ?? (isEmail ? idOf(email) : undefined);
  if (faults.length > 0 || organisation === undefined || id === undefined)
    return { ...given({ id }), faults };
  const optional = given({ email, name: cells.name, language, party, zone: cells.zone });
  const member = { programme: programme.id, id, organisation, roles, networks, active: true, ...optional };
  return { id, member, faults };
}

function choice<T>(
  text: string | undefined,
  read: (text: string) => T | undefined,
  fail: () => void,
): T | undefined {
  if (text === undefined) return undefined;
  const value = read(text);
  if (value === undefined) fail();
  return value;
}

function parts(cell: string | undefined): readonly string[] {
  return (cell ?? '')
    .split(/[/|,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function namesOf({ id, name }: Named): readonly string[] {
  return [id, ...(typeof name === 'string' ? [name] : Object.values(name))];
}

function findNamed(among: readonly Named[], text: string): string | undefined {
  const folded = foldName(text);
  return among.find((each) => namesOf(each).some((name) => foldName(name) === folded))?.id;
}

function expectedName(column: Column, text: string, among: readonly Named[]): string {
  const near = nearest(foldName(text), among.flatMap(namesOf).map(foldName));
  const hint = near === undefined ? '' : `, such as "${near}"`;
  return `${column === 'organisation' ? 'an' : 'a'} ${column} of the programme${hint}`;
}

function readLanguage(text: string): Language | undefined {
  const folded = foldName(text);
  const code = folded.split(/[-_]/)[0] ?? '';
  return LANGUAGE_NAMES[folded] ?? LANGUAGES.find((language) => language === code);
}

function readParty(text: string): Party | undefined {
  const folded = foldName(text);
  return PARTIES.find((party) => party === folded) ?? PARTY_NAMES[folded];
}
