import { isGitLabError } from "../../gitlab";
import {
  DEFAULT_MAX_LIFETIME_DAYS,
  expiryProblem,
  LONGEST_MAX_LIFETIME_DAYS,
  parseAccountId,
  utcDate,
} from "../../model";
import {
  error,
  holdsUnknown,
  isUnknown,
  sameValue,
  type Diagnostic,
} from "../../provider/contract";
import { accountLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";
import { asError, known } from "../shared/problems";
import { tokenIdOf } from "./identity";
import { placeDestination } from "./destinations";
import { foreseeDestinations, type ForeseenToken } from "./foresee-destinations";
import { maxLifetime } from "./observe";
import {
  claimOfKey,
  foreseenKey,
  isMarkedWith,
  knownTokenIds,
  originOf,
  othersAmong,
  othersWarning,
} from "./ownership";
import type { TokenMemory } from "./private-state";
import { permissionRefusals } from "./foresee-permissions";
import type { Standing } from "./reasons";
import { policyOf, policyProblem } from "./rotation";
import { suspendedErrors } from "./suspended";
import type { AccessTokenConfig, AccessTokenState, DeliveryState } from "./schema";

/** Why creating and delivering a token would be refused, reported in the plan already. */
export async function foreseeToken(
  foreseen: ForeseenToken,
  context: Context,
): Promise<Diagnostic[]> {
  const { planned, memory, isDeclared } = foreseen;
  return [
    ...missingStack(context),
    ...(isDeclared ? await suspendedErrors(planned, context) : []),
    ...(memory === null ? movedErrors(planned, context) : []),
    ...(await foreseeDestinations(foreseen, context)),
    ...(await expiryErrors(planned, context)),
    ...(await policyErrors(planned, context)),
    ...(await permissionRefusals(planned.granular_scopes, context)),
  ];
}

/**
 * The engine destroys at one address and creates at another in any order. If it destroyed first, the consumer would
 * have no token in between.
 */
export function movedError(name: string, accountId: string, context: Context): Diagnostic {
  return error(
    "token-moves",
    `Token "${name}" would be destroyed at one address and created at another`,
    `Between the two, the consumers of token "${name}" of ${accountLabel(accountId, context)} would be locked out. If only the address changed, add\n\n` +
      `moved {\n  from = glsa_access_token.OLD\n  to   = glsa_access_token.NEW\n}\n\n` +
      `with both addresses. To remove it for good, destroy it in an apply of its own.`,
  );
}

/** A token keeps its key when it is renamed, so another token cannot have its old name beside it. */
export function sharedKeyErrors(
  planned: AccessTokenConfig,
  memory: TokenMemory | null,
  context: Context,
): Diagnostic[] {
  const name = known(planned.name);
  const key = foreseenKey(planned, memory, context);
  if (name === undefined || key === undefined || context.claims.holdKey(key, name)) return [];
  return [
    error(
      "former-name-taken",
      `Another token of this account was first named "${name}"`,
      `A renamed token keeps the marker of its first name, so the two would treat each other's tokens as their own. Choose another name.`,
      ["name"],
    ),
  ];
}

async function policyErrors(planned: AccessTokenConfig, context: Context): Promise<Diagnostic[]> {
  if (planned.rotation === null || isUnknown(planned.rotation)) return [];
  const limit = await attempt("Cannot read the instance's settings", () => maxLifetime(context));
  const found = policyProblem(
    policyOf(planned.rotation),
    limit === undefined ? assumedMaximum(context) : limit,
  );
  return found === undefined ? [] : asError(found.problem, found.path);
}

/** For an instance that does not expose it. A shorter maximum of the policy is checked by its own rule. */
function assumedMaximum(context: Context): number {
  return Math.max(context.rules().policy.maxLifetimeDays ?? 0, DEFAULT_MAX_LIFETIME_DAYS);
}

/** A wrong number in `revoke_now` would leave a leaked token alive without notice. */
export async function foreseeRevocations(
  { config, prior, memory }: Standing,
  context: Context,
): Promise<Diagnostic[]> {
  if (isUnknown(config.revoke_now) || sameValue(config.revoke_now, prior.revoke_now)) return [];
  const { account } = tokenIdOf(prior);
  const ours = new Set([...knownTokenIds(prior), ...(prior.strays ?? [])]);
  const asked = new Set(prior.revoke_now ?? []);
  const unexplained = (config.revoke_now ?? []).filter(
    (id): id is number => typeof id === "number" && !ours.has(id) && !asked.has(id),
  );
  const diagnostics: Diagnostic[] = [];
  for (const tokenId of unexplained) {
    const token = await attempt(`Cannot look for token ${tokenId}`, () =>
      context.inventory.tokens.find({ account, tokenId }),
    );
    const isDead = token !== undefined && !token.active;
    const isOurs =
      token !== undefined &&
      isMarkedWith(token, memory?.key ?? "") &&
      !(memory?.others ?? []).includes(tokenId);
    if (isDead || isOurs) continue;
    diagnostics.push(notOurs(tokenId, prior, token !== undefined, context));
  }
  return diagnostics;
}

function notOurs(
  tokenId: number,
  prior: AccessTokenState,
  exists: boolean,
  context: Context,
): Diagnostic {
  const why = exists ? "was not made by this declaration" : "does not belong to this account";
  return error(
    "token-not-revocable",
    `Token ${tokenId} cannot be revoked here`,
    `revoke_now names it, but it ${why} (${accountLabel(prior.service_account_id, context)}). If it leaked, revoke it by hand immediately; then correct the number.`,
    ["revoke_now"],
  );
}

function movedErrors(planned: AccessTokenConfig, context: Context): Diagnostic[] {
  const key = foreseenKey(planned, null, context);
  if (key === undefined || !context.claims.planned(claimOfKey(key), "keep")) return [];
  return [movedError(known(planned.name) ?? "", known(planned.service_account_id) ?? "", context)];
}

export function missingStack({ stack }: Context): Diagnostic[] {
  if (stack !== null) return [];
  return [
    error(
      "missing-stack",
      "The provider needs a stack",
      "Tokens are marked with the name of the set of declarations that they belong to, so that stacks do not touch " +
        'each other\'s tokens. Write stack = "a name of your own" in the provider block, and do not change it later.',
    ),
  ];
}

/** Reads the server's limits and clock, but only in order to refuse. */
export async function expiryErrors(
  planned: AccessTokenConfig,
  context: Context,
): Promise<Diagnostic[]> {
  const expiresAt = known(planned.valid_until);
  if (expiresAt === undefined) return [];
  const told = await attempt("Cannot read the instance's settings", () => maxLifetime(context));
  const maxLifetimeDays = told === undefined ? LONGEST_MAX_LIFETIME_DAYS : told;
  const now = context.gitlab.client.serverDate;
  if (now === undefined) return [];
  const problem = expiryProblem(expiresAt, { today: utcDate(now), maxLifetimeDays });
  return asError(problem, ["expires_at"]);
}

/** In the plan of a token that is created: active ones with its marker that no run of this state explains. */
export async function foreseeOthers(
  planned: AccessTokenConfig,
  context: Context,
): Promise<Diagnostic[]> {
  const accountId = known(planned.service_account_id) ?? "";
  const account = parseAccountId(accountId);
  const name = known(planned.name);
  const key = foreseenKey(planned, null, context);
  if (account === undefined || name === undefined || key === undefined) return [];
  return attempt(`Cannot look for tokens of ${accountLabel(accountId, context)}`, async () => {
    const active = await context.inventory.tokens.activeOf(account);
    // Every origin except this state's is another one's, so nothing is computed without a token.
    const owner = { key, origin: undefined, unmarked: {} };
    if (othersAmong(active, owner, new Set(), context).length === 0) return [];
    const origin = await foreseenOrigin(planned, context);
    if (origin === undefined) return [];
    const others = othersAmong(active, { ...owner, origin }, new Set(), context);
    return othersWarning(others, { name, service_account_id: accountId }, context);
  });
}

/** Undefined while a destination is not known. The apply then reports it. */
async function foreseenOrigin(
  planned: AccessTokenConfig,
  context: Context,
): Promise<string | undefined> {
  if (holdsUnknown(planned.deliver_to) || holdsUnknown(planned.store_value)) return undefined;
  const entries = (planned.deliver_to ?? []) as DeliveryState[];
  try {
    const placed = await Promise.all(
      entries.map((entry) => placeDestination(entry, undefined, context)),
    );
    return originOf(planned as AccessTokenState, placed, context);
  } catch (cause) {
    // A project or group that this same apply creates.
    if (isGitLabError(cause, "not_found")) return undefined;
    throw cause;
  }
}
