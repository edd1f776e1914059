import { pino } from 'pino';
import type { Log } from '../runtime/dispatcher.js';

/** Fields that may carry personal data and never reach a log, should somebody pass them by mistake. */
const NEVER = ['name', 'email', 'text', 'card', 'message', 'member', 'account', 'note', 'answer'];

/** A structured log on standard error. */
export function createLog(level: string): Log {
  return pino({ level, redact: { paths: NEVER, remove: true } }, pino.destination(2));
}
