import { hash, randomInt } from 'node:crypto';
import type { BoxKey } from '../../core/ports/ballots.js';

/** What a round's box is called, in hashes and as a file; the same in every store, so that boxes can move. */
export function boxName({ programme, round }: BoxKey): string {
  return encodeURIComponent(`${programme}@${round}`);
}

/** Under which an answer lies. Another question of the same ballot gives another that nobody can relate to it. */
export function hashOf(name: string, token: string, question: number): string {
  return digest(`${name}\n${String(question)}\n${token}`);
}

/** By which a token is known again; nobody can relate it to the hashes of its answers. */
export function markOf(name: string, token: string): string {
  return digest(`${name}\nmark\n${token}`);
}

/** By which an event that pressed a ballot's card is known again; nobody can relate it to anything without the token. */
export function eventHashOf(name: string, token: string, event: string): string {
  return digest(`${name}\nevent\n${token}\n${event}`).slice(0, 16);
}

function digest(text: string): string {
  return hash('sha256', text).slice(0, 32);
}

/** Fisher and Yates' shuffle with unguessable numbers; changes the list. */
export function shuffled<T>(values: T[]): T[] {
  for (let index = values.length - 1; index > 0; index -= 1) {
    const other = randomInt(index + 1);
    const value = values[index] as T;
    values[index] = values[other] as T;
    values[other] = value;
  }
  return values;
}
