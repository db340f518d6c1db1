import { isDeepStrictEqual } from "node:util";

/** A value that only the apply will tell. */
export class Unknown {
  toString(): string {
    return "known after apply";
  }
}

export const UNKNOWN = new Unknown();

/** Replaces a sensitive value. The value itself is dropped when the plan is read; equal values have equal numbers. */
export class Hidden {
  private static last = 0;
  /** Tells two of them apart, wherever they stand in a comparison. */
  readonly number = (Hidden.last += 1);

  toString(): string {
    return "sensitive";
  }
}

/** What a plan tells of a value; null is nothing. */
export type Told<T> = T | null | Unknown | Hidden;

export type Value = Told<
  string | number | boolean | readonly Value[] | { readonly [key: string]: Value }
>;

/** An object's attributes by Terraform's names. One that is missing is null. */
export interface Values {
  readonly [name: string]: Value;
}

export function isKnown<T>(value: Told<T>): value is T {
  return value !== null && !(value instanceof Unknown) && !(value instanceof Hidden);
}

/** The known value, or undefined. */
export function known<T>(value: Told<T>): T | undefined {
  return isKnown(value) ? value : undefined;
}

/** What is hidden equals only what was found equal when it was hidden. */
export function sameValue(left: Value, right: Value): boolean {
  return left === right || isDeepStrictEqual(left, right);
}

export function asText(value: Value | undefined): Told<string> {
  if (typeof value === "number") return String(value);
  return typeof value === "string" || isVeiled(value) ? value : null;
}

export function asNumber(value: Value | undefined): Told<number> {
  if (typeof value === "string" && /^\d+$/.test(value)) return Number(value);
  return typeof value === "number" || isVeiled(value) ? value : null;
}

export function asList(value: Value | undefined): Told<readonly Value[]> {
  return Array.isArray(value) || isVeiled(value) ? value : null;
}

export function asRecord(value: Value | undefined): Told<Values> {
  if (value === undefined || value === null) return null;
  if (isVeiled(value)) return value;
  return typeof value === "object" && !Array.isArray(value) ? value : null;
}

function isVeiled(value: unknown): value is Unknown | Hidden {
  return value instanceof Unknown || value instanceof Hidden;
}

/** For a reader. */
export function inWords(value: Value): string {
  if (value === null || value === "") return "nothing";
  if (isVeiled(value)) return `(${value})`;
  if (Array.isArray(value)) return (value as readonly Value[]).map(inWords).join(", ") || "nothing";
  if (typeof value !== "object") return String(value);
  const entries = Object.entries(value as Values).filter(([, entry]) => entry !== null);
  return entries.map(([name, entry]) => `${name} = ${inWords(entry)}`).join(", ") || "nothing";
}
