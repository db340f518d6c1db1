import type { RoleName } from "../roles";
import type { Exception } from "./exception";
import type { Severity } from "./finding";
import type { RuleName } from "./rule-name";

/** What is done about a rule that is broken; `off` judges it nowhere. */
export type Strictness = Severity | "off";

/** A configuration as it is written: what it leaves out is inherited, or the default. */
export type PolicySettings = Partial<Policy>;

/** A configuration with everything it leaves out filled in. */
export interface Policy {
  /** The longest that a token may live; null leaves it to GitLab. */
  readonly maxLifetimeDays: number | null;
  /** Scopes that no token may have, as GitLab spells them. */
  readonly forbiddenScopes: readonly string[];
  /** Scopes that need a token's `description` to say why, as GitLab spells them. */
  readonly scopesNeedingReason: readonly string[];
  readonly maxRole: RoleName;
  /** Days that must remain of a token's life after its `every` and overlap. */
  readonly minSlackDays: number;
  readonly maxLiveTokens: number;
  /** How much one run may remove; see `removalWeight`. */
  readonly maxRemovals: number;
  /** For the rules that it names; the others keep their own. */
  readonly severity: Readonly<Partial<Record<RuleName, Strictness>>>;
  readonly exceptions: readonly Exception[];
}

export const DEFAULT_POLICY: Policy = {
  maxLifetimeDays: null,
  forbiddenScopes: ["sudo", "admin_mode"],
  scopesNeedingReason: ["api"],
  maxRole: "owner",
  minSlackDays: 2,
  maxLiveTokens: 2,
  maxRemovals: 50,
  severity: {},
  exceptions: [],
};

export function policyOf(settings: PolicySettings): Policy {
  return { ...DEFAULT_POLICY, ...settings };
}
