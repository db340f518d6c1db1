/** A leaked token: its value, or only its number. */
export interface Leaked {
  /** Never shown and never written. */
  readonly value: string | undefined;
  readonly tokenId: number | undefined;
  /** Where it was found, as a scanner tells: `app/config.yml:12 in commit abc`. */
  readonly foundAt: readonly string[];
}

/** One entry for each token: a scanner finds a value in many commits. */
export function distinct(leaked: readonly Leaked[]): Leaked[] {
  const byKey = new Map<string, Leaked>();
  for (const one of leaked) {
    const key = one.value ?? `#${one.tokenId}`;
    const known = byKey.get(key);
    const foundAt = [...new Set([...(known?.foundAt ?? []), ...one.foundAt])];
    byKey.set(key, { ...one, foundAt });
  }
  return [...byKey.values()];
}
