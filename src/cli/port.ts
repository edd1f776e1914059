import { SamlingError } from '../core/errors.js';

/** Reads `--port`. @throws SamlingError `ARGUMENT_WRONG` for what is no port from 0 to 65535. */
export function portIn(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65535) return port;
  throw new SamlingError('ARGUMENT_WRONG', `--port: found ${text}, expected a port from 0 to 65535.`);
}
