import { randomBytes } from "node:crypto";
import { accessLevelIn, accessLevels } from "../auth/access";
import type { Caller } from "../http/call";
import { badRequest, failure, forbidden } from "../http/errors";
import { hostOf, supports, type Instance } from "../instance";
import type { User } from "../state/rows";
import type { SourceRef } from "../state/store";
import { sentence } from "./create-token";
import { emailProblems, usernameProblems } from "./username";

const freeAccounts = 100;
const defaultName = "Service account user";
const limitText =
  "This namespace either does not have an active subscription that can create service accounts, or the subscription has reached its service account creation limit.";

export interface AccountAttributes {
  readonly name?: string;
  readonly username?: string;
  readonly email?: string;
  readonly external?: boolean;
}

/** Without a licence, releases before 18.11 have no service accounts at all. */
export function requireAccountsLicence(instance: Instance): void {
  if (instance.tier === "free" && !supports(instance, "accountsEverywhere")) throw forbidden();
}

/** Creates an account of the instance, or of a group or project. */
export function createServiceAccount(
  instance: Instance,
  caller: Caller,
  owner: SourceRef | undefined,
  attributes: AccountAttributes,
): User {
  const refusal = owner === undefined ? forbidden : badRequest;
  if (owner !== undefined && !mayCreateIn(instance, caller, owner)) {
    const place = supports(instance, "namedOwnerInErrors") ? owner.type : "namespace";
    throw refusal(`User does not have permission to create a service account in this ${place}.`);
  }
  const { store, clock } = instance;
  if (instance.tier === "free" && store.usersByType.count("service_account") >= freeAccounts) {
    throw refusal(limitText);
  }
  const generated = generatedUsername(owner);
  const username = attributes.username?.trim() || generated;
  const email = attributes.email?.trim() || `${generated}@noreply.${hostOf(instance)}`;
  const problems = [...usernameProblems(store, username), ...emailProblems(store, email)];
  if (problems.length > 0) throw badRequest(sentence(problems));
  const isConfirmed = !attributes.email || store.settings.email_confirmation_setting === "off";
  const now = clock.now();
  return store.users.insert({
    username,
    name: attributes.name?.trim() || defaultName,
    email,
    unconfirmed_email: null,
    public_email: null,
    user_type: "service_account",
    state: "active",
    admin: false,
    external: attributes.external ?? true,
    projects_limit: 0,
    can_create_group: false,
    composite_identity_enforced: false,
    provisioned_by_group_id: owner?.type === "group" ? owner.id : null,
    provisioned_by_project_id: owner?.type === "project" ? owner.id : null,
    namespace_id: store.groups.reserveId(),
    confirmed_at: isConfirmed ? now : null,
    last_activity_on: null,
    note: null,
    created_at: now,
    updated_at: now,
    created_by_id: caller.user.id,
    deletion: null,
  });
}

function generatedUsername(owner: SourceRef | undefined): string {
  const place = owner === undefined ? "" : `${owner.type}_${owner.id}_`;
  return `service_account_${place}${randomBytes(16).toString("hex")}`;
}

/** Owners may create and delete accounts only if the instance allows it. */
export function mayCreateIn(instance: Instance, caller: Caller, owner: SourceRef): boolean {
  const { store } = instance;
  const isSubgroup = owner.type === "group" && store.groups.get(owner.id)?.parent_id !== null;
  if (isSubgroup && !supports(instance, "accountsEverywhere")) return false;
  if (caller.admin) return true;
  if (!store.settings.allow_top_level_group_owners_to_create_service_accounts) return false;
  const needed = owner.type === "group" ? accessLevels.owner : accessLevels.maintainer;
  return accessLevelIn(store, caller.user, owner) >= needed;
}

/** Changes an account. Blank values count as not given. */
export function updateServiceAccount(
  instance: Instance,
  account: User,
  attributes: AccountAttributes,
): User {
  const { store, clock } = instance;
  const name = attributes.name?.trim() || account.name;
  const username = attributes.username?.trim() || account.username;
  const email = attributes.email?.trim() || account.email;
  if (username !== account.username) requireFreeUsername(instance, account);
  const problems = [
    ...(username === account.username ? [] : usernameProblems(store, username, account)),
    ...(email === account.email ? [] : emailProblems(store, email, account)),
  ];
  if (problems.length > 0) throw failure(400, problems.join(". "));
  const confirmsLater =
    email !== account.email && store.settings.email_confirmation_setting !== "off";
  return store.users.update(account, {
    name,
    username,
    ...(confirmsLater ? { unconfirmed_email: email } : { email }),
    external: attributes.external ?? account.external,
    updated_at: clock.now(),
  });
}

function requireFreeUsername(instance: Instance, account: User): void {
  if (!account.composite_identity_enforced || !supports(instance, "compositeUsernameLock")) return;
  throw failure(
    400,
    "You cannot update the username of a service account associated with a composite identity.",
  );
}
