import type { Language } from '../../../core/programme/language.js';
import type { WebResponse } from '../../../runtime/web.js';
import type { Line } from './chat.js';

/** A member as the playground lists them. */
export interface ListedMember {
  readonly id: string;
  readonly role: string;
  readonly organisation: string;
  readonly language: Language;
  /** How many messages the member has got. */
  readonly received: number;
}

/** What the playground's pages do with one programme; the composition root makes it from the real parts. */
export interface PlaygroundSession {
  readonly id: string;
  readonly name: Readonly<Partial<Record<Language, string>>> | string;
  readonly languages: readonly Language[];
  readonly zone: string;
  now(): number;
  members(): Promise<readonly ListedMember[]>;
  linesOf(member: string): readonly Line[];
  say(member: string, text: string): Promise<void>;
  act(member: string, delivery: string, verb: string, data: Readonly<Record<string, unknown>>): Promise<void>;
  /** Moves the clock on, telling everything on the way at its time. Answers false when nothing more is planned. */
  move(by: 'next' | 'day' | 'week'): Promise<boolean>;
  listen(listener: (member: string) => void): () => void;
  calendarFile(event: string, language: Language): Promise<string | undefined>;
  /** What lies at a secret address, if there is something. */
  feed(file: string): Promise<WebResponse | undefined>;
  /** The page that draws a draft, at its secret address; `base` is where the playground was reached. */
  preview(token: string, base: string): Promise<WebResponse | undefined>;
}
