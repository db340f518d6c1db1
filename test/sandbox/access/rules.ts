import { given, roles, rule, type AccessRule } from "./rule";
import { issueRules, mergeRequestRules } from "./work-rules";
import type { World } from "./world";

const anyScope = { except: { reader: 200 }, remark: "with any scope" } as const;

const token = given({ name: "t", scopes: ["self_rotate"] });

const instanceRules = [
  rule("GET /metadata", "all"),
  rule("GET /version", "all"),
  rule("GET /application/settings", "administrators"),
  rule("GET /license", "administrators"),
  rule("PUT /application/settings", "administrators", { body: given({ admin_mode: true }) }),
  rule("GET /admin/ci/variables", "administrators"),
  rule("GET /admin/ci/variables/:key", "administrators"),
  rule("POST /admin/ci/variables", "administrators", { body: given({ key: "NEW", value: "v" }) }),
  rule("PUT /admin/ci/variables/:key", "administrators", { body: given({ value: "new" }) }),
  rule("DELETE /admin/ci/variables/:key", "administrators"),
  rule("GET /users", "all"),
  rule("POST /users", "administrators", {
    body: given({
      username: "new",
      name: "New",
      email: "new@example.com",
      force_random_password: true,
    }),
  }),
  rule("GET /users/:id", "all"),
  rule("PUT /users/:id", "administrators", { body: given({ name: "Other" }) }),
  rule("DELETE /users/:id", "administrators"),
  ...["block", "ban"].map((name) => rule(`POST /users/:id/${name}`, "administrators")),
  rule("POST /users/:id/unblock", "administrators"),
  rule("POST /users/:id/activate", "administrators"),
  rule("POST /users/:id/deactivate", "administrators", { remark: "of a user who is dormant" }),
  rule("POST /users/:id/unban", "administrators", {
    except: { administrator: 403 },
    remark: "of a user who is banned",
  }),
  rule("GET /users/:user_id/impersonation_tokens", "administrators"),
  rule("POST /users/:user_id/impersonation_tokens", "administrators", { body: token }),
  rule("GET /users/:user_id/impersonation_tokens/:impersonation_token_id", "administrators"),
  rule("DELETE /users/:user_id/impersonation_tokens/:impersonation_token_id", "administrators"),
  rule("GET /namespaces", "all", { remark: "their own" }),
  rule("GET /namespaces/:id", "guest", { except: { below: 200 } }),
  rule("GET /users/:id/memberships", "administrators"),
  rule("GET /user", "all"),
  rule("POST /service_accounts", "administrators"),
  rule("GET /service_accounts", "administrators"),
  rule("PATCH /service_accounts/:user_id", "administrators", { body: given({ name: "other" }) }),
];

const tokenRules = [
  rule("GET /personal_access_tokens/self", "all"),
  rule("DELETE /personal_access_tokens/self", "all", anyScope),
  rule("POST /personal_access_tokens/self/rotate", "all", { remark: "also with `self_rotate`" }),
  rule("GET /personal_access_tokens/self/associations", "all", { remark: "with any scope" }),
  rule("GET /personal_access_tokens", "all", { remark: "own tokens; administrators all" }),
  ...["GET /personal_access_tokens/:id", "POST /personal_access_tokens/:id/rotate"].map((route) =>
    rule(route, "administrators", {
      refusal: 401,
      except: { account: 200 },
      remark: "and the token's user",
    }),
  ),
  rule("DELETE /personal_access_tokens/:id", "administrators", {
    refusal: 400,
    except: { account: 204 },
    remark: "and the token's user",
  }),
  rule("POST /users/:user_id/personal_access_tokens", "administrators", { body: token }),
  rule("POST /user/personal_access_tokens", "all", { body: token }),
];

const groupRules = [
  rule("GET /groups", "all", { remark: "what they see" }),
  rule("POST /groups", "all", {
    body: given({ name: "new", path: "new" }),
    except: { account: 403, bot: 403 },
    remark: "who may create groups",
  }),
  rule("POST /groups", "maintainer", {
    body: ({ group }) => ({ name: "new", path: "new", parent_id: group }),
    remark: "with `parent_id`",
  }),
  rule("GET /groups/:id", "guest", { except: { below: 200 } }),
  rule("PUT /groups/:id", "owner", { body: given({ description: "other" }) }),
  rule("DELETE /groups/:id", "owner"),
  // Of a group below; who is below another project does not see it.
  rule("POST /groups/:id/restore", "owner", { except: { below: 404 } }),
  ...["subgroups", "descendant_groups", "projects"].map((list) =>
    rule(`GET /groups/:id/${list}`, "guest", { except: { below: 200 } }),
  ),
];

const projectRules = [
  rule("GET /projects", "all", { remark: "what they see" }),
  rule("POST /projects", "developer", {
    body: ({ group }) => ({ name: "new", namespace_id: group }),
    refusal: 400,
    except: { stranger: 400, minimal: 400 },
    remark: "in the group",
  }),
  rule("GET /projects/:id", "guest"),
  rule("PUT /projects/:id", "maintainer", { body: given({ description: "other" }) }),
  rule("PUT /projects/:id", "owner", {
    body: given({ visibility: "private", description: "other" }),
    remark: "with `visibility`",
  }),
  rule("POST /projects/:id/archive", "owner"),
  rule("POST /projects/:id/unarchive", "owner"),
  rule("DELETE /projects/:id", "owner"),
  rule("POST /projects/:id/restore", "owner"),
];

type Source = "groups" | "projects";
const managing = { groups: "owner", projects: "maintainer" } as const;

function accountRules(source: Source): AccessRule[] {
  const base = `/${source}/:id/service_accounts`;
  const tokens = `${base}/:user_id/personal_access_tokens`;
  const who = managing[source];
  return [
    rule(`POST ${base}`, who, { remark: "if the instance lets them" }),
    rule(`GET ${base}`, who),
    rule(`GET ${base}/:user_id`, who),
    rule(`PATCH ${base}/:user_id`, who, { body: given({ name: "other" }) }),
    rule(`DELETE ${base}/:user_id`, who, { remark: "if the instance lets them" }),
    rule(`GET ${tokens}`, who),
    rule(`POST ${tokens}`, who, { body: token }),
    rule(`DELETE ${tokens}/:token_id`, who),
    rule(`POST ${tokens}/:token_id/rotate`, who),
  ];
}

function memberRules(source: Source): AccessRule[] {
  const base = `/${source}/:id/members`;
  const who = managing[source];
  const list = source === "groups" ? { remark: "of a private group with a role in it" } : {};
  return [
    rule(`GET ${base}`, "guest", list),
    rule(`GET ${base}/:user_id`, "guest", source === "groups" ? { except: { below: 200 } } : {}),
    rule(`GET ${base}/all`, "guest", list),
    rule(`GET ${base}/all/:user_id`, "guest", list),
    rule(`POST ${base}`, who, {
      body: ({ newcomer }) => ({ user_id: newcomer, access_level: 10 }),
    }),
    rule(`PUT ${base}/:user_id`, who, { body: given({ access_level: 30 }) }),
    rule(`DELETE ${base}/:user_id`, who, { remark: "and everyone themselves" }),
  ];
}

function variableRules(source: Source): AccessRule[] {
  const base = `/${source}/:id/variables`;
  const who = managing[source];
  return [
    rule(`GET ${base}`, who),
    rule(`GET ${base}/:key`, who),
    rule(`POST ${base}`, who, { body: given({ key: "OTHER", value: "v" }) }),
    rule(`PUT ${base}/:key`, who, { body: given({ value: "other" }) }),
    rule(`DELETE ${base}/:key`, who),
  ];
}

function accessTokenRules(source: Source): AccessRule[] {
  const base = `/${source}/:id/access_tokens`;
  const who = managing[source];
  return [
    rule(`GET ${base}`, who, { refusal: 401 }),
    rule(`POST ${base}`, who, {
      refusal: 400,
      body: given({ name: "t", scopes: ["api"], access_level: 10 }),
      // Of the group; in the project it is a bot all the same.
      except: { bot: 400 },
      remark: "not with such a token",
    }),
    rule(`GET ${base}/:token_id`, who, { refusal: 401 }),
    rule(`DELETE ${base}/:token_id`, who, { refusal: 400 }),
    rule(`POST ${base}/:token_id/rotate`, who, { refusal: 401 }),
  ];
}

function deployTokenRules(source: Source): AccessRule[] {
  const base = `/${source}/:id/deploy_tokens`;
  return [
    rule(`GET ${base}`, "maintainer"),
    rule(`POST ${base}`, managing[source], {
      body: given({ name: "t", scopes: ["read_repository"] }),
    }),
    rule(`GET ${base}/:token_id`, "maintainer"),
    rule(`DELETE ${base}/:token_id`, managing[source]),
    rule(`GET /${source}/:id/hooks`, managing[source]),
  ];
}

const triggers = "/projects/:id/triggers";
const onlyItsOwner = { remark: "who owns the trigger" } as const;

const triggerRules = [
  rule("GET /deploy_tokens", "administrators"),
  rule(`GET ${triggers}`, "maintainer"),
  rule(`POST ${triggers}`, "maintainer", { body: given({ description: "t" }) }),
  rule(`GET ${triggers}/:trigger_id`, "maintainer"),
  rule(`PUT ${triggers}/:trigger_id`, "administrators", {
    ...onlyItsOwner,
    body: given({ description: "other" }),
    except: { stranger: 404, minimal: 404, below: 404, account: 404 },
  }),
  rule(`DELETE ${triggers}/:trigger_id`, "administrators", {
    ...onlyItsOwner,
    except: { stranger: 404, minimal: 404, below: 404, account: 404 },
  }),
];

const shareBody = ({ outside }: World) => ({ group_id: outside, group_access: 20 });

const shareRules = [
  // Who does not see the group to invite is answered alike.
  rule("POST /groups/:id/share", "owner", { refusal: 404, body: shareBody }),
  rule("DELETE /groups/:id/share/:group_id", "owner", {
    refusal: 204,
    remark: "others get 204 without an effect, as from GitLab",
  }),
  rule("POST /projects/:id/share", "maintainer", { body: shareBody }),
  rule("DELETE /projects/:id/share/:group_id", "maintainer"),
];

function auditRules(source: Source): AccessRule[] {
  const base = `/${source}/:id/audit_events`;
  const own = source === "groups" ? "below Owner" : "below Maintainer";
  // Of an event whose author is another: who sees only his own is told that there is none.
  const others =
    source === "groups" ? { developer: 404, maintainer: 404 } : ({ developer: 404 } as const);
  return [
    rule(`GET ${base}`, "developer", { remark: `${own} their own` }),
    rule(`GET ${base}/:audit_event_id`, "developer", {
      except: others,
      remark: `${own} their own`,
    }),
  ];
}

function invitationRules(source: Source): AccessRule[] {
  const base = `/${source}/:id/invitations`;
  const who = managing[source];
  const below = source === "groups" ? { except: { below: 200 } } : {};
  return [
    rule(`POST ${base}`, who, { body: given({ email: "other@example.com", access_level: 20 }) }),
    rule(`GET ${base}`, "guest", { ...below, remark: "empty for those who do not manage them" }),
    rule(`PUT ${base}/:email`, who, { body: given({ access_level: 30 }) }),
    rule(`DELETE ${base}/:email`, who),
  ];
}

function accessRequestRules(source: Source): AccessRule[] {
  const base = `/${source}/:id/access_requests`;
  const who = managing[source];
  const member = Object.fromEntries(
    [...roles, "bot", "administrator"].map((caller) => [caller, 403]),
  ) as AccessRule["except"];
  const outside = { stranger: 404, minimal: 404, account: 404 } as const;
  return [
    rule(`GET ${base}`, who),
    rule(`POST ${base}`, "all", {
      except: { ...member, ...outside, below: source === "groups" ? 201 : 404 },
      remark: "who see it and have no role in it",
    }),
    rule(`PUT ${base}/:user_id/approve`, who),
    rule(`DELETE ${base}/:user_id`, who, { remark: "and who asked" }),
  ];
}

const memberRoleRules = [
  ...(["GET", "POST", "DELETE"] as const).map((method) =>
    rule(
      `${method} /groups/:id/member_roles${method === "DELETE" ? "/:member_role_id" : ""}`,
      "administrators",
      {
        refusal: 400,
        except: { administrator: 400 },
        remark: "of gitlab.com alone; elsewhere everybody is refused",
      },
    ),
  ),
  rule("DELETE /member_roles/:member_role_id", "administrators"),
  rule("GET /member_roles", "administrators"),
  rule("POST /member_roles", "administrators", {
    body: given({ name: "role", base_access_level: 20 }),
  }),
];

const releases = "/projects/:id/releases";
const packageFile = "/projects/:id/packages/generic/:package_name/:package_version/:file_name";

const releaseRules = [
  rule("GET /job", "administrators", {
    refusal: 404,
    except: { stranger: 404, minimal: 404, below: 404, account: 404, administrator: 404, job: 200 },
    remark: "no user: the job whose token asks",
  }),
  rule(`GET ${releases}`, "guest"),
  rule(`POST ${releases}`, "developer", { body: given({ tag_name: "v2" }) }),
  rule(`GET ${releases}/:tag_name`, "reporter"),
  rule(`PUT ${releases}/:tag_name`, "developer", { body: given({ name: "other" }) }),
  rule(`DELETE ${releases}/:tag_name`, "developer"),
];

const packageRules = [
  rule(`PUT ${packageFile}`, "developer", {
    except: { deploy: 201 },
    body: given({ any: "file" }),
  }),
  rule(`GET ${packageFile}`, "reporter", { refusal: 404, except: { deploy: 200 } }),
];

const state = "/projects/:id/terraform/state/:name";

const terraformRules = [
  rule(`GET ${state}`, "developer"),
  rule(`POST ${state}`, "maintainer", { body: given({ serial: 2 }) }),
  rule(`DELETE ${state}`, "maintainer"),
  rule(`POST ${state}/lock`, "maintainer", { body: given({ ID: "lock" }) }),
  rule(`DELETE ${state}/lock`, "maintainer"),
  rule(`GET ${state}/versions/:serial`, "developer"),
  rule(`DELETE ${state}/versions/:serial`, "maintainer"),
];

/** One rule or more for every route; documentation and test are both made from this list. */
export const accessRules: readonly AccessRule[] = [
  ...instanceRules,
  ...tokenRules,
  ...groupRules,
  ...projectRules,
  ...(["groups", "projects"] as const).flatMap((source) => [
    ...accountRules(source),
    ...memberRules(source),
    ...variableRules(source),
    ...accessTokenRules(source),
    ...deployTokenRules(source),
  ]),
  ...triggerRules,
  ...shareRules,
  rule("GET /audit_events", "administrators"),
  rule("GET /audit_events/:id", "administrators"),
  ...(["groups", "projects"] as const).flatMap((source) => [
    ...auditRules(source),
    ...invitationRules(source),
    ...accessRequestRules(source),
  ]),
  ...memberRoleRules,
  ...mergeRequestRules,
  ...issueRules,
  ...releaseRules,
  ...packageRules,
  ...terraformRules,
  rule("GET /api/graphql", "all", {
    except: { anonymous: 200, job: 200, deploy: 200 },
    remark: "also without a token",
  }),
  rule("POST /api/graphql", "all", {
    body: given({ query: "{ currentUser { id } }" }),
    except: { anonymous: 200, reader: 200, job: 200, deploy: 200 },
    remark: "also without a token",
  }),
];
