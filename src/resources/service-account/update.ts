import type { AccountFields, ServiceAccountEntity } from "../../gitlab";
import { featureProblem, type AccountId } from "../../model";
import {
  DiagnosticError,
  error,
  isUnknown,
  type ApplyResult,
  type UpdateRequest,
} from "../../provider/contract";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";
import { refuseWhenStopped } from "../shared/stopping";
import type { ServiceAccountAttributes, ServiceAccountState } from "./schema";
import { userOrNothing } from "./adoption";
import { confirmSameUser, rememberedCreation } from "./identity";
import { notActive, wasMadeInactive } from "./not-active";
import { refusedNames } from "./refused-names";
import { accountIdOf, isNotActive, stateAfterWrite, SUSPENDED } from "./state";
import { setSuspension, wantedSuspension } from "./suspension";

export async function updateServiceAccount(
  { config, prior, planned, private: privateState }: UpdateRequest<ServiceAccountAttributes>,
  context: Context,
): Promise<ApplyResult<ServiceAccountAttributes>> {
  refuseWhenStopped(context);
  const wanted = planned as ServiceAccountState;
  const isUndone = wasMadeInactive(prior, privateState) && config.suspended === null;
  const changesSuspension = wantedSuspension(config, prior) !== undefined;
  if (isUndone) await refuseNotActive(prior, context);
  if (changesSuspension) {
    const { userId } = accountIdOf(prior);
    await setSuspension({ userId, username: prior.username }, wanted.suspended === true, context);
  }
  const changed = changedFields(prior, wanted);
  // Everything else is a setting that the server does not know.
  if (Object.keys(changed).length === 0) {
    const status = isUndone ? "active" : prior.status;
    return { state: { ...wanted, status: changesSuspension ? statusOfChange(wanted) : status } };
  }
  const id = accountIdOf(prior);
  const account = await attempt(
    `Cannot change account "${prior.username}" (${prior.id})`,
    async () => {
      await refuseTooOldForChange(id, changed, context);
      const user = await userOrNothing(id.userId, context);
      if (user !== undefined) confirmSameUser(prior, user, rememberedCreation(privateState));
      return renamed(id, changed, context);
    },
  );
  await context.inventory.accounts.put(id.owner, account);
  const state = stateAfterWrite(wanted, account);
  const cameInactive = isNotActive(prior.status) && !isUndone && !changesSuspension;
  return { state: cameInactive ? { ...state, status: prior.status } : state };
}

/** The next read tells whether an address still waits for its confirmation. */
function statusOfChange({ suspended }: ServiceAccountState): string {
  return suspended ? SUSPENDED : "active";
}

async function renamed(
  id: AccountId,
  changed: AccountFields,
  context: Context,
): Promise<ServiceAccountEntity> {
  try {
    return await context.gitlab.accounts.update(id, changed);
  } catch (cause) {
    throw await refusedNames(cause, changed, context, id.userId);
  }
}

function changedFields(prior: ServiceAccountState, wanted: ServiceAccountState): AccountFields {
  const { username, name, email } = wanted;
  return {
    ...(username !== prior.username && { username }),
    ...(name !== prior.name && name !== null && { name }),
    ...(!isUnknown(email) && email !== null && email !== prior.email && { email }),
  };
}

async function refuseTooOldForChange(
  { owner }: AccountId,
  changed: AccountFields,
  context: Context,
): Promise<void> {
  if (owner.kind !== "instance" && changed.email === undefined) return;
  const version = await context.gitlab.version();
  const problem =
    owner.kind === "instance"
      ? featureProblem("changing an instance's service account", version)
      : featureProblem("changing a service account's email", version);
  if (problem === undefined) return;
  throw new DiagnosticError(error(problem.code, problem.summary, problem.detail));
}

/** The plan shows that the account becomes active again, which a person may have done meanwhile. */
async function refuseNotActive(prior: ServiceAccountState, context: Context): Promise<void> {
  const { userId } = accountIdOf(prior);
  const user = await attempt(`Cannot change account "${prior.username}" (${prior.id})`, () =>
    userOrNothing(userId, context),
  );
  if (user?.state === "active") return;
  throw new DiagnosticError(notActive("error", { ...prior, status: user?.state ?? prior.status }));
}
