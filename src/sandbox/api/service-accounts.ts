import { keysetParams, paginateOrdered } from "../http/keyset";
import type { Call } from "../http/call";
import { failure, recordNotFound } from "../http/errors";
import { pageParams, type PageParams } from "../http/pagination";
import { created, ok, type Reply } from "../http/reply";
import { route } from "../http/route";
import { serviceAccountJson } from "../json/service-account";
import { boolean, integer, oneOf, required, since, string, withDefault } from "../params/types";
import { auditChanges, auditNewUser } from "../rules/audit";
import {
  createServiceAccount,
  requireAccountsLicence,
  updateServiceAccount,
} from "../rules/service-account";
import type { User } from "../state/rows";
import { requireAdmin } from "./find";

export const accountParams = { name: string(), username: string(), email: string() };

export const listAccountsParams = {
  ...pageParams,
  ...keysetParams,
  order_by: withDefault(oneOf("id", "username"), "id"),
  sort: withDefault(oneOf("asc", "desc"), "desc"),
};

type ListParams = PageParams & {
  readonly pagination?: "legacy" | "keyset";
  readonly cursor?: string;
  readonly order_by: "id" | "username";
  readonly sort: "asc" | "desc";
};

/** A page of accounts, whose rows are in the order of their ids. */
export function accountPage(call: Call, params: ListParams, accounts: readonly User[]): Reply {
  const valueOf = (account: User) => account[params.order_by];
  const ascending =
    params.order_by === "id"
      ? accounts.toSorted((a, b) => a.id - b.id)
      : accounts.toSorted((a, b) => (a.username < b.username ? -1 : 1));
  return paginateOrdered(call, params, {
    rows: params.sort === "asc" ? ascending : ascending.toReversed(),
    valueOf,
    present: (account) => serviceAccountJson(call.instance, account),
    limited: "User",
  });
}

function requireInstanceAccess(call: Call): void {
  requireAdmin(call);
  requireAccountsLicence(call.instance);
}

export const serviceAccountRoutes = [
  route({
    method: "POST",
    path: "/service_accounts",
    before: requireInstanceAccess,
    params: { ...accountParams, external: since("accountExternal", boolean()) },
    handle(call, attributes) {
      const { instance, caller } = call;
      instance.limits.count("service_account_creation", caller.user.id);
      const account = createServiceAccount(instance, caller, undefined, attributes);
      auditNewUser(call, account);
      return created(serviceAccountJson(instance, account));
    },
  }),
  route({
    method: "GET",
    path: "/service_accounts",
    before: requireInstanceAccess,
    params: listAccountsParams,
    handle: (call, params) =>
      accountPage(call, params, call.instance.store.usersByType.all("service_account")),
  }),
  route({
    method: "PATCH",
    path: "/service_accounts/:user_id",
    feature: "accountEmailUpdate",
    before: requireInstanceAccess,
    params: {
      ...accountParams,
      user_id: required(integer()),
      external: since("accountExternal", boolean()),
    },
    handle(call, { user_id, ...attributes }) {
      const { instance } = call;
      const account = instance.store.users.get(user_id);
      if (account === undefined) throw recordNotFound();
      if (account.user_type !== "service_account") {
        throw failure(400, "User is not a service account");
      }
      const { email, name, username } = account;
      updateServiceAccount(instance, account, attributes);
      auditChanges(call, { email, name, username }, account);
      return ok(serviceAccountJson(instance, account));
    },
  }),
];
