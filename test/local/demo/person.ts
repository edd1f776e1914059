import { elementsOf, type Element } from '../../support/elements.js';
import type { Field, Typed } from './fields.js';

/** The id under which the window of a person is shown. */
export const WINDOW = 'window';

/** A message or an open window as the development page shows it. */
export interface Shown {
  readonly id: string;
  readonly lines: readonly string[];
  readonly fields: readonly Field[];
  readonly buttons: readonly string[];
}

/** A user of a local platform, and what they can do. */
export interface DemoPerson {
  readonly id: string;
  readonly platform: 'slack' | 'teams';
  /** The workspace or tenant. */
  readonly place: string;
  /** Oldest first. */
  messages(): readonly Shown[];
  /** The dialog that is open in front of the messages. */
  window(): Shown | undefined;
  /** Closes it without sending. */
  close(): void;
  /** Presses the button with a place in `buttons`, with what is filled in; does nothing when there is none. */
  press(message: string, button: number, typed: Typed): Promise<void>;
  say(text: string): Promise<void>;
}

/** The texts of a card or of blocks, in order, without those of buttons. */
export function linesOf(node: unknown): readonly string[] {
  return elementsOf(node).flatMap((each) => {
    const { type, text, facts } = each;
    if (Array.isArray(facts))
      return (facts as readonly Element[]).map((fact) => `${String(fact['title'])} ${String(fact['value'])}`);
    if (['TextBlock', 'TextRun', 'mrkdwn', 'markdown'].includes(String(type))) return [String(text)];
    return type === 'header' ? [String((text as Element)['text'])] : [];
  });
}
