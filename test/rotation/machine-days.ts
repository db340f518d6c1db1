import type { OldToken } from "../../src/model";
import type { State, Token } from "./machine-state";

const BASE = Date.parse("2027-01-01T12:00:00Z");
const DAY = 86_400_000;
export const NOW = new Date(BASE);
/** Formatted once, since hundreds of thousands of states ask. */
const moments = new Map<number, string>();

export function inDays(days: number): string {
  const known = moments.get(days) ?? new Date(BASE + days * DAY).toISOString();
  moments.set(days, known);
  return known;
}

export function inWholeDays(tokens: readonly OldToken[]): State["previous"] {
  return tokens.map(({ id, revokeAt }) => ({
    id,
    revokeIn: revokeAt === null ? null : (Date.parse(revokeAt) - BASE) / DAY,
  }));
}

export function oldToken({ id, used }: Token, revokeAt: string | null): OldToken {
  return { id, revokeAt, lastUsedAt: used === null ? null : inDays(-used) };
}

export function withOverlap(token: OldToken, overlap: { readonly revokeAt: string } | undefined) {
  return overlap === undefined ? token : { ...token, revokeAt: overlap.revokeAt };
}
