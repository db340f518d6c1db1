import type { AccountFields } from "../../gitlab";
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
import { accountIdOf, stateAfterWrite } from "./state";

export async function updateServiceAccount(
  { prior, planned }: UpdateRequest<ServiceAccountAttributes>,
  context: Context,
): Promise<ApplyResult<ServiceAccountAttributes>> {
  refuseWhenStopped(context);
  const wanted = planned as ServiceAccountState;
  const changed = changedFields(prior, wanted);
  // Everything else is a setting that the server does not know.
  if (Object.keys(changed).length === 0) return { state: { ...wanted, status: prior.status } };
  const id = accountIdOf(prior);
  const account = await attempt(
    `Cannot change account "${prior.username}" (${prior.id})`,
    async () => {
      await refuseTooOldForChange(id, changed, context);
      return context.gitlab.accounts.update(id, changed);
    },
  );
  await context.inventory.accounts.put(id.owner, account);
  return { state: stateAfterWrite(wanted, account) };
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
      : featureProblem("changing a service account's e-mail", version);
  if (problem === undefined) return;
  throw new DiagnosticError(error(problem.summary, problem.detail));
}
