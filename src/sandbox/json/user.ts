import { createHash } from "node:crypto";
import { canRead } from "../auth/access";
import type { Caller } from "../http/call";
import { supports, type Instance } from "../instance";
import type { User } from "../state/rows";

/** A user's name. That of a group's or project's bot is shown only to users who can see where it works. */
function shownName(instance: Instance, viewer: Caller | undefined, user: User): string {
  if (viewer === undefined || viewer.admin || viewer.user.id === user.id) return user.name;
  if (user.user_type !== "project_bot") return user.name;
  const { store } = instance;
  const isVisible = store.membersByUser.all(user.id).some(({ source_type, source_id }) => {
    const table = source_type === "group" ? store.groups : store.projects;
    const source = table.get(source_id);
    return source !== undefined && canRead(instance, viewer, source_type, source);
  });
  return isVisible ? user.name : "****";
}

/** The keys of a user that are shown everywhere. Without a viewer, to users who see it in lists. */
export function userBasicJson(instance: Instance, user: User, viewer?: Caller) {
  const { id, username, state, public_email } = user;
  const hash = createHash("sha256").update(user.email).digest("hex");
  return {
    id,
    username,
    ...(supports(instance, "publicEmail") ? { public_email } : {}),
    name: shownName(instance, viewer, user),
    state,
    locked: false,
    avatar_url: `https://www.gravatar.com/avatar/${hash}?s=80&d=identicon`,
    web_url: `${instance.url}/${username}`,
  };
}

/** The profile, whose keys have been renamed and moved over time. */
function profileJson(instance: Instance, { public_email }: User) {
  const common = { linkedin: "", twitter: "", discord: "", website_url: "" };
  const place = { bio: "", location: "" };
  const work = { job_title: "", pronouns: null };
  return supports(instance, "currentUserKeys")
    ? { ...place, ...common, github: "", ...work, organization: "" }
    : { ...place, public_email, skype: "", ...common, organization: "", ...work };
}

/** What any signed-in user can see of another. */
export function userJson(instance: Instance, caller: Caller, user: User) {
  return {
    ...userBasicJson(instance, user, caller),
    created_at: user.created_at,
    ...profileJson(instance, user),
    bot: user.user_type !== "human",
    work_information: null,
    ...(caller.user.id === user.id ? {} : { followers: 0, following: 0, is_followed: false }),
    local_time: null,
  };
}

/** What users see of themselves. */
export function ownUserJson(instance: Instance, caller: Caller, user: User) {
  return {
    ...userJson(instance, caller, user),
    last_sign_in_at: null,
    confirmed_at: user.confirmed_at,
    last_activity_on: user.last_activity_on,
    email: user.email,
    theme_id: 3,
    color_scheme_id: 1,
    projects_limit: user.projects_limit,
    current_sign_in_at: null,
    identities: [],
    can_create_group: user.can_create_group,
    can_create_project: user.projects_limit > 0,
    two_factor_enabled: false,
    external: user.external,
    private_profile: false,
    commit_email: user.email,
    ...(supports(instance, "currentUserKeys") ? { preferred_language: "en" } : {}),
    shared_runners_minutes_limit: null,
    extra_shared_runners_minutes_limit: null,
    scim_identities: [],
  };
}

/** What administrators see in lists. */
export function userForAdminJson(instance: Instance, caller: Caller, user: User) {
  const creator =
    user.created_by_id === null ? undefined : instance.store.users.get(user.created_by_id);
  return {
    ...ownUserJson(instance, caller, user),
    is_admin: user.admin,
    note: user.note,
    namespace_id: user.namespace_id,
    created_by: creator === undefined ? null : userBasicJson(instance, creator),
    ...(supports(instance, "currentUserKeys") ? {} : { email_reset_offered_at: null }),
    using_license_seat: false,
  };
}

/** What administrators see of one user. */
export function userDetailsForAdminJson(instance: Instance, caller: Caller, user: User) {
  const levels = instance.store.membersByUser.all(user.id).map((member) => member.access_level);
  return {
    ...userForAdminJson(instance, caller, user),
    highest_role: Math.max(0, ...levels),
    current_sign_in_ip: null,
    last_sign_in_ip: null,
    sign_in_count: 0,
    plan: null,
    trial: false,
  };
}
