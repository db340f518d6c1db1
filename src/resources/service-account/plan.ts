import {
  error,
  UNKNOWN,
  warning,
  type DeletePlanRequest,
  type Diagnostic,
  type PlanRequest,
  type PlanResult,
} from "../../provider/contract";
import { foreseeContainer, keepUntilKnown } from "../shared/container-attributes";
import { containerSpelling } from "../shared/container-spelling";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";
import { refuseIgnoredConflict } from "../shared/ignored-changes";
import { known } from "../shared/problems";
import { abandonedTokens } from "./abandoned-tokens";
import { foreseeAdoption } from "./adoption";
import { costOfDisabling } from "./disable";
import { compareOwners, ownerAttribute, OWNERS, refuseTooOld } from "./owner";
import type { ServiceAccountAttributes, ServiceAccountConfig, ServiceAccountState } from "./schema";
import { notActive, wasMadeInactive } from "./not-active";
import { accountIdOf, isNotActive, SUSPENDED } from "./state";
import { suspensionErrors, wantedSuspension } from "./suspension";
import { undeclaredTokens } from "./undeclared-tokens";

type Request = PlanRequest<ServiceAccountAttributes>;
type Result = PlanResult<ServiceAccountAttributes>;

export async function planServiceAccount(request: Request, context: Context): Promise<Result> {
  return request.prior === null
    ? planCreate(request, context)
    : planChange(request, request.prior, context);
}

async function planCreate({ config, proposed }: Request, context: Context): Promise<Result> {
  const suspended = config.suspended ?? false;
  const planned = { ...withDefaultName(config, proposed), suspended };
  if (!context.ready) return { planned };
  const isSuspended = suspended === true ? true : undefined;
  const refused = await suspensionErrors(isSuspended, known(config.username) ?? "", context);
  if (refused.length > 0) return { planned, diagnostics: refused };
  const spelling = containerSpelling(config);
  if (spelling === undefined)
    return { planned, diagnostics: await foreseeInstance(config, context) };
  const { container, diagnostics } = await foreseeContainer(spelling, context);
  if (container === undefined) return { planned, diagnostics };
  await refuseTooOld(container, context);
  const username = known(config.username);
  if (username === undefined) return { planned, diagnostics };
  return { planned, diagnostics: await foreseeAdoption(container, username, context) };
}

async function foreseeInstance(
  config: ServiceAccountConfig,
  context: Context,
): Promise<Diagnostic[]> {
  const username = known(config.username);
  if (known(config.instance) !== true || username === undefined) return [];
  return foreseeAdoption({ kind: "instance" }, username, context);
}

async function planChange(
  { config, proposed, private: kept }: Request,
  prior: ServiceAccountState,
  context: Context,
): Promise<Result> {
  refuseIgnoredConflict(config, OWNERS);
  const owner = await compareOwners(config, prior, accountIdOf(prior), context);
  if (owner !== "other") {
    const { group, project, instance } = prior;
    const place =
      owner === "same" ? { group, project, instance } : keepUntilKnown(config, prior, OWNERS);
    const inPlace = { ...proposed, ...place };
    // A name that is not written follows the username, unless the account came with another one.
    const follows = prior.name === prior.username;
    const planned = follows ? withDefaultName(config, inPlace) : inPlace;
    const emailChanges = planned.email !== prior.email;
    const isUndone = wasMadeInactive(prior, kept) && config.suspended === null;
    const suspension = wantedSuspension(config, prior);
    const status = statusAfter(suspension, {
      isOpen: emailChanges,
      otherwise: isUndone ? "active" : prior.status,
    });
    const isTold = isNotActive(prior.status) && config.suspended === null;
    const diagnostics = [
      ...(isTold ? [notActive("warning", prior)] : []),
      ...(await suspensionErrors(suspension, prior.username, context)),
      ...(await abandonedTokens({ id: accountIdOf(prior), username: prior.username }, context)),
      ...(losesProtection(prior, planned) ? await foreseeLostTokens(prior, context) : []),
    ];
    return { planned: { ...planned, status }, diagnostics };
  }
  // The engine plans the new account next, as if the old one were gone.
  context.claims.release(prior.username);
  const suspended = config.suspended ?? false;
  const fresh = { email: UNKNOWN, id: UNKNOWN, user_id: UNKNOWN, status: UNKNOWN, suspended };
  const planned = withDefaultName(config, {
    ...proposed,
    ...fresh,
    ...(config.email !== null && { email: config.email }),
  });
  const diagnostics = prior.deletion_protection
    ? [protectedError(prior)]
    : await foreseeLostTokens(prior, context);
  return { planned, replace: [ownerAttribute(config)], diagnostics };
}

/** A resumed account is active, or waits for its address to be confirmed. */
function statusAfter(
  suspension: boolean | "unknown" | undefined,
  { isOpen, otherwise }: { readonly isOpen: boolean; readonly otherwise: string | null },
): ServiceAccountConfig["status"] {
  if (suspension === true) return SUSPENDED;
  return suspension !== undefined || isOpen ? UNKNOWN : otherwise;
}

/** The protection is usually removed right before the account, which Pulumi does not plan. */
function losesProtection(prior: ServiceAccountState, planned: ServiceAccountConfig): boolean {
  return prior.deletion_protection === true && planned.deletion_protection === false;
}

/** What is removed with the account and not declared here. */
export async function foreseeLostTokens(
  prior: ServiceAccountState,
  context: Context,
): Promise<Diagnostic[]> {
  if (prior.on_destroy === "retain" || !context.ready) return [];
  return undeclaredTokens(accountIdOf(prior), prior.username, context);
}

/** Without a name of its own, an account is named after its username. */
function withDefaultName(
  config: ServiceAccountConfig,
  planned: ServiceAccountConfig,
): ServiceAccountConfig {
  return config.name === null ? { ...planned, name: planned.username } : planned;
}

export async function planServiceAccountDeletion(
  { prior }: DeletePlanRequest<ServiceAccountAttributes>,
  context: Context,
): Promise<Diagnostic[]> {
  if (prior.deletion_protection) return [protectedError(prior)];
  if (prior.on_destroy === "retain") return [];
  const id = accountIdOf(prior);
  const lost = await foreseeLostTokens(prior, context);
  if (prior.on_destroy !== "disable" || !context.ready) return lost;
  const cost = await attempt(`Cannot plan how to disable account "${prior.username}"`, () =>
    costOfDisabling(id, context),
  );
  if (cost === undefined) return lost;
  return [
    ...lost,
    warning(
      "costly-disable",
      `Disabling account "${prior.username}" reads ${cost.containers} groups and projects`,
      `Only an administrator can read all memberships of a user at once; other users have to read ` +
        `every group and project of the owner, one request each. Memberships outside of it stay.`,
    ),
  ];
}

export function protectedError({ username, id }: ServiceAccountState): Diagnostic {
  return error(
    "deletion-protected",
    `Account "${username}" is protected from deletion`,
    `${id} has deletion_protection = true, and this plan would delete it. ` +
      `Apply deletion_protection = false first if that is what you want.`,
    ["deletion_protection"],
  );
}
