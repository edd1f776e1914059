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

/** Opens the chat of one programme. */
export function openPlaygroundChat(file: string, clock: Clock): PlaygroundChat {
  const log = openChatLog(file);
  const lines = new Map<string, Line[]>();
  const byDelivery = new Map<string, Extract<Line, { from: 'samling' }>>();
  const listeners = new Set<(member: string) => void>();
  for (const record of log.records) take(record);

  function take(record: ChatRecord): void {
    if (record.kind === 'updated') {
      const line = byDelivery.get(record.delivery);
      if (line !== undefined) line.message = record.message as unknown as ChatMessage;
      return;
    }
    const list = lines.get(record.member) ?? [];
    lines.set(record.member, list);
    if (record.kind === 'said') {
      list.push({ from: 'member', atMs: record.atMs, text: record.text });
      return;
    }
    const { delivery, atMs } = record;
    const line = {
      from: 'samling' as const,
      delivery,
      atMs,
      message: record.message as unknown as ChatMessage,
    };
    byDelivery.set(delivery, line);
    list.push(line);
  }

  function keep(record: ChatRecord): void {
    log.append(record);
    take(record);
    for (const listener of listeners) listener(record.member);
  }

  const plain = (message: ChatMessage) => ({ ...message, card: message.card as Record<string, unknown> });
  return {
    platform: 'playground',
    send(to: Recipient, message: ChatMessage, delivery: string): Promise<SendOutcome> {
      keep({ kind: 'sent', member: to.member, delivery, atMs: clock.nowMs(), message: plain(message) });
      return Promise.resolve({ kind: 'sent', ref: { delivery } });
    },
    update(to, ref, message): Promise<SendOutcome> {
      const delivery = ref['delivery'] ?? '';
      if (!byDelivery.has(delivery))
        return Promise.resolve({ kind: 'unreachable', reason: 'no-such-message' });
      keep({ kind: 'updated', member: to.member, delivery, message: plain(message) });
      return Promise.resolve({ kind: 'sent', ref: { delivery } });
    },
    find: (_to, delivery) => Promise.resolve(byDelivery.has(delivery) ? { delivery } : 'not-sent'),
    linesOf: (member) => lines.get(member) ?? [],
    said: (member, text) => keep({ kind: 'said', member, atMs: clock.nowMs(), text }),
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    received: () =>
      new Map(
        [...lines].map(([member, list]) => [member, list.filter((line) => line.from === 'samling').length]),
      ),
    close: () => log.close(),
  };
}
