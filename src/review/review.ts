import type { Finding, OpenQuestion } from "../model/policy";

/** What an engine's plan would do, in words of service accounts. Plain text: each output escapes it in its own way. */
export interface Review {
  readonly engine: Engine;
  /** Worst first. An account without changes is left out. */
  readonly accounts: readonly AccountReview[];
  /** What the rules say of the plan, worst first. */
  readonly findings: readonly Finding[];
  /** Changes of resources that no sentence here is about. */
  readonly others: Others;
  /** How many resources of all kinds the engine would touch. */
  readonly planned: PlannedActions;
  /** What the rules cannot say before the apply, since it alone tells a value. */
  readonly notJudged: readonly NotJudged[];
  /** Whether planning failed, so that the plan does not show all that would change. */
  readonly errored: boolean;
  /** What a reader must know of the plan itself: that it failed half-way, or is not complete. */
  readonly remarks: readonly string[];
  /** The engine's names of the tokens that may be applied by themselves: only rotations and due revocations. */
  readonly rotationTargets: readonly string[];
}

export interface NotJudged extends OpenQuestion {
  /** Whether glsa's provider judges it in the apply; the official one does not. */
  readonly isJudgedAtApply: boolean;
}

export type Engine = "terraform" | "opentofu" | "pulumi";

export interface AccountReview {
  /** The username; where the plan does not know it, what it does know: "user 42". */
  readonly account: string;
  /** The account's owner, where the plan knows it: "group platform", "the instance". */
  readonly owner?: string;
  /** Worst first. */
  readonly changes: readonly Change[];
}

export interface Others {
  readonly created: number;
  readonly changed: number;
  readonly deleted: number;
}

/** Resources by what an engine does to them. A replaced one is created and deleted. */
export interface PlannedActions {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
}

/** What a change means to who has to answer for it, worst first. */
export const EFFECTS = ["destroys", "gains", "loses", "changes", "routine"] as const;
export type Effect = (typeof EFFECTS)[number];

/** One difference. No difference is told twice. */
export interface Change {
  readonly kind: ChangeKind;
  readonly effect: Effect;
  /** What of the account it is about: "account", `token "ci"`, "membership of platform/charts". */
  readonly object: string;
  /** The engine's own name of the resource: a Terraform address, a Pulumi URN. */
  readonly address: string;
  /** One line, without the object: "role raised". */
  readonly summary: string;
  readonly from?: string;
  readonly to?: string;
  /** Further lines: reasons, dates, destinations. */
  readonly details: readonly string[];
}

export const CHANGE_KINDS = [
  "account-created",
  "account-imported",
  "account-replaced",
  "account-deleted",
  "account-disabled",
  "account-suspended",
  "account-resumed",
  "account-released",
  "account-renamed",
  "account-setting",
  "membership-added",
  "membership-removed",
  "role-raised",
  "role-lowered",
  "role-changed",
  "access-lengthened",
  "access-shortened",
  "token-created",
  "token-imported",
  "token-replaced",
  "token-removed",
  "token-killed-in-place",
  "scope-gained",
  "scope-lost",
  "permission-gained",
  "permission-lost",
  "lifetime-lengthened",
  "lifetime-shortened",
  "schedule-changed",
  "rotation",
  "rotation-waits",
  "revocation-due",
  "revocation-held",
  "strays-found",
  "delivery-added",
  "delivery-removed",
  "delivery-changed",
  "setting-changed",
  "address-changed",
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];
