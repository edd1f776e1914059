import type { ServerResponse } from 'node:http';

/** A request that none overtakes is held back no longer. */
const MOST_MS = 2_000;

/** A request among those that a local platform got. */
export interface Arrival {
  /** Resolves when one that came later took effect and was answered, the client is gone, or two seconds are over. */
  overtaken(): Promise<void>;
  /** Says that it took effect and is being answered: those that came before and are held back go on after it. */
  answered(): void;
}

/** Takes note of each request as it comes, so that one can be held back until another has overtaken it. */
export function createOvertaking(): (response: ServerResponse) => Arrival {
  const held = new Map<number, () => void>();
  let count = 0;
  return (response) => {
    count += 1;
    const own = count;
    return {
      overtaken: () =>
        new Promise((resolve) => {
          const goOn = () => {
            clearTimeout(timer);
            held.delete(own);
            resolve();
          };
          const timer = setTimeout(goOn, MOST_MS);
          held.set(own, goOn);
          response.once('close', goOn);
        }),
      answered() {
        response.once('finish', () => {
          for (const [each, goOn] of held) if (each < own) goOn();
        });
      },
    };
  };
}
