import type { Directory } from '../core/ports/directory.js';
import type { Store, Tables } from '../core/ports/store.js';
import type { Programme } from '../core/programme/schema.js';
import { loadState } from '../core/reminders/member-state.js';
import { nextDueMs } from '../core/reminders/next-due.js';
import { itemsOf, recipientsOf, toDeliveries, whatIsDue } from '../core/reminders/plan.js';
import { plansOf, type PlanInput } from '../core/reminders/plan-input.js';
import { countsOf } from './message-counts.js';
import type { Planning } from './planning.js';

/** Setting that says up to which instant a programme has been planned. */
const WATERMARK = 'planned-until';

/** Puts what is due into the outbox, and says when to look again. */
export interface Planner {
  /** When planning may next find something; `-Infinity` after `replan`, undefined when nothing is left. */
  nextDueMs(programme: Programme): Promise<number | undefined>;
  /** Puts into the outbox what is due by now, in one transaction. Twice, late or early: each item is taken once. */
  plan(programme: Programme, nowMs: number): Promise<number>;
  /** Looks at everything again next time: members, programme or answers have changed what may be due. */
  replan(programme: string): Promise<void>;
  /** The same inside a transaction, so that it cannot be lost between an answer and a crash; `changed` must follow. */
  replanIn(tables: Tables, programme: string): Promise<void>;
  /** Something was written (a snooze, a pause): works out anew when planning may next find something. */
  changed(programme: string): void;
}

/** Creates the planner over the store. */
export function createPlanner(store: Store, directory: Directory, others: readonly Planning[] = []): Planner {
  /** Cached, so that an idle tick reads no members; dropped by `plan` and `replan`. */
  const cached = new Map<string, Promise<number | undefined>>();
  return {
    nextDueMs(programme) {
      const known = cached.get(programme.id);
      if (known !== undefined) return known;
      // The promise is kept, so that a change while it is worked out throws it away.
      const next = computeNext(store, programme, others);
      cached.set(programme.id, next);
      next.catch(() => cached.delete(programme.id));
      return next;
    },
    async plan(programme, nowMs) {
      // Another process may have linked an account.
      await directory.refresh?.(programme.id);
      let added = await store.transact((tables) => planInto(tables, directory, programme, nowMs));
      for (const other of others) added += await other.plan(programme, nowMs);
      cached.delete(programme.id);
      return added;
    },
    async replan(programme) {
      await store.settings.remove(programme, [WATERMARK]);
      cached.delete(programme);
    },
    replanIn: (tables, programme) => tables.settings.remove(programme, [WATERMARK]),
    changed: (programme) => void cached.delete(programme),
  };
}

async function watermarkOf(tables: Tables, programme: string): Promise<number | undefined> {
  const setting = await tables.settings.get(programme, WATERMARK);
  return setting === undefined ? undefined : Number(setting.value);
}

async function computeNext(
  store: Store,
  programme: Programme,
  others: readonly Planning[],
): Promise<number | undefined> {
  const watermark = await watermarkOf(store, programme.id);
  if (watermark === undefined) return -Infinity;
  const state = await loadState(store, programme);
  const wishes = { snoozes: [...state.snoozes.values()], preferences: [...state.preferences.values()] };
  const own = nextDueMs(state.programme, plansOf(state.programme, state.members), wishes, watermark);
  const found = await Promise.all(others.map((each) => each.nextDueMs(programme, watermark)));
  const all = [own, ...found].filter((atMs) => atMs !== undefined);
  return all.length === 0 ? undefined : Math.min(...all);
}

async function planInto(
  tables: Tables,
  directory: Directory,
  programme: Programme,
  nowMs: number,
): Promise<number> {
  const fromMs = await watermarkOf(tables, programme.id);
  const input: PlanInput = {
    ...(await loadState(tables, programme)),
    laneOf: (member) => directory.laneOf(programme.id, member.id),
    ...(fromMs === undefined ? {} : { fromMs }),
    nowMs,
  };
  const due = whatIsDue(input);
  const taken = await tables.outbox.taken(programme.id, itemsOf(due));
  const countOn = await countsOf(tables, input, recipientsOf(due));
  const added = await tables.outbox.add(toDeliveries(input, due, { taken, countOn }));
  await tables.settings.put({ programme: programme.id, id: WATERMARK, value: String(nowMs) });
  return added.length;
}
