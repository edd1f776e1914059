import { readFile } from 'node:fs/promises';
import { parseJson } from '../adapters/files/json-file.js';
import { SamlingError, type Fault } from '../core/errors.js';

/**
 * Reads a file of JSON that somebody named.
 * @throws SamlingError `ARGUMENT_WRONG` that says where it is not JSON, or that it cannot be read.
 */
export async function readJsonFile(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    const found = 'no file that can be read';
    throw wrong(file, { source: file, path: '(file)', found, expected: 'JSON' }, cause);
  });
  const read = parseJson(file, text);
  if ('fault' in read) throw wrong(file, read.fault);
  return read.json;
}

function wrong(file: string, fault: Fault, cause?: unknown): SamlingError {
  return new SamlingError('ARGUMENT_WRONG', `${file} cannot be used.`, { cause, faults: [fault] });
}
