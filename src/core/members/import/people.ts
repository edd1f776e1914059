import type { Fault } from '../../errors.js';
import type { Programme } from '../../programme/schema.js';
import type { Member } from '../types.js';
import { columnOf, type Column } from './headings.js';
import { readPerson, type PersonLine } from './read-person.js';

/** One line of a file as it was read: its number and its cells. */
export interface RawLine {
  readonly line: number;
  readonly cells: readonly string[];
}

/** What an import would do. */
export interface PeopleChanges {
  readonly added: readonly Member[];
  readonly changed: readonly { readonly member: Member; readonly fields: readonly string[] }[];
  readonly deactivated: readonly Member[];
  readonly unchanged: number;
  readonly faults: readonly Fault[];
  /** Headings that name no column; their cells are left alone. */
  readonly ignored: readonly string[];
}

export interface PeopleFile {
  /** The file's name, for the faults. */
  readonly source: string;
  readonly lines: readonly RawLine[];
}

/**
 * Compares a people file with the members as they are. Pure. A line with a fault counts as if it were not there, but
 * nobody is deactivated for it when its person can be told.
 * @param idOf makes a member's id from an e-mail address; ids are no personal data
 */
export function comparePeople(
  programme: Programme,
  current: readonly Member[],
  file: PeopleFile,
  idOf: (email: string) => string,
): PeopleChanges {
  const [head, ...body] = file.lines;
  const heading = readHeading(file.source, head);
  if (heading.faults.length > 0) {
    return {
      added: [],
      changed: [],
      deactivated: [],
      unchanged: 0,
      faults: heading.faults,
      ignored: heading.ignored,
    };
  }
  const read = body.map((line) => readLine(programme, file.source, heading.columns, line, idOf));
  const faults = [...read.flatMap((each) => each.faults), ...doubles(file.source, read)];
  const people = new Map(
    read.flatMap(({ member }) => (member === undefined ? [] : [[member.id, member] as const])),
  );
  const named = new Set(read.map((each) => each.id));
  return { ...differences(current, people, named), faults, ignored: heading.ignored };
}

interface Heading {
  readonly columns: readonly (Column | undefined)[];
  readonly ignored: readonly string[];
  readonly faults: readonly Fault[];
}

function readHeading(source: string, head: RawLine | undefined): Heading {
  if (head === undefined) {
    const expected = 'a line of headings such as organisation, role, email';
    return {
      columns: [],
      ignored: [],
      faults: [{ source, path: 'line 1', found: 'an empty file', expected }],
    };
  }
  const columns = head.cells.map(columnOf);
  const ignored = head.cells.filter((cell, index) => columns[index] === undefined && cell.trim() !== '');
  const path = `line ${String(head.line)}`;
  const missing = (['organisation', 'role'] as const).filter((column) => !columns.includes(column));
  const faults: Fault[] = missing.map((column) => ({
    source,
    path,
    found: `the headings ${head.cells.map((cell) => JSON.stringify(cell)).join(', ')}`,
    expected: `a column "${column}"`,
  }));
  if (!columns.includes('email') && !columns.includes('id')) {
    faults.push({
      source,
      path,
      found: 'neither',
      expected: 'a column "email" or "id", to tell people apart',
    });
  }
  columns.forEach((column, index) => {
    if (column === undefined || columns.indexOf(column) === index) return;
    faults.push({ source, path, found: `two columns for "${column}"`, expected: 'one' });
  });
  return { columns, ignored, faults };
}

interface ReadLine {
  readonly line: number;
  readonly id?: string;
  readonly member?: Member;
  readonly faults: readonly Fault[];
}

function readLine(
  programme: Programme,
  source: string,
  columns: readonly (Column | undefined)[],
  { line, cells }: RawLine,
  idOf: (email: string) => string,
): ReadLine {
  if (cells.length !== columns.length) {
    const found = `${String(cells.length)} cells`;
    const expected = `${String(columns.length)}, as there are headings`;
    return { line, faults: [{ source, path: `line ${String(line)}`, found, expected }] };
  }
  const entries = columns.flatMap((column, index) => {
    const cell = (cells[index] ?? '').trim();
    return column === undefined || cell === '' ? [] : [[column, cell] as const];
  });
  const person: PersonLine = { line, cells: Object.fromEntries(entries) };
  return { line, ...readPerson(programme, source, person, idOf) };
}

function doubles(source: string, read: readonly ReadLine[]): readonly Fault[] {
  const first = new Map<string, number>();
  return read.flatMap(({ line, member }) => {
    if (member === undefined) return [];
    const before = first.get(member.id);
    first.set(member.id, before ?? line);
    if (before === undefined) return [];
    const found = `the person of line ${String(before)} again`;
    return [
      {
        source,
        path: `line ${String(line)}`,
        found,
        expected: 'each person once; list several roles in one cell',
      },
    ];
  });
}

/** @param named ids of all in the file, those with a fault among them */
function differences(
  current: readonly Member[],
  people: ReadonlyMap<string, Member>,
  named: ReadonlySet<string | undefined>,
) {
  const known = new Map(current.map((member) => [member.id, member]));
  const added: Member[] = [];
  const changed: { member: Member; fields: readonly string[] }[] = [];
  let unchanged = 0;
  for (const member of people.values()) {
    const before = known.get(member.id);
    const fields = before === undefined ? [] : changedFields(before, member);
    if (before === undefined) added.push(member);
    else if (fields.length > 0) changed.push({ member, fields });
    else unchanged += 1;
  }
  const deactivated = current.filter((member) => member.active && !named.has(member.id));
  return {
    added,
    changed,
    deactivated: deactivated.map((member) => ({ ...member, active: false })),
    unchanged,
  };
}

function changedFields(before: Member, after: Member): readonly string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Member>;
  return [...keys].filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
}
