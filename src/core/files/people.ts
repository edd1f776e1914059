import { organisationName, personOf } from '../members/member-view.js';
import { textIn, type Text } from '../programme/language.js';
import { memberById } from '../reminders/member-state.js';
import type { FileSource } from './table.js';

/** A text of the programme in the reader's language. */
export function local({ state, language }: Pick<FileSource, 'state' | 'language'>, text: Text): string {
  return textIn(text, language, state.programme.languages);
}

/** Name, role and organisation of a member, as three cells; the id for one who is not there any more. */
export function personCells(source: FileSource, id: string): readonly [string, string, string] {
  const member = memberById(source.state, id);
  if (member === undefined) return [id, '', ''];
  const { name, role, organisation } = personOf(source.state.programme, member);
  return [name ?? '', local(source, role), local(source, organisation)];
}

/** An organisation's name. */
export function organisationCell(source: FileSource, id: string): string {
  return local(source, organisationName(source.state.programme, id));
}
