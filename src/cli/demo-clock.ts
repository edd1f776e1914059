import { Temporal } from 'temporal-polyfill';
import type { PlaygroundChat } from '../adapters/chat/playground/chat.js';
import { instantMs } from '../core/calendar/quiet-hours.js';
import type { Store } from '../core/ports/store.js';
import { occurrencesOf } from '../core/programme/occurrences.js';
import type { Programme } from '../core/programme/schema.js';
import type { Samling } from '../main.js';

const DAY_MS = 86_400_000;
/** "Next event" looks no further than this. */
const HORIZON_DAYS = 3 * 366;
/** Setting that keeps the demo's clock. */
const CLOCK = 'demo-clock';

/** A moment that the demo moves. */
export interface Moment {
  ms: number;
}

/** What a demo's clock moves. */
export interface ClockParts {
  readonly programme: Programme;
  readonly store: Store;
  readonly chat: PlaygroundChat;
  readonly samling: Samling;
  readonly moment: Moment;
}

/** Creates what moves a demo on, telling everything on the way at its time. */
export function clockOf({ programme, store, chat, samling, moment }: ClockParts) {
  const setClock = async (ms: number) => {
    moment.ms = ms;
    await store.settings.put({ programme: programme.id, id: CLOCK, value: String(ms) });
  };
  /** The next instant at which something is planned or waits to be sent. */
  const nextMs = async () => {
    const planned = await samling.planner.nextDueMs(programme);
    const waiting = [...(await store.outbox.lanes()).values()];
    const all = [...(planned === undefined ? [] : [planned]), ...waiting].map((ms) =>
      Math.max(ms, moment.ms),
    );
    return all.length === 0 ? undefined : Math.min(...all);
  };
  const stepTo = (ms: number) => setClock(ms).then(samling.tick);
  const advance = async (untilMs: number) => {
    for (let next = await nextMs(); next !== undefined && next <= untilMs; next = await nextMs())
      await stepTo(next);
    if (untilMs > moment.ms) await setClock(untilMs);
  };
  /** Moves to the next instant at which somebody is told something. */
  const toNext = async () => {
    const before = total(chat.received());
    const horizon = moment.ms + HORIZON_DAYS * DAY_MS;
    for (let next = await nextMs(); next !== undefined && next <= horizon; next = await nextMs()) {
      await stepTo(next);
      if (total(chat.received()) > before) return true;
    }
    return false;
  };
  return {
    now: () => moment.ms,
    advance,
    async move(by: 'next' | 'day' | 'week') {
      if (by === 'next') return toNext();
      await advance(moment.ms + (by === 'day' ? 1 : 7) * DAY_MS);
      return (await nextMs()) !== undefined;
    },
  };
}

function total(received: ReadonlyMap<string, number>): number {
  return [...received.values()].reduce((sum, count) => sum + count, 0);
}

/** The stored clock; else when the demo begins. */
export async function startMs(store: Store, programme: Programme): Promise<number> {
  const stored = await store.settings.get(programme.id, CLOCK);
  if (stored !== undefined) return Number(stored.value);
  return demoStartMs(programme);
}

/** When a demo of a programme begins: nine o'clock, some months before the first event that comes with a history. */
export function demoStartMs(programme: Programme): number {
  return instantMs(startDate(programme), programme.policy.nudgeAt, programme.zone);
}

/** Four months before the second round of a yearly deadline, else two before the first event. */
function startDate(programme: Programme): Temporal.PlainDate {
  const all = occurrencesOf(programme);
  const yearly = all.filter((each) => each.kind === 'deadline')[1];
  if (yearly !== undefined) return Temporal.PlainDate.from(yearly.starts).subtract({ months: 4 });
  const first = all[0];
  return first === undefined
    ? Temporal.PlainDate.from(programme.cohorts[0]?.starts ?? '2016-10-03')
    : Temporal.PlainDate.from(first.starts).subtract({ months: 2 });
}
