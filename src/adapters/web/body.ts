import type { IncomingMessage } from 'node:http';

/**
 * Reads a body of at most `limitBytes`.
 * @returns the bytes, or the status to answer with: 413 too large, 400 cut off, 415 compressed.
 */
export function readBody(request: IncomingMessage, limitBytes: number): Promise<Uint8Array | number> {
  // Nobody whom we know compresses, and unpacking is how a small request becomes a large one.
  if (request.headers['content-encoding'] !== undefined) return Promise.resolve(415);
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) return Promise.resolve(413);
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let length = 0;
    const end = (result: Uint8Array | number) => {
      request.off('data', take);
      resolve(result);
    };
    const take = (part: Buffer) => {
      length += part.length;
      if (length > limitBytes) end(413);
      else parts.push(part);
    };
    const fail = () => end(400);
    // `on`, not `once`: whatever comes after the first has no effect, and costs less.
    request.on('data', take);
    request.on('end', () => end(parts.length === 1 ? (parts[0] ?? new Uint8Array()) : Buffer.concat(parts)));
    request.on('error', fail);
    request.on('close', fail);
  });
}
