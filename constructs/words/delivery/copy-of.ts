/** What a program does to its lists afterwards changes nothing. */
export function copyOf<T extends object>(options: T): T {
  const entries = Object.entries(options).map(([name, value]: [string, unknown]) => [
    name,
    Array.isArray(value) ? [...(value as unknown[])] : value,
  ]);
  return Object.fromEntries(entries) as T;
}
