import { createHash } from "node:crypto";

/**
 * Written into a token's description and beside a delivered value. It identifies the token's declaration and
 * generation. At most 44 characters, up to generation 999,999.
 */
export interface Marker {
  readonly key: string;
  /** Counts from 1. 0 marks an ephemeral token, which has no successor. */
  readonly generation: number;
  /**
   * Distinguishes states that have the same declaration, such as workspaces. Absent beside a delivered value, and in
   * tokens of earlier versions.
   */
  readonly origin?: string;
  /** Whether the run that created the token knew of no earlier one. Absent without an origin. */
  readonly isFirst?: boolean;
}

export const EPHEMERAL_GENERATION = 0;

/** What identifies a token's declaration during its whole life. */
export interface MarkerSubject {
  readonly accountId: string;
  /** The provider's `stack`, so that stacks do not touch each other's tokens. */
  readonly stack: string;
  /** The token's name at its first creation: a rename keeps the key. */
  readonly tokenName: string;
}

/** GitLab keeps 255 characters of a description. The rest is for the marker. */
export const LONGEST_DESCRIPTION = 210;

const FORMAT = "glsa:1";
/** The origin's characters come first, so that earlier versions can read the rest. */
const SHAPE = /(?:^|\s)(?:([+-])([0-9a-f]{8}) )?glsa:1:([0-9a-f]{20}):(\d{1,9})$/;

const STACK_DIGITS = 8;
const TOKEN_DIGITS = 12;

/** Begins with the stack's characters, so that one stack's tokens recognise each other. */
export function markerKey({ accountId, stack, tokenName }: MarkerSubject): string {
  const token = hexDigest([accountId, tokenName]).slice(0, TOKEN_DIGITS);
  return hexDigest([stack]).slice(0, STACK_DIGITS) + token;
}

/** Whether two declarations belong to one set, in which no two tokens share a destination. */
export function isSameStack(key: string, otherKey: string): boolean {
  return key.slice(0, STACK_DIGITS) === otherKey.slice(0, STACK_DIGITS);
}

const STATE_DIGITS = 3;
const PLACE_DIGITS = 5;

/**
 * Begins with the state's characters, so that an account's tokens can be distinguished before their destinations are
 * known.
 */
export function markerOrigin(stateName: string, places: readonly string[]): string {
  const place = hexDigest([...places].sort()).slice(0, PLACE_DIGITS);
  return hexDigest([stateName]).slice(0, STATE_DIGITS) + place;
}

/** Whether a token may have been created by a run on the state of this name. Earlier versions wrote no origin. */
export function mayComeFrom({ origin }: Marker, stateName: string): boolean {
  return origin === undefined || origin.startsWith(hexDigest([stateName]).slice(0, STATE_DIGITS));
}

function hexDigest(words: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(words)).digest("hex");
}

export function formatMarker({ key, generation, origin, isFirst }: Marker): string {
  const tag = origin === undefined ? "" : `${isFirst ? "+" : "-"}${origin} `;
  return `${tag}${FORMAT}:${key}:${generation}`;
}

/** The user's description, then the marker. */
export function markDescription(description: string | null, marker: Marker): string {
  return description ? `${description} ${formatMarker(marker)}` : formatMarker(marker);
}

export function readMarker(description: string | null): Marker | undefined {
  const found = SHAPE.exec(description ?? "");
  if (found?.[3] === undefined) return undefined;
  const [, sign, origin, key, digits] = found;
  const generation = Number(digits);
  return origin === undefined
    ? { key, generation }
    : { key, generation, origin, isFirst: sign === "+" };
}

/** The user's description, without the marker. */
export function withoutMarker(description: string | null): string | null {
  const words = (description ?? "").replace(SHAPE, "");
  return words === "" ? null : words;
}
