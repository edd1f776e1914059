import { z } from 'zod';
import { programmeSchema } from './schema.js';

/** The JSON Schema of programme files, from the schema that checks them; `data/programme.schema.json` is its copy. */
export function programmeJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(programmeSchema, { io: 'input' }), null, 2)}\n`;
}
