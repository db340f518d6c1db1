import type { Call } from "../http/call";
import { badRequest, forbidden, invalidRecord, notFound } from "../http/errors";
import { created, noContent, ok } from "../http/reply";
import { route } from "../http/route";
import { memberRoleJson } from "../json/member";
import { boolean, integer, integerOf, required, string } from "../params/types";
import { roleName } from "../rules/audit-members";
import { requireAdmin } from "./find";

const permissions = [
  "admin_cicd_variables",
  "admin_compliance_framework",
  "admin_group_member",
  "admin_integrations",
  "admin_merge_request",
  "admin_push_rules",
  "admin_runners",
  "admin_terraform_state",
  "admin_vulnerability",
  "admin_web_hook",
  "archive_project",
  "manage_deploy_tokens",
  "manage_group_access_tokens",
  "manage_merge_request_settings",
  "manage_project_access_tokens",
  "manage_security_policy_link",
  "read_code",
  "read_compliance_dashboard",
  "read_crm_contact",
  "read_dependency",
  "read_runners",
  "read_vulnerability",
  "remove_group",
  "remove_project",
] as const;

const permissionParams = Object.fromEntries(permissions.map((name) => [name, boolean()]));

/** Custom roles need Ultimate. */
function requireRolesAccess(call: Call): void {
  requireAdmin(call);
  if (call.instance.tier !== "ultimate") throw forbidden();
}

/** Only on gitlab.com do groups have roles of their own. */
function refuseInGroups({ instance }: Call): never {
  const page = `${instance.url}/help/update/deprecations.md`;
  throw badRequest(
    `Group-level custom roles are deprecated on self-managed instances. See ${page}#deprecate-custom-role-creation-for-group-owners-on-self-managed`,
  );
}

const groupRoutes = (
  [
    ["GET", "/groups/:id/member_roles"],
    ["POST", "/groups/:id/member_roles"],
    ["DELETE", "/groups/:id/member_roles/:member_role_id"],
  ] as const
).map(([method, path]) => route({ method, path, before: refuseInGroups, handle: refuseInGroups }));

export const memberRoleRoutes = [
  ...groupRoutes,
  route({
    method: "GET",
    path: "/member_roles",
    before: requireRolesAccess,
    handle: ({ instance }) => ok(instance.store.memberRoles.rows().map(memberRoleJson)),
  }),
  route({
    method: "POST",
    path: "/member_roles",
    before: requireRolesAccess,
    params: {
      base_access_level: required(integerOf(10, 15, 20, 30, 40, 50)),
      name: string(),
      description: string(),
      ...permissionParams,
    },
    handle({ instance, raw }, { base_access_level, name, description }) {
      const { memberRoles } = instance.store;
      const wanted = name?.trim() || `${roleName(base_access_level)} - custom`;
      if (memberRoles.rows().some((role) => role.name === wanted)) {
        throw invalidRecord({ name: ["has already been taken"] });
      }
      const role = memberRoles.insert({
        name: wanted,
        description: description ?? null,
        base_access_level,
        permissions: Object.fromEntries(
          permissions.map((permission) => [permission, boolean().read(raw[permission]) === true]),
        ),
      });
      return created(memberRoleJson(role));
    },
  }),
  route({
    method: "DELETE",
    path: "/member_roles/:member_role_id",
    before: requireRolesAccess,
    params: { member_role_id: required(integer()) },
    handle({ instance }, { member_role_id }) {
      const { memberRoles, members } = instance.store;
      const role = memberRoles.get(member_role_id);
      if (role === undefined) throw notFound("Member Role");
      if (members.rows().some((member) => member.member_role_id === role.id)) {
        throw badRequest(
          "Role is assigned to one or more group members. Remove role from all group members, then delete role.",
        );
      }
      memberRoles.delete(role);
      return noContent();
    },
  }),
];
