import {
  closeSync,
  existsSync,
  fdatasyncSync,
  openSync,
  readFileSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { z } from 'zod';

const message = z.object({
  card: z.custom<Record<string, unknown>>(),
  text: z.string(),
  language: z.string(),
});

const recordSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sent'), member: z.string(), delivery: z.string(), atMs: z.number(), message }),
  z.object({ kind: z.literal('updated'), member: z.string(), delivery: z.string(), message }),
  z.object({ kind: z.literal('removed'), member: z.string(), delivery: z.string() }),
  z.object({ kind: z.literal('said'), member: z.string(), atMs: z.number(), text: z.string() }),
]);
export type ChatRecord = z.infer<typeof recordSchema>;

/** An append-only file of what was said; each line is on the disk before `append` returns. */
export interface ChatLog {
  readonly records: readonly ChatRecord[];
  append(record: ChatRecord): void;
  close(): void;
}

/** Opens the file and reads what is there; a last line that a crash cut off is dropped. */
export function openChatLog(file: string): ChatLog {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const end = text.lastIndexOf('\n') + 1;
  const records = text
    .slice(0, end)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => recordSchema.parse(JSON.parse(line)));
  if (end < text.length) truncateSync(file, Buffer.byteLength(text.slice(0, end)));
  const descriptor = openSync(file, 'a', 0o600);
  return {
    records,
    append(record) {
      writeSync(descriptor, `${JSON.stringify(record)}\n`);
      fdatasyncSync(descriptor);
    },
    close: () => closeSync(descriptor),
  };
}
