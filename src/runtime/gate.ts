/** Lets work into rooms: one at a time for each seat, and tells when a room is empty. */
export interface Gate {
  enter<R>(room: string, seat: string, work: () => Promise<R>): Promise<R>;
  /** Resolves when nobody who had entered by now is left. */
  drained(room: string): Promise<void>;
}

/** Creates a gate for one process. */
export function createGate(): Gate {
  const seats = new Map<string, Promise<unknown>>();
  const rooms = new Map<string, Set<Promise<unknown>>>();
  return {
    enter(room, seat, work) {
      const before = seats.get(seat) ?? Promise.resolve();
      const now = before.then(work);
      const ended = now.catch(() => undefined);
      seats.set(seat, ended);
      let inside = rooms.get(room);
      if (inside === undefined) rooms.set(room, (inside = new Set()));
      inside.add(ended);
      const leave = () => {
        if (seats.get(seat) === ended) seats.delete(seat);
        rooms.get(room)?.delete(ended);
        if (rooms.get(room)?.size === 0) rooms.delete(room);
      };
      void ended.then(leave);
      return now;
    },
    async drained(room) {
      await Promise.all([...(rooms.get(room) ?? [])]);
    },
  };
}
