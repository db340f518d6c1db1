import type { Declarations } from "./declarations";
import { isTerraformStack, readStack, readSynthesized } from "./terraform";

/**
 * What a stack declares, for your own assertions.
 * @param received a `TerraformStack`, the JSON of one, or the result of `recordDeclarations`
 * @throws Error for anything else
 */
export function declarationsOf(received: unknown): Declarations {
  if (typeof received === "string") return readSynthesized(received);
  if (typeof received === "object" && received !== null) {
    if (isDeclarations(received)) return received;
    if (isTerraformStack(received)) return readStack(received);
  }
  throw new Error(
    `expect() needs a TerraformStack, the JSON that Testing.synth returns, or what recordDeclarations returns; got ${nameOf(received)}.`,
  );
}

function isDeclarations(value: object): value is Declarations {
  const { accounts, memberships, tokens, deliveries } = value as Partial<Declarations>;
  return [accounts, memberships, tokens, deliveries].every(Array.isArray);
}

function nameOf(value: unknown): string {
  if (value instanceof Promise) return "a Promise, which must be awaited";
  if (typeof value !== "object" || value === null) return String(value);
  return `an object of ${value.constructor?.name ?? "no class"}`;
}
