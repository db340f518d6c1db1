import type { RuleName } from "./rule-name";

/** A rule that an object may break, depending on a value that is not known yet. */
export interface OpenQuestion {
  readonly rule: RuleName;
  /** For messages: `token "ci" of platform-deployer`. */
  readonly object: string;
  /** The name of the object in exceptions. */
  readonly address: string;
  /** The provider's attribute whose value is not known, in snake_case. */
  readonly attribute: string;
}
