import type { RoleName } from "../roles";
import type { Exception } from "./exception";
import type { Severity } from "./finding";
import type { RuleName } from "./rule-name";

/** The severity of a broken rule. `off` disables the rule. */
export type Strictness = Severity | "off";

/** A configuration as it is written. What it leaves out is inherited, or the default. */
export type PolicySettings = Partial<Policy>;

/** A configuration with all defaults filled in. */
export interface Policy {
  /** The maximum lifetime of a token. Null for GitLab's own limit. */
  readonly maxLifetimeDays: number | null;
  /** Scopes that no token may have, as GitLab spells them. */
  readonly forbiddenScopes: readonly string[];
  /** Scopes that require a reason in the token's `description`, as GitLab spells them. */
  readonly scopesNeedingReason: readonly string[];
  /** Permissions that no fine-grained token may have. `*` is anything. */
  readonly forbiddenPermissions: readonly string[];
  /** Permissions that require a reason in the token's `description`. `*` is anything. */
  readonly permissionsNeedingReason: readonly string[];
  readonly maxRole: RoleName;
  /** Days that must remain of a token's life after its `every` and overlap. */
  readonly minSlackDays: number;
  readonly maxLiveTokens: number;
  /** How much one run may remove; see `removalWeight`. */
  readonly maxRemovals: number;
  /** How many tokens one run rotates because they are due. Null for all of them. */
  readonly maxRotations: number | null;
  /** For the rules that it names; the others keep their own. */
  readonly severity: Readonly<Partial<Record<RuleName, Strictness>>>;
  readonly exceptions: readonly Exception[];
}

export const DEFAULT_POLICY: Policy = {
  maxLifetimeDays: null,
  forbiddenScopes: ["sudo", "admin_mode"],
  scopesNeedingReason: ["api"],
  forbiddenPermissions: [],
  permissionsNeedingReason: [],
  maxRole: "owner",
  minSlackDays: 2,
  maxLiveTokens: 2,
  maxRemovals: 50,
  maxRotations: null,
  severity: {},
  exceptions: [],
};

export function policyOf(settings: PolicySettings): Policy {
  return { ...DEFAULT_POLICY, ...settings };
}
