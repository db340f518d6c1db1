import {
  parseSettings,
  type Exception,
  type PolicySettings,
  type RuleName,
  type Strictness,
} from "../../../src/model/policy";
import type { DeclarationProblem } from "../declaration-problem";
import type { Duration } from "../duration";
import { Role, type RoleLike } from "../role";
import { Scope, type ScopeLike } from "../scope";
import { inProgram } from "./in-program";

/** The stricter settings. Those that are left out do not change. */
export interface PolicyOptions {
  /**
   * The maximum lifetime of a token. A rotation without a lifetime of its own stays within it.
   * @default - the maximum that GitLab allows
   */
  readonly maxLifetime?: Duration | string;
  /**
   * Scopes that no token may have, in addition to those already forbidden.
   * @default - `sudo` and `admin_mode`
   */
  readonly forbiddenScopes?: readonly ScopeLike[];
  /**
   * Scopes that a token may have only with a description, in addition to those already listed.
   * @default - `api`
   */
  readonly scopesNeedingReason?: readonly ScopeLike[];
  /**
   * Permissions that no fine-grained token may have, in addition to those already forbidden. `*` stands for anything.
   * @default - none
   */
  readonly forbiddenPermissions?: readonly string[];
  /**
   * Permissions that a fine-grained token may have only with a description, in addition to those already listed.
   * @default - none
   */
  readonly permissionsNeedingReason?: readonly string[];
  /**
   * The highest role of a membership. A custom role counts as its default role.
   * @default - owner
   */
  readonly maxRole?: RoleLike;
  /**
   * The minimum time that must remain of a token's life after `every` and overlap.
   * @default - 2 days
   */
  readonly minSlack?: Duration | string;
  /**
   * The maximum number of live tokens per declaration.
   * @default 2
   */
  readonly maxLiveTokens?: number;
  /**
   * How much one run may remove: an account counts as 5, a token or membership as 1.
   * @default 50
   */
  readonly maxRemovals?: number;
  /**
   * How many tokens one run rotates because they are due. The others wait for the next run, as far as their overlap
   * stays whole.
   * @default - all
   */
  readonly maxRotations?: number;
  /**
   * The severity of each rule: `error` fails, `warning` only reports.
   * @default - each rule's own
   */
  readonly severity?: Readonly<Partial<Record<RuleName, Strictness>>>;
}

/** Allows one object to break one rule for a while. */
export type PolicyException = Exception;

interface Read {
  readonly settings: PolicySettings;
  readonly problems: readonly DeclarationProblem[];
}

/** The settings that a program's options stand for. */
export function readOptions(options: PolicyOptions): Read {
  const { forbiddenScopes, scopesNeedingReason, maxRole } = options;
  return read({
    max_lifetime: options.maxLifetime?.toString(),
    forbidden_scopes: forbiddenScopes?.map((scope) => Scope.from(scope).name),
    scopes_needing_reason: scopesNeedingReason?.map((scope) => Scope.from(scope).name),
    forbidden_permissions: options.forbiddenPermissions,
    permissions_needing_reason: options.permissionsNeedingReason,
    max_role: maxRole === undefined ? undefined : Role.from(maxRole).name,
    min_slack: options.minSlack?.toString(),
    max_live_tokens: options.maxLiveTokens,
    max_removals: options.maxRemovals,
    max_rotations: options.maxRotations,
    severity: options.severity,
  });
}

export function readException(exception: PolicyException): Read {
  return read({ exceptions: [exception] });
}

function read(written: Readonly<Record<string, unknown>>): Read {
  const { settings, problems } = parseSettings(written);
  return { settings, problems: problems.map(inProgram) };
}
