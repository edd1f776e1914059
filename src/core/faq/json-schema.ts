import { z } from 'zod';
import { articleSchema, conceptsSchema, unknownSchema } from './article.js';

const schemas = { faq: articleSchema, 'faq-unknown': unknownSchema, 'faq-concepts': conceptsSchema } as const;

/** Kinds of FAQ files that have a JSON Schema; `data/<kind>.schema.json` is its copy. */
export type FaqFileKind = keyof typeof schemas;
/** All of them. */
export const FAQ_FILE_KINDS = Object.keys(schemas) as readonly FaqFileKind[];

/** The JSON Schema of a kind of FAQ file, from the schema that checks it. */
export function faqJsonSchema(kind: FaqFileKind): string {
  return `${JSON.stringify(z.toJSONSchema(schemas[kind], { io: 'input' }), null, 2)}\n`;
}
