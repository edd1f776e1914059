import { readFileSync } from 'node:fs';
import { vocabularySchema, type Vocabulary } from '../../core/conversation/understand.js';
import { SamlingError } from '../../core/errors.js';

/**
 * Reads how people say things in chat.
 * @throws SamlingError `LOCALE_WRONG` when the file does not fit.
 */
export function loadVocabulary(file: string): Vocabulary {
  const parsed = vocabularySchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new SamlingError('LOCALE_WRONG', `${file} does not fit its schema.`, { cause: parsed.error });
}
