import type { Chat, ChatMessage, Recipient, SendOutcome } from '../../../core/ports/chat.js';
import type { Clock } from '../../../core/ports/environment.js';
import { openChatLog, type ChatRecord } from './log-file.js';

/** One line of a conversation. */
export type Line =
  | { readonly from: 'samling'; readonly delivery: string; readonly atMs: number; message: ChatMessage }
  | { readonly from: 'member'; readonly atMs: number; readonly text: string };

/** The playground's chat: keeps what it got in a file, and tells whoever listens. */
export interface PlaygroundChat extends Chat {
  linesOf(member: string): readonly Line[];
  /** Writes down what the member said. */
  said(member: string, text: string): void;
  /** Calls back with the member whose conversation has changed. @returns what ends it. */
  listen(listener: (member: string) => void): () => void;
  /** Members who were sent something, and how much, oldest first. */
  received(): ReadonlyMap<string, number>;
  close(): void;
}

type SamlingLine = Extract<Line, { from: 'samling' }>;

/** What the records say: the conversations, and each message by its delivery. */
interface Book {
  readonly lines: Map<string, Line[]>;
  readonly byDelivery: Map<string, SamlingLine>;
}

/** Opens the chat of one programme. */
export function openPlaygroundChat(file: string, clock: Clock): PlaygroundChat {
  const log = openChatLog(file);
  const book: Book = { lines: new Map<string, Line[]>(), byDelivery: new Map<string, SamlingLine>() };
  const listeners = new Set<(member: string) => void>();
  for (const record of log.records) take(book, record);
  const keep = (record: ChatRecord) => {
    log.append(record);
    take(book, record);
    for (const listener of listeners) listener(record.member);
  };
  return {
    platform: 'playground',
    ...sending(book, keep, clock),
    linesOf: (member) => book.lines.get(member) ?? [],
    said: (member, text) => keep({ kind: 'said', member, atMs: clock.nowMs(), text }),
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    received: () =>
      new Map(
        [...book.lines].map(([member, list]) => [
          member,
          list.filter((line) => line.from === 'samling').length,
        ]),
      ),
    close: () => log.close(),
  };
}

function sending(
  book: Book,
  keep: (record: ChatRecord) => void,
  clock: Clock,
): Pick<Chat, 'send' | 'update' | 'remove' | 'find'> {
  const plain = (message: ChatMessage) => ({ ...message, card: message.card as Record<string, unknown> });
  return {
    send(to: Recipient, message: ChatMessage, delivery: string): Promise<SendOutcome> {
      keep({ kind: 'sent', member: to.member, delivery, atMs: clock.nowMs(), message: plain(message) });
      return Promise.resolve({ kind: 'sent', ref: { delivery } });
    },
    update(to, ref, message): Promise<SendOutcome> {
      const delivery = ref['delivery'] ?? '';
      if (!book.byDelivery.has(delivery))
        return Promise.resolve({ kind: 'unreachable', reason: 'no-such-message' });
      keep({ kind: 'updated', member: to.member, delivery, message: plain(message) });
      return Promise.resolve({ kind: 'sent', ref: { delivery } });
    },
    remove(to, ref): Promise<SendOutcome> {
      const delivery = ref['delivery'] ?? '';
      if (book.byDelivery.has(delivery)) keep({ kind: 'removed', member: to.member, delivery });
      return Promise.resolve({ kind: 'sent', ref: { delivery } });
    },
    find: (_to, delivery) => Promise.resolve(book.byDelivery.has(delivery) ? { delivery } : 'not-sent'),
  };
}

function take(book: Book, record: ChatRecord): void {
  if (record.kind === 'updated') {
    const line = book.byDelivery.get(record.delivery);
    if (line !== undefined) line.message = record.message as unknown as ChatMessage;
    return;
  }
  const list = book.lines.get(record.member) ?? [];
  if (record.kind === 'removed') {
    const line = book.byDelivery.get(record.delivery);
    book.byDelivery.delete(record.delivery);
    book.lines.set(
      record.member,
      list.filter((each) => each !== line),
    );
    return;
  }
  book.lines.set(record.member, list);
  if (record.kind === 'said') {
    list.push({ from: 'member', atMs: record.atMs, text: record.text });
    return;
  }
  const { delivery, atMs } = record;
  const line: SamlingLine = {
    from: 'samling',
    delivery,
    atMs,
    message: record.message as unknown as ChatMessage,
  };
  book.byDelivery.set(delivery, line);
  list.push(line);
}
