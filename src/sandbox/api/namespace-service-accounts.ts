import { accessLevels } from "../auth/access";
import type { Call } from "../http/call";
import { badRequest, conflict, notFound } from "../http/errors";
import { created, noContent, ok, type Reply } from "../http/reply";
import { route, type Route } from "../http/route";
import { serviceAccountJson } from "../json/service-account";
import { boolean, integer, required, since, withDefault } from "../params/types";
import { auditChanges, auditDeletion, auditNewUser } from "../rules/audit";
import { requestDeletion, solelyOwnedGroups } from "../rules/delete-user";
import {
  createServiceAccount,
  mayCreateIn,
  requireAccountsLicence,
  updateServiceAccount,
  type AccountAttributes,
} from "../rules/service-account";
import type { SourceType, User } from "../state/rows";
import type { SourceRef } from "../state/store";
import { findSource, requireRole, requireUnmodified } from "./find";
import { accountPage, accountParams, listAccountsParams } from "./service-accounts";

/** The group or project whose accounts a request is about. Owners, and Maintainers of projects, may manage them. */
export function managedSource(call: Call, type: SourceType): SourceRef {
  const source = findSource(call, type);
  requireAccountsLicence(call.instance);
  requireRole(call, source, type === "group" ? accessLevels.owner : accessLevels.maintainer);
  return source;
}

/** An account that this group or project provisioned. */
export function provisionedAccount(call: Call, type: SourceType, userId: number): User {
  const source = managedSource(call, type);
  const user = call.instance.store.users.get(userId);
  const owner = type === "group" ? user?.provisioned_by_group_id : user?.provisioned_by_project_id;
  if (user === undefined || owner !== source.id) throw notFound("User");
  if (user.user_type !== "service_account") {
    throw badRequest("User is not of type Service Account");
  }
  return user;
}

const oneAccount = { user_id: required(integer()) };

const updateParams = {
  ...oneAccount,
  ...accountParams,
  email: since("accountEmailUpdate", accountParams.email),
};

/** The account routes of groups or of projects, which differ little. */
export function namespaceAccountRoutes(type: SourceType): Route[] {
  const base = `/${type}s/:id/service_accounts`;
  const before = (call: Call) => void managedSource(call, type);
  const common = {
    feature: type === "project" ? ("accountsEverywhere" as const) : undefined,
    before,
  };
  return [
    route({
      method: "POST",
      path: base,
      ...common,
      params: accountParams,
      handle: (call, attributes) => createAccount(call, type, attributes),
    }),
    route({
      method: "GET",
      path: base,
      ...common,
      params: listAccountsParams,
      handle: (call, params) => accountPage(call, params, accountsOf(call, type)),
    }),
    route({
      method: "GET",
      path: `${base}/:user_id`,
      feature: "singleAccount",
      before,
      params: oneAccount,
      handle: (call, { user_id }) =>
        ok(serviceAccountJson(call.instance, provisionedAccount(call, type, user_id))),
    }),
    route({
      method: "PATCH",
      path: `${base}/:user_id`,
      ...common,
      params: updateParams,
      handle: (call, { user_id, ...attributes }) =>
        updateAccount(call, provisionedAccount(call, type, user_id), attributes),
    }),
    route({
      method: "DELETE",
      path: `${base}/:user_id`,
      ...common,
      params: { ...oneAccount, hard_delete: withDefault(boolean(), false) },
      handle: (call, params) => deleteAccount(call, type, params),
    }),
  ];
}

function createAccount(call: Call, type: SourceType, attributes: AccountAttributes): Reply {
  const { instance, caller } = call;
  instance.limits.count("service_account_creation", caller.user.id);
  const source = managedSource(call, type);
  const account = createServiceAccount(instance, caller, source, attributes);
  auditNewUser(call, account);
  return created(serviceAccountJson(instance, account));
}

function accountsOf(call: Call, type: SourceType): User[] {
  const { store } = call.instance;
  const index = type === "group" ? store.accountsByGroup : store.accountsByProject;
  const users = index.all(managedSource(call, type).id);
  return users.filter((user) => user.user_type === "service_account");
}

function updateAccount(call: Call, account: User, attributes: AccountAttributes): Reply {
  const { instance } = call;
  const { email, name, username } = account;
  updateServiceAccount(instance, account, attributes);
  auditChanges(call, { email, name, username }, account);
  return ok(serviceAccountJson(instance, account));
}

function deleteAccount(
  call: Call,
  type: SourceType,
  { user_id, hard_delete }: { user_id: number; hard_delete: boolean },
) {
  const { instance, caller } = call;
  const account = provisionedAccount(call, type, user_id);
  // Only the group route checks for sole owners.
  const isGuarded = type === "group" && !hard_delete;
  if (isGuarded && solelyOwnedGroups(instance, account).length > 0) {
    throw conflict("User cannot be removed while is the sole-owner of a group");
  }
  requireUnmodified(call, account.updated_at);
  // A caller without the right gets the same response, and nothing happens.
  if (mayCreateIn(instance, caller, managedSource(call, type))) {
    if (account.deletion === null) auditDeletion(call, account);
    requestDeletion(instance, account, hard_delete);
  }
  return noContent();
}
