import type { RuleName } from "./rule-name";

/** A rule that an object may break, which a value that is not known yet decides. */
export interface OpenQuestion {
  readonly rule: RuleName;
  /** For a reader: `token "ci" of platform-deployer`. */
  readonly object: string;
  /** What an exception names it by. */
  readonly address: string;
  /** The provider's attribute whose value is not known, in snake_case. */
  readonly attribute: string;
}
