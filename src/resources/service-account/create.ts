import {
  isGitLabError,
  type AccountFields,
  type ServiceAccountEntity,
  type UserEntity,
} from "../../gitlab";
import { formatAccountId, type Owner } from "../../model";
import {
  isUnknown,
  type ApplyResult,
  type CreateRequest,
  type Diagnostic,
} from "../../provider/contract";
import { refuseWhileDestroyed } from "../one-address/with-one-address";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";
import { refuseWhenStopped } from "../shared/stopping";
import { adopt, claimOfAccount, isBeingDeleted, usernameTaken, userOrNothing } from "./adoption";
import { withCreation } from "./identity";
import { resolveOwner } from "./owner";
import { refusedNames } from "./refused-names";
import type { ServiceAccountAttributes, ServiceAccountState } from "./schema";
import { stateAfterWrite } from "./state";
import { setSuspension } from "./suspension";
import { deadlineOf, waitUntilGone } from "./waiting";

interface Existing {
  readonly account: ServiceAccountEntity;
  readonly user: UserEntity;
}

interface Obtained {
  readonly account: ServiceAccountEntity;
  readonly diagnostics: readonly Diagnostic[];
}

export async function createServiceAccount(
  { planned }: CreateRequest<ServiceAccountAttributes>,
  context: Context,
): Promise<ApplyResult<ServiceAccountAttributes>> {
  refuseWhenStopped(context);
  const wanted = planned as ServiceAccountState;
  const owner = await resolveOwner(wanted, context);
  const fields = fieldsOf(planned.email === null || isUnknown(planned.email), wanted);
  const { account, diagnostics } = await attempt(`Cannot create account "${wanted.username}"`, () =>
    obtain(owner, fields, deadlineOf(wanted.timeouts, "create"), context),
  );
  const id = { owner, userId: account.id };
  context.claims.claim(claimOfAccount(id));
  await context.inventory.accounts.put(owner, account);
  if (wanted.suspended) {
    await setSuspension({ userId: account.id, username: account.username }, true, context);
  }
  const state = stateAfterWrite({ ...wanted, email: fields.email ?? null }, account);
  return {
    state: { ...state, id: formatAccountId(id), user_id: account.id },
    private: withCreation(await context.inventory.users.createdAtOfNew(account.id)),
    diagnostics,
  };
}

function fieldsOf(emailIsOpen: boolean, wanted: ServiceAccountState): RequiredNames {
  return {
    username: wanted.username,
    name: wanted.name ?? wanted.username,
    ...(!emailIsOpen && wanted.email !== null && { email: wanted.email }),
  };
}

type RequiredNames = AccountFields & { readonly username: string; readonly name: string };

async function obtain(
  owner: Owner,
  fields: RequiredNames,
  deadline: number,
  context: Context,
): Promise<Obtained> {
  try {
    return { account: await context.gitlab.accounts.create(owner, fields), diagnostics: [] };
  } catch (cause) {
    // The reason is in the language of the token's user, so the holder of the username is looked up.
    const mayExist = isGitLabError(cause, "bad_request", "conflict") || isLost(cause);
    if (!mayExist) throw cause;
    const existing = await findExisting(owner, fields.username, context);
    if (existing !== undefined && "account" in existing) {
      return takeOver(owner, existing, fields, context);
    }
    if (existing === undefined) throw await refusedNames(cause, fields, context);
    const remaining = await waitUntilGone(existing.deletedUserId, deadline, context);
    if (remaining !== undefined) throw usernameTaken(fields.username);
    return obtain(owner, fields, deadline, context);
  }
}

function isLost(cause: unknown): boolean {
  return isGitLabError(cause) && cause.mayHaveTakenEffect;
}

/** The account of this owner that has the username, or the user whose unfinished deletion still holds it. */
async function findExisting(
  owner: Owner,
  username: string,
  context: Context,
): Promise<Existing | { readonly deletedUserId: number } | undefined> {
  context.inventory.accounts.forget(owner);
  const account = await context.inventory.accounts.findByUsername(owner, username);
  if (account !== undefined) {
    const user = await userOrNothing(account.id, context);
    if (user !== undefined && !isBeingDeleted(user)) return { account, user };
    return { deletedUserId: account.id };
  }
  const holder = await context.gitlab.users.findByUsername(username);
  if (holder === undefined) return undefined;
  if (isBeingDeleted(holder)) return { deletedUserId: holder.id };
  throw usernameTaken(username, holder);
}

async function takeOver(
  owner: Owner,
  { account: existing, user }: Existing,
  fields: RequiredNames,
  context: Context,
): Promise<Obtained> {
  const label = `account "${existing.username}"`;
  refuseWhileDestroyed(claimOfAccount({ owner, userId: existing.id }), label, context);
  const notice = await adopt({ owner, userId: existing.id }, user, context);
  const sameName = existing.name === fields.name;
  const sameEmail = fields.email === undefined || fields.email === existing.email;
  if (sameName && sameEmail) return { account: existing, diagnostics: [notice] };
  const changed = {
    ...(!sameName && { name: fields.name }),
    ...(!sameEmail && { email: fields.email }),
  };
  const id = { owner, userId: existing.id };
  return { account: await context.gitlab.accounts.update(id, changed), diagnostics: [notice] };
}
