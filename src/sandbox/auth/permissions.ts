type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Where a fine-grained token must have a permission. */
export type Boundary = "project" | "group" | "user" | "instance";

/** What a route requires of a fine-grained token, in GitLab's words. */
export interface Permission {
  /** Such as `Service Account`. */
  readonly resource: string;
  /** Such as `Create`. */
  readonly action: string;
  readonly boundary: Boundary;
}

type Actions = Readonly<Partial<Record<Method, string>>>;

interface Rule {
  /** The whole path of a route, or what follows `/groups/:id` or `/projects/:id`. */
  readonly path: RegExp;
  readonly resource: string;
  readonly actions?: Actions;
  /** Of a path that is not below a group or project. */
  readonly boundary?: Boundary;
}

const usual: Actions = {
  GET: "Read",
  POST: "Create",
  PUT: "Update",
  PATCH: "Update",
  DELETE: "Delete",
};
const always = (action: string): Actions => ({ GET: action, POST: action, PUT: action });
const tokenActions: Actions = { GET: "Read", POST: "Create", DELETE: "Revoke" };

/** Routes below a group or project, from GitLab's page of fine-grained permissions. The first that matches counts. */
const containerRules: readonly Rule[] = [
  {
    path: /^\/service_accounts\/:user_id\/personal_access_tokens\/:token_id\/rotate$/,
    resource: "Service Account Personal Access Token",
    actions: always("Rotate"),
  },
  {
    path: /^\/service_accounts\/:user_id\/personal_access_tokens/,
    resource: "Service Account Personal Access Token",
    actions: tokenActions,
  },
  { path: /^\/service_accounts/, resource: "Service Account" },
  { path: /^\/members/, resource: "Member" },
  { path: /^\/variables/, resource: "Variable" },
  { path: /^\/invitations/, resource: "Invitation" },
  {
    path: /^\/access_requests\/.*approve$/,
    resource: "Access Request",
    actions: always("Approve"),
  },
  { path: /^\/access_requests/, resource: "Access Request" },
  { path: /^\/audit_events/, resource: "Audit Event" },
  { path: /^\/member_roles/, resource: "Member Role" },
  {
    path: /^\/access_tokens\/.*rotate$/,
    resource: "Resource Access Token",
    actions: always("Rotate"),
  },
  { path: /^\/access_tokens/, resource: "Resource Access Token" },
  { path: /^\/deploy_tokens/, resource: "Deploy Token" },
  { path: /^\/triggers/, resource: "Trigger" },
  { path: /^\/hooks/, resource: "Webhook" },
  { path: /^\/merge_requests\/:iid\/notes/, resource: "Work Item" },
  { path: /^\/merge_requests/, resource: "Merge Request" },
  { path: /^\/issues/, resource: "Work Item" },
  { path: /^\/releases/, resource: "Release" },
  {
    path: /^\/packages\/generic/,
    resource: "Package",
    actions: { GET: "Read", PUT: "Create" },
  },
  {
    path: /^\/terraform\/state\/:name\/lock$/,
    resource: "Terraform State",
    actions: { POST: "Lock", DELETE: "Lock" },
  },
  { path: /^\/terraform\/state/, resource: "Terraform State" },
  { path: /^\/projects$/, resource: "Project" },
  { path: /^\/(subgroups|descendant_groups)$/, resource: "Group" },
];

/** What groups and projects themselves require. */
const ownRules: readonly { readonly path: RegExp; readonly actions: Actions }[] = [
  { path: /^$/, actions: usual },
  { path: /^\/restore$/, actions: always("Update") },
  { path: /^\/(un)?archive$/, actions: always("Archive") },
  { path: /^\/share/, actions: { POST: "Share", DELETE: "Share" } },
];

const wholeRules: readonly Rule[] = [
  { path: /^\/(metadata|version)$/, resource: "Metadata", boundary: "instance" },
  { path: /^\/application\/settings$/, resource: "Application Setting", boundary: "instance" },
  { path: /^\/license$/, resource: "License", boundary: "instance" },
  { path: /^\/service_accounts/, resource: "Service Account", boundary: "instance" },
  {
    path: /^\/users\/:user_id\/impersonation_tokens/,
    resource: "Impersonation Token",
    actions: tokenActions,
    boundary: "instance",
  },
  {
    path: /^\/users\/:user_id\/personal_access_tokens$/,
    resource: "Personal Access Token",
    boundary: "instance",
  },
  {
    path: /^\/(user\/)?personal_access_tokens.*rotate$/,
    resource: "Personal Access Token",
    actions: always("Rotate"),
    boundary: "user",
  },
  {
    path: /^\/(user\/)?personal_access_tokens/,
    resource: "Personal Access Token",
    actions: tokenActions,
    boundary: "user",
  },
  ...["block", "unblock", "activate", "deactivate", "ban", "unban"].map((name) => ({
    path: new RegExp(`^/users/:id/${name}$`),
    resource: "User",
    actions: always(`${name.charAt(0).toUpperCase()}${name.slice(1)}`),
    boundary: "instance" as const,
  })),
  { path: /^\/user$/, resource: "User", boundary: "user" },
  { path: /^\/users\/:id$/, resource: "User", actions: { GET: "Read" }, boundary: "user" },
  { path: /^\/users/, resource: "User", boundary: "instance" },
  { path: /^\/namespaces/, resource: "Namespace", boundary: "user" },
  { path: /^\/groups$/, resource: "Group", boundary: "user" },
  { path: /^\/projects$/, resource: "Project", boundary: "user" },
  { path: /^\/audit_events/, resource: "Audit Event", boundary: "instance" },
  { path: /^\/member_roles/, resource: "Member Role", boundary: "instance" },
  { path: /^\/admin\/ci\/variables/, resource: "Variable", boundary: "instance" },
  { path: /^\/deploy_tokens$/, resource: "Deploy Token", boundary: "instance" },
];

/** What a route requires. Undefined for one that no fine-grained token may use. */
export function permissionOf({ method, path }: { readonly method: Method; readonly path: string }) {
  const [, kind, below = ""] = /^\/(group|project)s\/:id(\/.*)?$/.exec(path) ?? [];
  if (kind !== undefined) return permissionBelow(kind as "group" | "project", method, below);
  const named = (rule: Rule) => permission(rule, method, rule.boundary ?? "instance");
  return first(wholeRules, path, named);
}

function permissionBelow(
  kind: "group" | "project",
  method: Method,
  below: string,
): Permission | undefined {
  const own = ownRules.find(({ path }) => path.test(below));
  const rule = { path: /^/, resource: kind === "group" ? "Group" : "Project" };
  if (own !== undefined) return permission({ ...rule, actions: own.actions }, method, kind);
  return first(containerRules, below, (found) => permission(found, method, kind));
}

/** Rules for some methods leave the others to later rules. */
function first(
  rules: readonly Rule[],
  path: string,
  of: (rule: Rule) => Permission | undefined,
): Permission | undefined {
  for (const rule of rules) {
    const found = rule.path.test(path) ? of(rule) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function permission(
  { resource, actions = usual }: Rule,
  method: Method,
  boundary: Boundary,
): Permission | undefined {
  const action = actions[method];
  return action === undefined ? undefined : { resource, action, boundary };
}

/** The name by which tokens hold a permission: `create_service_account`. */
export function permissionName({ resource, action }: Permission): string {
  return `${action} ${resource}`.toLowerCase().replaceAll(" ", "_");
}
