/**
 * Waits for something no longer than a time.
 * @param ms how long, in ms
 * @param late gives what takes its place after that, or throws
 */
export function within<T>(ms: number, waited: Promise<T>, late: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(Promise.resolve().then(late)), ms);
    const inTime =
      <A>(end: (given: A) => void) =>
      (given: A) => {
        clearTimeout(timer);
        end(given);
      };
    waited.then(inTime(resolve), inTime(reject));
  });
}
