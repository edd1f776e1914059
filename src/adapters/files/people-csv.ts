import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parse } from 'csv-parse/sync';
import { SamlingError } from '../../core/errors.js';
import type { PeopleFile, RawLine } from '../../core/members/import/people.js';

/**
 * Reads a people file as spreadsheets export it: UTF-8 or Latin-1, comma, semicolon or tab, with or without the
 * `sep=` line that Excel writes.
 * @throws SamlingError `PEOPLE_FILE_WRONG` for what is no such file.
 */
export async function readPeopleCsv(path: string): Promise<PeopleFile> {
  const source = basename(path);
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw wrong(source, 'a file that cannot be read', 'a CSV file', cause);
  }
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') {
    throw wrong(source, 'an Excel workbook', 'a CSV file; save the sheet as "CSV UTF-8"');
  }
  if (bytes.includes(0)) throw wrong(source, 'a file with binary content', 'a CSV file in UTF-8 or Latin-1');
  return { source, lines: parseLines(source, decode(bytes)) };
}

function wrong(source: string, found: string, expected: string, cause?: unknown): SamlingError {
  const faults = [{ source, path: '(file)', found, expected }];
  return new SamlingError('PEOPLE_FILE_WRONG', 'The people file cannot be read.', { faults, cause });
}

/** UTF-8 where the bytes are valid as such, else Windows-1252, which Latin-1 files of spreadsheets are. */
function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return new TextDecoder('windows-1252').decode(bytes);
    throw error;
  }
}

function parseLines(source: string, text: string): readonly RawLine[] {
  const named = /^sep=(.)\r?\n/.exec(text);
  const body = named === null ? text : text.slice(named[0].length);
  const delimiter = named?.[1] ?? separatorOf(body);
  try {
    const records = parse(body, {
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      bom: true,
      info: true,
    }) as unknown as { readonly record: string[]; readonly info: { readonly lines: number } }[];
    const shift = named === null ? 0 : 1;
    return records
      .filter(({ record }) => record.some((cell) => cell.trim() !== ''))
      .map(({ record, info }) => ({ line: info.lines + shift, cells: record }));
  } catch (cause) {
    throw wrong(source, (cause as Error).message, 'quotes that are closed, in CSV', cause);
  }
}

/** The separator that stands most often in the first line. */
function separatorOf(text: string): string {
  const first = text.split('\n', 1)[0] ?? '';
  const counts = [';', ',', '\t'].map((sign) => ({ sign, count: first.split(sign).length }));
  counts.sort((a, b) => b.count - a.count);
  return counts[0]?.sign ?? ',';
}
