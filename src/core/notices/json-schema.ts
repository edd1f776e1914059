import { z } from 'zod';
import { noticeSchema } from './definition.js';

/** The JSON Schema of notice files, from the schema that checks them; `data/notice.schema.json` is its copy. */
export function noticeJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(noticeSchema, { io: 'input' }), null, 2)}\n`;
}
