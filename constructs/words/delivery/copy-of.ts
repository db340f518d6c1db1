/** A copy, so that later changes of the program to its lists and maps have no effect. */
export function copyOf<T extends object>(options: T): T {
  const entries = Object.entries(options).map(([name, value]: [string, unknown]) => [
    name,
    copyOfValue(value),
  ]);
  return Object.fromEntries(entries) as T;
}

function copyOfValue(value: unknown): unknown {
  if (Array.isArray(value)) return [...(value as unknown[])];
  const isPlain =
    typeof value === "object" &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype;
  return isPlain ? { ...value } : value;
}
