import { formatAccountId, parseTokenId } from "../../model";
import {
  UNKNOWN,
  warning,
  type Diagnostic,
  type PlanRequest,
  type PlanResult,
} from "../../provider/contract";
import type { Context } from "../shared/context";
import { known } from "../shared/problems";
import { foreseeToken } from "./foresee";
import { fromPrivateState } from "./private-state";
import { reasonsForNewToken } from "./reasons";
import type { AccessTokenAttributes, AccessTokenConfig, AccessTokenState } from "./schema";

type Request = PlanRequest<AccessTokenAttributes>;
type Result = PlanResult<AccessTokenAttributes>;

export async function planAccessToken(request: Request, context: Context): Promise<Result> {
  return request.prior === null
    ? planCreate(request, context)
    : planChange(request, request.prior, context);
}

async function planCreate({ proposed }: Request, context: Context): Promise<Result> {
  const planned: AccessTokenConfig = {
    ...proposed,
    generation: 1,
    status: "active",
    rotation_reason: null,
    value: plannedValue(proposed),
  };
  const diagnostics = context.ready ? await foreseeToken(planned, null, context) : [];
  return { planned, diagnostics };
}

async function planChange(
  { config, proposed, private: privateState }: Request,
  prior: AccessTokenState,
  context: Context,
): Promise<Result> {
  if (!isSameAccount(config, prior)) {
    return { planned: replacement(proposed), replace: ["service_account_id"] };
  }
  const memory = fromPrivateState(privateState);
  const kept = { ...proposed, description: prior.description };
  const reasons = reasonsForNewToken(config, proposed, prior, memory);
  if (reasons.length === 0) {
    const value = proposed.store_value === true ? prior.value : null;
    return { planned: { ...kept, value }, diagnostics: expiredWarning(prior) };
  }
  const planned = nextGeneration(proposed, prior, reasons);
  const diagnostics = context.ready ? await foreseeToken(planned, memory ?? null, context) : [];
  return { planned, diagnostics };
}

function isSameAccount(config: AccessTokenConfig, prior: AccessTokenState): boolean {
  const written = known(config.service_account_id);
  const id = parseTokenId(prior.id ?? "");
  return written !== undefined && id !== undefined && written === formatAccountId(id.account);
}

function replacement(proposed: AccessTokenConfig): AccessTokenConfig {
  return {
    ...proposed,
    id: UNKNOWN,
    token_id: UNKNOWN,
    generation: 1,
    created_at: UNKNOWN,
    status: "active",
    rotation_reason: null,
    fingerprint: UNKNOWN,
    value: plannedValue(proposed),
  };
}

function nextGeneration(
  proposed: AccessTokenConfig,
  prior: AccessTokenState,
  reasons: readonly string[],
): AccessTokenConfig {
  return {
    ...proposed,
    token_id: UNKNOWN,
    generation: (prior.generation ?? 1) + 1,
    created_at: UNKNOWN,
    status: "active",
    rotation_reason: reasons.join("; "),
    fingerprint: UNKNOWN,
    value: plannedValue(proposed),
  };
}

function plannedValue(proposed: AccessTokenConfig): AccessTokenConfig["value"] {
  return proposed.store_value === false ? null : UNKNOWN;
}

/** One dead token must not stop everything else, so it is an error only when it is being changed. */
function expiredWarning(prior: AccessTokenState): Diagnostic[] {
  if (prior.status !== "expired") return [];
  return [
    warning(
      `Token "${prior.name}" has expired`,
      `Token ${prior.token_id} of ${prior.service_account_id} stopped working on ${prior.expires_at}. ` +
        `Write a later expires_at to have a new one made and delivered.`,
      ["expires_at"],
    ),
  ];
}
