/** A person in the bench. */
export interface TeamsPerson {
  readonly id: string;
  readonly tenant: string;
  readonly user: string;
  readonly mri: string;
  readonly conversation: string;
}

/** The local platform, as a measured process is told of it. */
export interface MeasuredPlatform {
  readonly appId: string;
  readonly openIdUrl: string;
  readonly loginUrl: string;
  readonly serviceUrl: string;
  readonly people: readonly TeamsPerson[];
}

/** What the bench asks a measured process for. */
export type ToMeasured = { readonly kind: 'cpu' } | { readonly kind: 'update'; readonly count: number };

/** What a measured process tells when it is ready, and after each run. */
export type FromMeasured =
  | {
      readonly kind: 'ready';
      readonly url: string;
      /** The tickets of each person's buttons. */
      readonly buttons: readonly (readonly string[])[];
    }
  | { readonly kind: 'cpu'; readonly ms: number };

/** Reads the argument that the bench starts the process with. */
export function platformOf(argv: readonly string[]): MeasuredPlatform {
  return JSON.parse(argv[2] ?? '{}') as MeasuredPlatform;
}

/** Tells the bench that the process is ready, and how much CPU it has used, whenever asked; ends when the bench does. */
export async function serveMeasured(served: {
  readonly url: string;
  /** The tickets of each person's buttons. */
  readonly buttons: readonly (readonly string[])[];
  readonly settle: () => Promise<void>;
  /** Changes so many cards, and does nothing else. */
  readonly update: (count: number) => Promise<void>;
  readonly close: () => Promise<void>;
}): Promise<void> {
  const tell = (message: FromMeasured) => process.send?.(message);
  tell({ kind: 'ready', url: served.url, buttons: served.buttons });
  process.on('message', (asked: ToMeasured) => {
    const work = asked.kind === 'update' ? served.update(asked.count) : served.settle();
    void work.then(() => {
      const { user, system } = process.cpuUsage();
      tell({ kind: 'cpu', ms: (user + system) / 1000 });
    });
  });
  await new Promise<void>((resolve) => process.once('disconnect', resolve));
  await served.close();
  process.exit(0);
}
