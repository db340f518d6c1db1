import { DefaultTokenResolver, StringConcat, Token, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";

/** Whether Terraform, and not this program, knows the value. */
export function isLate(value: unknown): boolean {
  return Token.isUnresolved(value);
}

/** A path or number as the text that Terraform gets. */
export function asText(value: string | number): string;
export function asText(value: string | number | undefined): string | undefined;
export function asText(value: string | number | undefined): string | undefined {
  return typeof value === "number" ? Tokenization.stringifyNumber(value) : value;
}

/**
 * The value as a word that does not change from one synth to the next: for a late one the reference that stands
 * for it, such as `gitlab_group.platform.id`.
 */
export function spell(scope: IConstruct, value: string | number): string {
  if (!isLate(value)) return String(value);
  const resolver = new DefaultTokenResolver(new StringConcat());
  const reference: unknown = Tokenization.resolve(value, { scope, resolver });
  return String(reference).replace(/\$\{([^}]*)\}/g, "$1");
}
