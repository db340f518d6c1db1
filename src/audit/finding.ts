import type { UtcDate } from "../model";

export type FindingSeverity = "error" | "warning" | "note";

/** The object of a finding. Names are as GitLab has them: each output escapes them in its own way. */
export interface FindingObject {
  readonly kind: "account" | "token" | "membership" | "variable" | "state" | "run";
  /** For messages: `token "ci" of platform-deployer`. */
  readonly label: string;
  /** Its name in ignore patterns and the policy's exceptions: `platform-deployer/ci`. */
  readonly address: string;
  /** The account's, if it is known. */
  readonly userId: number | null;
  readonly username: string | null;
  readonly tokenId: number | null;
  /** The path of the group or project. */
  readonly container: string | null;
}

/** Where code declares the object. */
export interface Declared {
  /** The file or address of the state or plan. */
  readonly state: string;
  /** The engine's own name of the resource: a Terraform address or a Pulumi URN. */
  readonly address: string;
}

/**
 * `open`: it counts. `ignored`: a pattern of the configuration covers it today. `accepted`: it is in the baseline.
 * `excepted`: an exception of the policy covers it today.
 */
export type FindingStatus = "open" | "ignored" | "accepted" | "excepted";

/** A difference between the estate, its code and its policy, or a state of the estate that needs attention. */
export interface AuditFinding {
  /** In kebab-case; one of the kinds that `docs/audit.md` lists. */
  readonly code: string;
  readonly severity: FindingSeverity;
  readonly object: FindingObject;
  /** What was found. */
  readonly reason: string;
  /** What to do now. */
  readonly remedy: string;
  /** Empty if no code declares it, several if several states do. */
  readonly declared: readonly Declared[];
  readonly status: FindingStatus;
  /** Why it does not count, or until when it did not. */
  readonly waiver: { readonly reason: string; readonly until: UtcDate | null } | null;
  /** Equal for the same finding in every audit, whatever else changes. */
  readonly fingerprint: string;
}
