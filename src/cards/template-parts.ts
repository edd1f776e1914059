import { z } from 'zod';
import type { Json } from '../core/ports/outbox.js';

/** What templates bind in many places. */

export const text = z.string();
export const color = z.enum(['Default', 'Accent', 'Good', 'Attention']);
/** What a button sends back; checked by the action's own schema when it comes. */
export const sent = z.record(
  z.string(),
  z.custom<Json>((value) => value !== undefined),
);
export const lines = z.array(z.strictObject({ text }));
export const choices = z.array(z.strictObject({ title: text, value: text }));
export const facts = z.array(z.strictObject({ title: text, value: text }));
export const links = z.array(z.strictObject({ title: text, url: text }));
export const plainButtons = z.array(z.strictObject({ title: text, data: sent }));
export const buttons = z.array(
  z.strictObject({ title: text, verb: text, style: z.enum(['default', 'positive']), data: sent }),
);

/** What every template has: its language, and one line for notifications and screen readers. */
export const card = z.strictObject({ lang: text, summary: text });
export const titled = card.extend({ title: text });
/** A card with something to fill in and to send. */
export const plainForm = titled.extend({ send: text, data: sent });
/** The same, with a sentence before what is to be filled in. */
export const form = plainForm.extend({ intro: text });
/** A card that says one thing. */
export const said = card.extend({ text });
