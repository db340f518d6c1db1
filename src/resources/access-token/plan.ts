import {
  datesOfNewToken,
  formatAccountId,
  rotationReasonInWords,
  utcDate,
  type Decision,
  type RotationReason,
  type TokenDates,
} from "../../model";
import {
  DiagnosticError,
  holdsUnknown,
  isUnknown,
  sameValue,
  UNKNOWN,
  type PlanRequest,
  type PlanResult,
} from "../../provider/contract";
import type { Context } from "../shared/context";
import { refuseIgnoredConflict } from "../shared/ignored-changes";
import { crowdedError, foreseenDecision } from "./situation";
import { destinationIds } from "./destinations";
import { foreseeRevocations, foreseeToken, sharedKeyErrors, foreseeOthers } from "./foresee";
import { sharingErrors } from "./foresee-destinations";
import { parseOwnerless, withDeclaredOwner, tokenIdOf } from "./identity";
import { goesNowhere, nowhereError, nowhereErrors } from "./validate";
import { othersWarning } from "./ownership";
import { keepSpelling, policyOf, rotationDateOf } from "./rotation";
import { fromPrivateState, type TokenMemory } from "./private-state";
import { withSpelling } from "./respelling";
import {
  reasonsForNewToken,
  type Standing,
  eitherGeneration,
  isUndecided,
  keptDescription,
} from "./reasons";
import { heldWarning } from "./suspended";
import { planWarnings } from "./warnings";
import {
  EXPIRIES,
  type AccessTokenAttributes,
  type AccessTokenConfig,
  type AccessTokenState,
} from "./schema";

type Request = PlanRequest<AccessTokenAttributes>;
type Result = PlanResult<AccessTokenAttributes>;

export async function planAccessToken(request: Request, context: Context): Promise<Result> {
  return request.prior === null
    ? planCreate(request, context)
    : planChange(request, request.prior, context);
}

async function planCreate(request: Request, context: Context): Promise<Result> {
  const planned = firstGeneration(request);
  if (goesNowhere(planned)) throw new DiagnosticError(nowhereError());
  if (!context.ready) return { planned };
  const shared = sharedKeyErrors(planned, null, context);
  const foreseen = { planned, prior: null, memory: null, isDeclared: true };
  const diagnostics = [...shared, ...(await foreseeToken(foreseen, context))];
  return { planned, diagnostics: [...diagnostics, ...(await foreseeOthers(planned, context))] };
}

async function planChange(
  request: Request,
  read: AccessTokenState,
  context: Context,
): Promise<Result> {
  const { config } = request;
  const owned = await withDeclaredOwner(config, read, context);
  refuseIgnoredConflict(config, EXPIRIES);
  if (!mayBeSameAccount(config, owned)) {
    return { planned: firstGeneration(request), replace: ["service_account_id"] };
  }
  const memory = fromPrivateState(request.private);
  const prior = await withSpelling(owned, request.proposed.deliver_to, memory, context);
  const proposed = {
    ...withPriorSpelling(request.proposed, prior),
    id: plannedId(prior),
    destination_ids: plannedIds(request.proposed, prior),
  };
  const standing: Standing = { config, proposed, prior, memory };
  const { all: reasons, isDeclared } = reasonsForNewToken(standing);
  const decision = foreseenDecision(standing);
  const isCrowded = decision.step === "wait";
  if (isCrowded && isDeclared) throw new DiagnosticError(crowdedError(prior, context));
  // How long old tokens stay, and so whether another one is allowed, depends on the rotation.
  const isDue = decision.step === "make" && !holdsUnknown(config.rotation);
  const isHeld = isDue && memory?.isSuspended === true && !isDeclared;
  const isNew = isDue && !isHeld;
  const planned = isNew ? nextGeneration(standing, reasons) : thisGeneration(standing, decision);
  const nowhere = nowhereErrors(standing, isNew);
  if (nowhere.length > 0) throw new DiagnosticError(...nowhere);
  const warnings = [
    ...planWarnings(standing, isCrowded ? reasons : [], context),
    ...(isHeld ? [heldWarning(prior, context)] : []),
    ...othersWarning(
      (memory?.others ?? []).map((id) => ({ id })),
      prior,
      context,
    ),
  ];
  if (!context.ready) return { planned, diagnostics: warnings };
  const foreseen = { planned, prior, memory: memory ?? null, isDeclared };
  const errors = [
    ...sharedKeyErrors(planned, memory ?? null, context),
    ...(await (isNew ? foreseeToken(foreseen, context) : sharingErrors(foreseen, context))),
    ...(await foreseeRevocations(standing, context)),
  ];
  return { planned, diagnostics: [...errors, ...warnings] };
}

/** An account that is not known yet is assumed to be the same. */
function mayBeSameAccount(config: AccessTokenConfig, prior: AccessTokenState): boolean {
  const { service_account_id: written } = config;
  return isUnknown(written) || written === formatAccountId(tokenIdOf(prior).account);
}

/** A token that was taken over without its owner gets its id together with the owner. */
function plannedId({ id }: AccessTokenState): AccessTokenConfig["id"] {
  return parseOwnerless(id) === undefined ? id : UNKNOWN;
}

/** The state of an earlier version, which has none, is not changed for this reason alone. */
function plannedIds(
  { deliver_to: written }: AccessTokenConfig,
  prior: AccessTokenState,
): AccessTokenConfig["destination_ids"] {
  const isAsBefore = prior.destination_ids === null && sameValue(written, prior.deliver_to);
  return isAsBefore ? null : destinationIds(written, prior);
}

function withPriorSpelling(
  proposed: AccessTokenConfig,
  prior: AccessTokenState,
): AccessTokenConfig {
  if (isUnknown(proposed.rotation)) return proposed;
  return { ...proposed, rotation: keepSpelling(proposed.rotation, prior.rotation) };
}

/** Nothing was observed yet, so values that depend on the server's date or on leftovers are not known. */
function firstGeneration({ config, proposed }: Request): AccessTokenConfig {
  const rotates = proposed.rotation !== null;
  return {
    ...proposed,
    valid_until: config.expires_at ?? (rotates ? UNKNOWN : null),
    rotates_at: rotates ? UNKNOWN : null,
    id: UNKNOWN,
    token_id: UNKNOWN,
    generation: UNKNOWN,
    created_at: UNKNOWN,
    status: "active",
    rotation_reason: null,
    rotation_reasons: null,
    waits_since: null,
    fingerprint: UNKNOWN,
    previous: UNKNOWN,
    strays: [],
    destination_ids: destinationIds(proposed.deliver_to, null),
    value: plannedValue(proposed),
  };
}

function thisGeneration(standing: Standing, decision: Decision): AccessTokenConfig {
  return isUndecided(standing) ? eitherGeneration(standing) : sameGeneration(standing, decision);
}

/** The token stays; old ones may be due for revocation. */
function sameGeneration(standing: Standing, { revoke, release }: Decision): AccessTokenConfig {
  const { config, proposed, prior, memory } = standing;
  const rotates = proposed.rotation !== null;
  return {
    ...proposed,
    description: keptDescription(standing),
    valid_until: config.expires_at ?? (rotates ? prior.valid_until : null),
    rotates_at: plannedRotationDate(proposed, prior, memory),
    previous: revoke.length + release.length > 0 ? UNKNOWN : prior.previous,
    value: proposed.store_value === true ? prior.value : null,
  };
}

function plannedRotationDate(
  { rotation }: AccessTokenConfig,
  prior: AccessTokenState,
  memory: TokenMemory | undefined,
): AccessTokenConfig["rotates_at"] {
  if (rotation === null) return null;
  const policy = isUnknown(rotation) ? undefined : policyOf(rotation);
  if (policy === undefined) return UNKNOWN;
  return rotationDateOf(policy, memory, prior.valid_until);
}

function nextGeneration(standing: Standing, reasons: readonly RotationReason[]): AccessTokenConfig {
  const { config, proposed, prior, memory } = standing;
  const rotates = proposed.rotation !== null;
  const dates = plannedDates(proposed, memory);
  const last = Math.max(prior.generation ?? 1, memory?.strayGeneration ?? 0);
  return {
    ...proposed,
    description: keptDescription(standing),
    valid_until: config.expires_at ?? (rotates ? (dates?.expiresAt ?? UNKNOWN) : null),
    rotates_at: rotates ? (dates?.rotatesAt ?? UNKNOWN) : null,
    token_id: UNKNOWN,
    generation: last + 1,
    created_at: UNKNOWN,
    status: "active",
    ...plannedReasons(standing, reasons),
    waits_since: null,
    fingerprint: UNKNOWN,
    previous: UNKNOWN,
    strays: [],
    value: plannedValue(proposed),
  };
}

/** A sentence, and the same as data. A reason contains values, and some of them may come late. */
function plannedReasons(
  standing: Standing,
  reasons: readonly RotationReason[],
): Pick<AccessTokenConfig, "rotation_reason" | "rotation_reasons"> {
  if (isUndecided(standing) || holdsUnknown(standing.config)) {
    return { rotation_reason: UNKNOWN, rotation_reasons: UNKNOWN };
  }
  const told = reasons.map((reason) => ({
    code: reason.code,
    message: rotationReasonInWords(reason),
  }));
  return {
    rotation_reason: told.map(({ message }) => message).join("; "),
    rotation_reasons: told,
  };
}

/** Counted from the day of the last observation, so that a saved plan shows what its apply will do. */
function plannedDates(
  { rotation }: AccessTokenConfig,
  memory: TokenMemory | undefined,
): TokenDates | undefined {
  const policy = isUnknown(rotation) ? undefined : policyOf(rotation);
  if (policy === undefined || memory?.observed == null) return undefined;
  // The first token of this stack in the place of an imported one has its key only when it is created.
  if (policy.isSpread && memory.key === "") return undefined;
  const { at, maxLifetimeDays } = memory.observed;
  return datesOfNewToken(policy, utcDate(new Date(at)), maxLifetimeDays, memory.key);
}

function plannedValue(proposed: AccessTokenConfig): AccessTokenConfig["value"] {
  return proposed.store_value === false ? null : UNKNOWN;
}
