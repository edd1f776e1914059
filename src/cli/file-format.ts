import { SamlingError } from '../core/errors.js';

/** Reads `--format`. @throws SamlingError `ARGUMENT_WRONG` for another than text, csv and xlsx. */
export function formatIn(text: string): 'text' | 'csv' | 'xlsx' {
  if (text === 'text' || text === 'csv' || text === 'xlsx') return text;
  throw new SamlingError('ARGUMENT_WRONG', `--format: found ${text}, expected text, csv or xlsx.`);
}
