const queues = new Map<string, Promise<void>>();

/** One piece of work at a time for each path, so that the fields of one secret need not try again and again. */
export async function exclusively<T>(path: string, work: () => Promise<T>): Promise<T> {
  const before = queues.get(path) ?? Promise.resolve();
  const result = before.then(work);
  const done = result.then(
    () => undefined,
    () => undefined,
  );
  queues.set(path, done);
  try {
    return await result;
  } finally {
    if (queues.get(path) === done) queues.delete(path);
  }
}
