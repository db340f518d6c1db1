/*
 * Core counts in decimals of 512 bits and compares them exactly. A fraction therefore travels as its decimal
 * text in both directions: as a binary float, 0.1 would come back as another number. Whole numbers are exact
 * up to 2^53.
 */

export function toWireNumber(value: number): number | string {
  return Number.isInteger(value) ? value : String(value);
}

export function fromWireNumber(value: unknown): unknown {
  return typeof value === "string" ? Number(value) : value;
}
