import type { Exception } from "./exception";
import type { RuleName } from "./rule-name";

export type Severity = "error" | "warning";

/** A rule that an object, or a run, breaks. */
export interface Finding {
  readonly rule: RuleName;
  readonly severity: Severity;
  /** For messages: `token "ci" of platform-deployer`. */
  readonly object: string;
  /** The name of the object in exceptions. */
  readonly address: string;
  /** The provider's attribute that breaks the rule, in snake_case. Null for an object as a whole. */
  readonly attribute: string | null;
  /** What was found, and the rule. */
  readonly detail: string;
  /** What to do now. */
  readonly remedy: string;
  /** The exception that covers it, or that covered it until its last day. */
  readonly exception?: Exception;
}
