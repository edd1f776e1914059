import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../core/ports/environment.js';
import type { Store } from '../core/ports/store.js';

/** How long a check's result is good. */
const GOOD_MS = 5_000;
/** A store that takes longer to write one row is as good as lost. */
const LONGEST_MS = 2_000;

/** Creates what says whether the store takes writes: a full disk or a lost database means not ready. */
export function createReadiness(store: Store, clock: Clock): () => Promise<boolean> {
  let checked: { readonly atMs: number; readonly result: Promise<boolean> } | undefined;
  const check = async () => {
    const row = { programme: 'operations', id: 'readyz', value: String(clock.nowMs()) };
    const written = store.settings.put(row).then(
      () => true,
      () => false,
    );
    return Promise.race([written, pause(LONGEST_MS, false, { ref: false })]);
  };
  return () => {
    const nowMs = clock.nowMs();
    if (checked === undefined || nowMs - checked.atMs >= GOOD_MS) checked = { atMs: nowMs, result: check() };
    return checked.result;
  };
}
