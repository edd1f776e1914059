import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** Socket Mode: the app calls, Slack sends envelopes over the socket and waits for each to be acknowledged. */
export interface LocalSockets {
  url(port: number): string;
  accept(request: IncomingMessage, socket: Duplex): void;
  /** Sends an envelope and resolves with what the app acknowledged it with; rejects when it does not. */
  send(type: string, payload: unknown, withinMs?: number): Promise<unknown>;
  /** Resolves when an app has connected. */
  connected(): Promise<void>;
  close(): void;
}

/** RFC 6455, 1.3. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

export function openSockets(): LocalSockets {
  const open = new Set<Duplex>();
  const waiting = new Map<string, (payload: unknown) => void>();
  let whenOpen: (() => void)[] = [];
  let count = 0;
  const onText = (text: string) => {
    const message = JSON.parse(text) as { envelope_id?: string; payload?: unknown };
    if (message.envelope_id !== undefined) waiting.get(message.envelope_id)?.(message.payload);
  };
  return {
    url: (port) => `ws://127.0.0.1:${String(port)}/link`,
    accept(request, socket) {
      const accept = createHash('sha1')
        .update(`${request.headers['sec-websocket-key'] ?? ''}${GUID}`)
        .digest('base64');
      const head = ['HTTP/1.1 101 Switching Protocols', 'upgrade: websocket', 'connection: upgrade'];
      socket.write([...head, `sec-websocket-accept: ${accept}`, '', ''].join('\r\n'));
      open.add(socket);
      socket.on('close', () => open.delete(socket)).on('error', () => open.delete(socket));
      readFrames(socket, onText);
      socket.write(textFrame(JSON.stringify({ type: 'hello', num_connections: open.size })));
      for (const resolve of whenOpen) resolve();
      whenOpen = [];
    },
    send(type, payload, withinMs = 3000) {
      count += 1;
      const id = `envelope-${String(count)}`;
      const [socket] = open;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('not acknowledged')), withinMs);
        waiting.set(id, (answer) => {
          clearTimeout(timer);
          resolve(answer);
        });
        socket?.write(
          textFrame(JSON.stringify({ type, envelope_id: id, payload, accepts_response_payload: true })),
        );
      });
    },
    connected: () => (open.size > 0 ? Promise.resolve() : new Promise((resolve) => whenOpen.push(resolve))),
    close() {
      for (const socket of open) socket.destroy();
    },
  };
}

function textFrame(text: string): Buffer {
  const body = Buffer.from(text);
  const head = body.length < 126 ? Buffer.from([0x81, body.length]) : Buffer.from([0x81, 126, 0, 0]);
  if (body.length >= 126) head.writeUInt16BE(body.length, 2);
  return Buffer.concat([head, body]);
}

/** Frames of a client: masked, unfragmented; pings are answered. */
function readFrames(socket: Duplex, onText: (text: string) => void): void {
  let rest = Buffer.alloc(0);
  socket.on('data', (part: Buffer) => {
    rest = Buffer.concat([rest, part]);
    for (;;) {
      if (rest.length < 6) return;
      const short = rest[1]! & 0x7f;
      const head = short === 126 ? 8 : 6;
      if (rest.length < head) return;
      const length = short === 126 ? rest.readUInt16BE(2) : short;
      if (rest.length < head + length) return;
      const mask = rest.subarray(head - 4, head);
      const body = Buffer.from(rest.subarray(head, head + length)).map((byte, at) => byte ^ mask[at % 4]!);
      const kind = rest[0]! & 0x0f;
      rest = rest.subarray(head + length);
      if (kind === 1) onText(Buffer.from(body).toString());
      if (kind === 9) socket.write(Buffer.concat([Buffer.from([0x8a, body.length]), body]));
      if (kind === 8) socket.end();
    }
  });
}
