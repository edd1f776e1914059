import type { Store, Tables } from '../../src/core/ports/store.js';
import type { Chance } from './chance.js';

/** Thrown inside a transaction of a process that dies, so that the store takes it back. */
class Died extends Error {}

const never = new Promise<never>(() => undefined);

/** One process from its start to its crash. Whatever it had asked for when it died, it hears nothing of. */
export interface Life {
  readonly isOver: boolean;
  /** Resolves when the process dies. */
  readonly over: Promise<void>;
  /** Deliveries that it has begun to send and not settled. */
  readonly inFlight: Set<string>;
  /** Whether it dies now, of something of a risk. */
  mayDie(risk: number): boolean;
  /** The port's object, at each of whose calls the process may die, before or after. */
  mortal<T extends object>(port: T, risk: number): T;
  store(store: Store): Store;
}

/** Chances to die: writes, sending and settling are where it hurts; reads are many. */
const RISKS: Readonly<Record<string, number>> = { get: 0.01, list: 0.01, lanes: 0.003, taken: 0.1 };

/** Creates a life; `mayDie` says whether the process dies at a call of some risk. */
export function createLife(chance: Chance, rate: () => number): Life {
  let isOver = false;
  let end: () => void = () => undefined;
  const over = new Promise<void>((resolve) => (end = resolve));
  const dies = (risk: number) => {
    if (!isOver && chance.happens(rate() * risk)) {
      isOver = true;
      end();
    }
    return isOver;
  };
  const around = async <R>(risk: number, inside: boolean, work: () => Promise<R>): Promise<R> => {
    const stop = () => {
      if (inside) throw new Died();
      return never;
    };
    if (dies(risk)) return stop();
    const result = await work();
    return dies(risk) ? stop() : result;
  };
  const wrap = <T extends object>(port: T, risk: number, inside: boolean): T =>
    Object.fromEntries(
      Object.entries(port).map(([name, value]: [string, unknown]) => {
        if (typeof value !== 'function') return [name, value];
        const call = value as (...given: unknown[]) => Promise<unknown>;
        const own = risk * (RISKS[name] ?? 1);
        return [name, (...given: unknown[]) => around(own, inside, () => call.apply(port, given))];
      }),
    ) as T;
  const tablesOf = (tables: Tables, inside: boolean): Tables =>
    Object.fromEntries(
      Object.entries(tables).map(([name, table]: [string, unknown]) =>
        typeof table === 'object' && table !== null ? [name, wrap(table, 1, inside)] : [name, table],
      ),
    ) as unknown as Tables;
  const inner = new WeakMap<Tables, Tables>();
  return {
    get isOver() {
      return isOver;
    },
    over,
    inFlight: new Set(),
    mayDie: dies,
    mortal: (port, risk) => wrap(port, risk, false),
    store(store) {
      return {
        ...tablesOf(store, false),
        transact: (work) =>
          around(1, false, () =>
            store.transact((tables) => {
              let own = inner.get(tables);
              if (own === undefined) inner.set(tables, (own = tablesOf(tables, true)));
              return work(own);
            }),
          ).catch((error: unknown) => {
            if (error instanceof Died) return never;
            throw error;
          }),
        close: () => store.close(),
      };
    },
  };
}
