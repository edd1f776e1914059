/** Somebody who is written to. */
export interface Receiver {
  readonly member: string;
  readonly workspace: string;
  readonly user: string;
  readonly address: Readonly<Record<string, string>>;
}

/** The local platforms, as measured processes are told of them. */
export interface Platforms {
  readonly slack: {
    readonly apiUrl: string;
    readonly tokens: Readonly<Record<string, string>>;
    readonly people: readonly Receiver[];
  };
  readonly teams: {
    readonly serviceUrl: string;
    readonly openIdUrl: string;
    readonly loginUrl: string;
    readonly people: readonly Receiver[];
  };
}

/** What a measured process tells of a round. */
export interface Measured {
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly rssMb: number;
}

/** Reads the argument that a measured process is started with, and answers each message with a round of its work. */
export async function serveRounds(round: () => Promise<void>, close: () => Promise<void>): Promise<void> {
  process.on('message', () => {
    const startCpu = process.cpuUsage();
    const startMs = performance.now();
    void round().then(() => {
      const { user, system } = process.cpuUsage(startCpu);
      const measured: Measured = {
        cpuMs: (user + system) / 1000,
        wallMs: performance.now() - startMs,
        rssMb: process.memoryUsage().rss / 1024 / 1024,
      };
      process.send?.(measured);
    });
  });
  process.send?.('ready');
  await new Promise<void>((resolve) => process.once('disconnect', resolve));
  await close();
  process.exit(0);
}

/** Does work for each of many, so many at a time. */
export async function forAll<T>(
  many: readonly T[],
  atOnce: number,
  work: (one: T) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < many.length; at = next++) await work(many[at]!);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** The platforms, which the bench tells first of all. */
export function toldPlatforms(): Promise<Platforms> {
  const told = new Promise<Platforms>((resolve) => process.once('message', resolve));
  process.send?.('asks');
  return told;
}
