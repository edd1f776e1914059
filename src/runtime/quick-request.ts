import type { Dispatcher } from 'undici';

/** An answer to a request, read whole. */
export interface QuickAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** A part of it is best read from here: a part of a long text holds on to all of it. */
  readonly bytes: Buffer;
}

/** What is asked of a server. */
export interface QuickRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly origin: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/**
 * Codes of errors before a byte of a request was sent: nothing has happened at the other end. The last are what a proxy
 * gives that looks into connections, where its certificate was not made known to Node.
 */
export const NOT_BEGUN: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
]);

/** How long a request may wait for a free connection. With the answer's 15 s it stays below a delivery's time, 20 s. */
const QUEUE_MS = 4_000;

/** It has not left this machine, and will not: understood as undici's own error of that kind. */
class NotBegun extends Error {
  readonly code = 'UND_ERR_CONNECT_TIMEOUT';
}

/** Answers longer than this are cut there: nothing that Samling reads of a platform comes near. */
const LONGEST = 1024 * 1024;

/** Reads an answer; one for each request, so it is an object with few parts. */
class Reading implements Dispatcher.DispatchHandler {
  readonly #resolve: (answer: QuickAnswer) => void;
  readonly #reject: (error: Error) => void;
  readonly #timer: NodeJS.Timeout;
  #notBegun: Error | undefined;
  #status = 0;
  #headers: QuickAnswer['headers'] = {};
  #length = 0;
  #bytes: Buffer | undefined;
  #more: Buffer[] | undefined;

  constructor(resolve: (answer: QuickAnswer) => void, reject: (error: Error) => void, queueMs: number) {
    this.#resolve = resolve;
    this.#reject = reject;
    this.#timer = setTimeout(() => this.#giveUp(), queueMs);
  }

  /** It waits too long. Sent after all, later than its sender believes, it would be sent twice. */
  #giveUp(): void {
    // Made when it is needed: an error notes where it was made, which is a twentieth of the cost of a request.
    this.#notBegun = new NotBegun('no connection in time');
    this.#reject(this.#notBegun);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    clearTimeout(this.#timer);
    // On a connection that is given up, when that is too late.
    if (this.#notBegun !== undefined) controller.abort(this.#notBegun);
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: QuickAnswer['headers'],
  ): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#length += chunk.length;
    if (this.#length > LONGEST) return;
    if (this.#bytes === undefined) this.#bytes = chunk;
    else (this.#more ??= []).push(chunk);
  }

  onResponseEnd(): void {
    const first = this.#bytes ?? Buffer.alloc(0);
    const bytes = this.#more === undefined ? first : Buffer.concat([first, ...this.#more]);
    this.#resolve({ status: this.#status, headers: this.#headers, bytes });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    clearTimeout(this.#timer);
    this.#reject(error);
  }
}

/**
 * Asks over kept connections, without a stream for each answer: that costs a third of the CPU of undici's `request`.
 * Rejects with undici's errors; time limits are those of the connections' agent. A request that finds no connection within
 * `queueMs` (default 4,000) is never sent, and rejects with the code of a connection that was not made.
 */
export function quickRequest(
  http: Dispatcher,
  { method, origin, path, headers, body }: QuickRequest,
  queueMs = QUEUE_MS,
): Promise<QuickAnswer> {
  return new Promise((resolve, reject) => {
    http.dispatch(
      { method, origin, path, headers, body: body ?? null },
      new Reading(resolve, reject, queueMs),
    );
  });
}
