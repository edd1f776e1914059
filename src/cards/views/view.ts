import type { ChatMessage } from '../../core/ports/chat.js';
import type { Json } from '../../core/ports/outbox.js';
import { textIn, type Text } from '../../core/programme/language.js';
import type { Programme } from '../../core/programme/schema.js';
import type { TemplateName } from '../template-data.js';
import type { Translator } from '../../i18n/index.js';

/** What a view needs besides the message. */
export interface ViewContext {
  readonly translator: Translator;
  readonly programme: Programme;
}

/** Texts for a template: which one, and what it binds. */
export interface View {
  readonly template: TemplateName;
  readonly data: { readonly summary: string; readonly [key: string]: Json };
  /** What gives the card as it is now. */
  readonly refresh?: NonNullable<ChatMessage['refresh']>;
}

/** A button as templates bind it. */
export type Button = Readonly<{
  title: string;
  verb: string;
  style: 'default' | 'positive';
  data: Readonly<Record<string, Json>>;
}>;

/** The text for the reader's language. */
export function local(context: ViewContext, text: Text): string {
  return textIn(text, context.translator.language, context.programme.languages);
}

interface Person {
  readonly name?: string | undefined;
  readonly role: Text;
  readonly organisation: Text;
}

/** A person as cards call them: by name, else by role and organisation. */
export function personText(context: ViewContext, person: Person): string {
  if (person.name !== undefined) return person.name;
  const role = local(context, person.role);
  return context.translator.t('nudge.person', { role, organisation: local(context, person.organisation) });
}

/** A person where a sentence or a line begins: a role with a capital, a name as it is. */
export function personFirst(context: ViewContext, person: Person): string {
  const text = personText(context, person);
  return person.name === undefined ? `${text.slice(0, 1).toUpperCase()}${text.slice(1)}` : text;
}
