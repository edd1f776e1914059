/**
 * Waits for something no longer than a time.
 * @param ms how long, in ms
 * @param late gives what takes its place after that, or throws
 */
export async function within<T>(ms: number, waited: Promise<T>, late: () => T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  try {
    return await Promise.race([waited, over.then(late)]);
  } finally {
    clearTimeout(timer);
  }
}
