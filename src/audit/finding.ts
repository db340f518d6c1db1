import type { UtcDate } from "../model";

export type FindingSeverity = "error" | "warning" | "note";

/** What a finding is about. Names are as GitLab has them: each output makes them harmless in its own way. */
export interface FindingObject {
  readonly kind: "account" | "token" | "membership" | "variable" | "state" | "run";
  /** For a reader: `token "ci" of platform-deployer`. */
  readonly label: string;
  /** What ignore patterns and the policy's exceptions name it by: `platform-deployer/ci`. */
  readonly address: string;
  /** The account's, where it is known. */
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
  /** The engine's own name of the resource: a Terraform address, a Pulumi URN. */
  readonly address: string;
}

/**
 * `open`: it counts. `ignored`: a pattern of the configuration covers it today. `accepted`: the baseline holds it.
 * `excepted`: an exception of the policy covers it today.
 */
export type FindingStatus = "open" | "ignored" | "accepted" | "excepted";

/** Something that the estate, its code and its policy do not agree about, or that nobody should leave as it is. */
export interface AuditFinding {
  /** In kebab-case; one of the kinds that `docs/audit.md` lists. */
  readonly code: string;
  readonly severity: FindingSeverity;
  readonly object: FindingObject;
  /** What was found. */
  readonly reason: string;
  /** What to do now. */
  readonly remedy: string;
  /** Nothing where no code declares it, several where several states do. */
  readonly declared: readonly Declared[];
  readonly status: FindingStatus;
  /** Why it does not count, or until when it did not. */
  readonly waiver: { readonly reason: string; readonly until: UtcDate | null } | null;
  /** The same for the same finding at every audit, whatever else changes. */
  readonly fingerprint: string;
}
