/** A delivery takes some 0.7 KB in memory when it was read, and twice that while it is put into the outbox. */
const AT_A_TIME = 500;

/** Gives the receivers of a sending a part at a time, in their order: there may be a hundred thousand. */
export function* inParts<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < all.length; from += AT_A_TIME) yield all.slice(from, from + AT_A_TIME);
}
