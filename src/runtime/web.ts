/** What a chat platform sees of an HTTP request, before anything of it has been parsed. */
export interface WebRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names; of a header given twice, the first. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The bytes as they came, at most `bodyLimitBytes`; empty until `admit` has let the request in. */
  readonly body: Uint8Array;
}

export interface WebResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** A path that the server hands to somebody; one that ends in a slash, such as `/calendar/`, stands for all below it. */
export interface WebMount {
  readonly path: string;
  readonly methods: readonly ('GET' | 'POST')[];
  /** Longer bodies are answered 413; default 1 MiB. */
  readonly bodyLimitBytes?: number;
  /** Refuses by the headers alone, before the body is read: what is forged should cost as little as can be. */
  admit?(head: WebRequest): WebResponse | undefined | Promise<WebResponse | undefined>;
  handle(request: WebRequest): Promise<WebResponse>;
}
