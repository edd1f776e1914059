import { readFileSync } from 'node:fs';
import { vocabularySchema, type Vocabulary } from '../../core/conversation/understand.js';
import { SamlingError, type Fault } from '../../core/errors.js';
import { faultsOf } from '../../core/programme/faults.js';
import { parseJson } from './json-file.js';

/**
 * Reads how people say things in chat.
 * @throws SamlingError `LOCALE_WRONG` with all faults when the file does not fit.
 */
export function loadVocabulary(file: string): Vocabulary {
  const read = parseJson(file, readFileSync(file, 'utf8'));
  if ('fault' in read) throw wrong([read.fault]);
  const parsed = vocabularySchema.safeParse(read.json);
  if (!parsed.success) throw wrong(faultsOf(file, read.json, parsed.error));
  return parsed.data;
}

function wrong(faults: readonly Fault[]): SamlingError {
  return new SamlingError('LOCALE_WRONG', 'What people say in chat is wrong.', { faults });
}
