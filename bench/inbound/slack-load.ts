import { readFileSync } from 'node:fs';

/** A person in the bench. */
export interface SlackPerson {
  readonly id: string;
  readonly workspace: string;
  readonly user: string;
}

/** The local Slack, as a measured process is told of it. */
export interface MeasuredSlack {
  readonly apiUrl: string;
  readonly signingSecret: string;
  readonly tokens: Readonly<Record<string, string>>;
  readonly people: readonly SlackPerson[];
}

/** A button that is pressed: its id, and what the message carries, for each person. */
export interface Pressed {
  readonly actionId: string;
  readonly boxes: readonly string[];
}

/** What the bench asks a measured process for. */
export type ToMeasured = { readonly kind: 'cpu' } | { readonly kind: 'update'; readonly count: number };

/** What a measured process tells. */
export type FromMeasured =
  | {
      readonly kind: 'ready';
      readonly url: string;
      readonly acknowledged: Pressed;
      readonly answered: Pressed;
    }
  | { readonly kind: 'cpu'; readonly ms: number };

/** Reads the file that the bench starts the process with. */
export function slackOf(argv: readonly string[]): MeasuredSlack {
  return JSON.parse(readFileSync(argv[2] ?? '', 'utf8')) as MeasuredSlack;
}

/** Tells the bench that the process is ready, and how much CPU it has used, whenever asked; ends when the bench does. */
export async function serveMeasured(
  ready: Omit<Extract<FromMeasured, { kind: 'ready' }>, 'kind'>,
  served: { update(count: number): Promise<void>; close(): Promise<void> },
): Promise<void> {
  const tell = (message: FromMeasured) => process.send?.(message);
  tell({ kind: 'ready', ...ready });
  process.on('message', (asked: ToMeasured) => {
    const work = asked.kind === 'update' ? served.update(asked.count) : Promise.resolve();
    void work.then(() => {
      const { user, system } = process.cpuUsage();
      tell({ kind: 'cpu', ms: (user + system) / 1000 });
    });
  });
  await new Promise<void>((resolve) => process.once('disconnect', resolve));
  await served.close();
  process.exit(0);
}
