/**
 * Creates what keeps the values that were asked for last, as many as `most`, and makes the others anew; what is made as
 * undefined is not kept.
 */
export function createRecent<V>(
  most: number,
): <M extends V | undefined>(key: string, make: () => M) => V | M {
  const kept = new Map<string, V>();
  return (key, make) => {
    const value = kept.get(key) ?? make();
    if (value === undefined) return value;
    kept.delete(key);
    kept.set(key, value);
    if (kept.size > most) kept.delete(kept.keys().next().value ?? '');
    return value;
  };
}
