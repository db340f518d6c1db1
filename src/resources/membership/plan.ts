import { isExpired, parseAccountId, parseRole, utcDate, type Container } from "../../model";
import {
  error,
  isUnknown,
  sameValue,
  UNKNOWN,
  warning,
  type DeletePlanRequest,
  type Diagnostic,
  type PlanRequest,
  type PlanResult,
} from "../../provider/contract";
import {
  containerIsUnknown,
  foreseeContainer,
  keepUntilKnown,
  meansContainer,
} from "../shared/container-attributes";
import { containerSpelling } from "../shared/container-spelling";
import type { Context } from "../shared/context";
import { ignoredConflict, refuseIgnoredConflict } from "../shared/ignored-changes";
import { known } from "../shared/problems";
import { foreseeMembership } from "./foresee";
import { describeMembership, membershipIdOf } from "./member";
import type { MembershipAttributes, MembershipConfig, MembershipState } from "./schema";

type Request = PlanRequest<MembershipAttributes>;
type Result = PlanResult<MembershipAttributes>;

export async function planMembership(request: Request, context: Context): Promise<Result> {
  const planned = { ...request.proposed, user_id: plannedUserId(request) };
  if (request.prior === null) {
    return {
      planned: { ...planned, status: "active" },
      diagnostics: await foreseeCreate(planned, context),
    };
  }
  return planChange(request, request.prior, planned, context);
}

interface Users {
  readonly config: UserAttributes;
  readonly proposed: UserAttributes;
}

type UserAttributes = Pick<MembershipConfig, "service_account_id" | "user_id">;

/** The account's id says which user it is, unless a number was written. */
export function plannedUserId({ config, proposed }: Users): MembershipConfig["user_id"] {
  if (config.user_id !== null) return config.user_id;
  if (isUnknown(config.service_account_id)) return UNKNOWN;
  if (config.service_account_id === null) return proposed.user_id;
  return parseAccountId(config.service_account_id)?.userId ?? UNKNOWN;
}

async function foreseeCreate(planned: MembershipConfig, context: Context): Promise<Diagnostic[]> {
  const spelling = containerSpelling(planned);
  if (!context.ready || spelling === undefined) return [];
  const { container, diagnostics } = await foreseeContainer(spelling, context);
  const userId = known(planned.user_id);
  if (container === undefined || userId === undefined) return diagnostics;
  const account = parseAccountId(known(planned.service_account_id) ?? "");
  const found = await foreseeMembership({ container, userId, account, planned }, context);
  return [...diagnostics, ...expiryErrors(planned, context), ...found];
}

/** Only in order to refuse, so the answer does not depend on the moment of asking. */
export function expiryErrors(
  planned: Pick<MembershipConfig, "expires_at">,
  { gitlab }: Context,
): Diagnostic[] {
  const expiresAt = known(planned.expires_at);
  const now = gitlab.client.serverDate;
  if (expiresAt === undefined || now === undefined || !isExpired(expiresAt, utcDate(now)))
    return [];
  const detail = `On the server it is ${utcDate(now)}, and a membership ends at the start of its last day. Write a later day.`;
  return [error("expiry-passed", `expires_at ${expiresAt} has passed`, detail, ["expires_at"])];
}

async function planChange(
  { config }: Request,
  prior: MembershipState,
  proposed: MembershipConfig,
  context: Context,
): Promise<Result> {
  refuseIgnored(config);
  const { container } = membershipIdOf(prior);
  const place = await comparePlaces(config, prior, container, context);
  const isOther = !isUnknown(proposed.user_id) && proposed.user_id !== prior.user_id;
  if (place === "other" || isOther) {
    const planned = { ...proposed, id: UNKNOWN, status: "active" };
    return {
      planned,
      replace: place === "other" ? [config.group === null ? "project" : "group"] : ["user_id"],
    };
  }
  const planned = {
    ...proposed,
    ...(place === "same"
      ? { group: prior.group, project: prior.project }
      : keepUntilKnown(config, prior, ["group", "project"])),
    role: sameRole(proposed.role, prior.role) ? prior.role : proposed.role,
  };
  const changes = serverFieldsDiffer(planned, prior);
  return {
    planned: { ...planned, status: changes ? statusOfChanged(planned, prior) : prior.status },
    diagnostics: changes && context.ready ? expiryErrors(planned, context) : [],
  };
}

/** An expired membership is created again as soon as its declaration changes. */
function statusOfChanged(
  planned: MembershipConfig,
  prior: MembershipState,
): MembershipConfig["status"] {
  const isCertain = SERVER_FIELDS.some(
    (name) => !isUnknown(planned[name]) && planned[name] !== prior[name],
  );
  return isCertain || prior.status === "active" ? "active" : UNKNOWN;
}

/** Validation has checked what was written; `ignore_changes` may have put the state's values beside it. */
function refuseIgnored(config: MembershipConfig): void {
  refuseIgnoredConflict(config, ["group", "project"]);
  refuseIgnoredUser(config);
}

export function refuseIgnoredUser(config: UserAttributes): void {
  const account = parseAccountId(known(config.service_account_id) ?? "");
  const userId = known(config.user_id);
  if (account === undefined || userId === undefined || account.userId === userId) return;
  throw ignoredConflict(
    ["service_account_id", "user_id"],
    `they name users ${account.userId} and ${userId}`,
  );
}

async function comparePlaces(
  config: MembershipConfig,
  prior: MembershipState,
  container: Container,
  context: Context,
): Promise<"same" | "other" | "unknown"> {
  if (containerIsUnknown(config)) return "unknown";
  const written = containerSpelling(config);
  if (written === undefined) return "other";
  const spelling = containerSpelling(prior)?.spelling ?? null;
  const isSame = await meansContainer(written, { ...container, spelling }, context);
  return isSame === undefined ? "unknown" : isSame ? "same" : "other";
}

export function sameRole(written: MembershipConfig["role"], before: string): boolean {
  if (isUnknown(written)) return false;
  const role = parseRole(written);
  return role !== undefined && role === parseRole(before);
}

const SERVER_FIELDS = ["role", "custom_role_id", "expires_at"] as const;

function serverFieldsDiffer(planned: MembershipConfig, prior: MembershipState): boolean {
  return SERVER_FIELDS.some((name) => !sameValue(planned[name], prior[name]));
}

export function planMembershipDeletion(
  { prior }: DeletePlanRequest<MembershipAttributes>,
  context: Context,
): Diagnostic[] {
  if (!prior.remove_memberships_below || prior.group === null) return [];
  const id = membershipIdOf(prior);
  return [
    warning(
      "memberships-below-removed",
      `Memberships below group ${id.container.id} will be removed too`,
      `remove_memberships_below is true: with the ${describeMembership(id, context)} GitLab removes its direct memberships in ` +
        `every subgroup and project below, whatever created them.`,
    ),
  ];
}
