import { DefaultTokenResolver, StringConcat, Token, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";
import type { Duration } from "../words";

/** Whether only Terraform, and not this program, knows the value. */
export function isLate(value: unknown): boolean {
  return Token.isUnresolved(value);
}

/** A path or number as the string that Terraform expects. */
export function asText(value: string | number): string;
export function asText(value: string | number | undefined): string | undefined;
export function asText(value: string | number | undefined): string | undefined {
  return typeof value === "number" ? Tokenization.stringifyNumber(value) : value;
}

/** Days or weeks as the string that Terraform expects, such as `30d`. */
export function durationText({ amount, unit }: Duration): string {
  return `${asText(amount)}${unit}`;
}

/**
 * The value as a string that is the same in every synth. A late value becomes its reference, such as
 * `gitlab_group.platform.id`. A list of strings becomes one string.
 */
export function spell(scope: IConstruct, value: string | number | readonly string[]): string {
  if (isLate(value)) return spellLate(scope, value);
  return typeof value === "object"
    ? JSON.stringify(value.map((each) => spell(scope, each)))
    : String(value);
}

function spellLate(scope: IConstruct, value: unknown): string {
  const resolver = new DefaultTokenResolver(new StringConcat());
  const reference: unknown = Tokenization.resolve(value, { scope, resolver });
  return String(reference).replace(/\$\{([^}]*)\}/g, "$1");
}
