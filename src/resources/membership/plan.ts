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
  containerSpelling,
  foreseeContainer,
  meansContainer,
} from "../shared/container-attributes";
import type { Context } from "../shared/context";
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

/** The account's id says which user it is. */
function plannedUserId({ config, proposed }: Request): MembershipConfig["user_id"] {
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
function expiryErrors(planned: MembershipConfig, { gitlab }: Context): Diagnostic[] {
  const expiresAt = known(planned.expires_at);
  const now = gitlab.client.serverDate;
  if (expiresAt === undefined || now === undefined || !isExpired(expiresAt, utcDate(now)))
    return [];
  const detail = `On the server it is ${utcDate(now)}, and a membership ends at the start of its last day. Write a later day.`;
  return [error(`expires_at ${expiresAt} has passed`, detail, ["expires_at"])];
}

async function planChange(
  { config }: Request,
  prior: MembershipState,
  proposed: MembershipConfig,
  context: Context,
): Promise<Result> {
  const { container } = membershipIdOf(prior);
  const sameContainer = await containerIsSame(config, prior, container, context);
  const sameUser = sameValue(proposed.user_id, prior.user_id);
  if (!sameContainer || !sameUser) {
    const planned = { ...proposed, id: UNKNOWN, status: "active" };
    return {
      planned,
      replace: sameContainer ? ["user_id"] : [config.group === null ? "project" : "group"],
    };
  }
  const planned = {
    ...proposed,
    group: prior.group,
    project: prior.project,
    role: sameRole(proposed.role, prior.role) ? prior.role : proposed.role,
  };
  const changes = serverFieldsDiffer(planned, prior);
  // A membership that ran out is made anew as soon as the declaration says something else of it.
  return {
    planned: changes ? { ...planned, status: "active" } : planned,
    diagnostics: changes && context.ready ? expiryErrors(planned, context) : [],
  };
}

async function containerIsSame(
  config: MembershipConfig,
  prior: MembershipState,
  container: Container,
  context: Context,
): Promise<boolean> {
  const written = containerSpelling(config);
  if (containerIsUnknown(config) || written === undefined) return false;
  const spelling = containerSpelling(prior)?.spelling ?? null;
  return meansContainer(written, { ...container, spelling }, context);
}

function sameRole(written: MembershipConfig["role"], before: string): boolean {
  if (isUnknown(written)) return false;
  const role = parseRole(written);
  return role !== undefined && role === parseRole(before);
}

function serverFieldsDiffer(planned: MembershipConfig, prior: MembershipState): boolean {
  return (["role", "custom_role_id", "expires_at"] as const).some(
    (name) => !sameValue(planned[name], prior[name]),
  );
}

export function planMembershipDeletion({
  prior,
}: DeletePlanRequest<MembershipAttributes>): Diagnostic[] {
  if (!prior.remove_memberships_below || prior.group === null) return [];
  const id = membershipIdOf(prior);
  return [
    warning(
      `Memberships below group ${id.container.id} will be removed too`,
      `remove_memberships_below is true: with the ${describeMembership(id)} GitLab removes its direct memberships in ` +
        `every subgroup and project below, whoever made them.`,
    ),
  ];
}
