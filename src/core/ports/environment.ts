/** The time, as the rest of Samling sees it; the playground moves it. */
export interface Clock {
  nowMs(): number;
}

/** Randomness for tokens and jitter. */
export interface Random {
  /** Unguessable, URL-safe, 128 bits. */
  token(): string;
  /** At least 0, below 1; not for secrets. */
  fraction(): number;
}
