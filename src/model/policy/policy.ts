import type { RoleName } from "../roles";
import type { Exception } from "./exception";
import type { Severity } from "./finding";
import type { RuleName } from "./rule-name";

/** A configuration, with everything it leaves out filled in. */
export interface Policy {
  /** The longest that a token may live; null leaves it to GitLab. */
  readonly maximumLifetimeDays: number | null;
  /** Scopes that no token may have. */
  readonly forbiddenScopes: readonly string[];
  /** Scopes that need a token's `description` to say why. */
  readonly scopesNeedingReason: readonly string[];
  readonly highestRole: RoleName;
  /** Days that must remain of a token's life after its `every` and overlap. */
  readonly leastSlackDays: number;
  readonly mostLiveGenerations: number;
  /** How much one run may remove; see `removalWeight`. */
  readonly mostRemovals: number;
  readonly severities: Readonly<Record<RuleName, Severity | "off">>;
  readonly exceptions: readonly Exception[];
}
