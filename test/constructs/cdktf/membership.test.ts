import { TerraformVariable } from "cdktf";
import {
  AccountOwner,
  GlsaServiceAccount,
  Membership,
  Role,
  ServiceAccount,
  type MembershipProps,
} from "../../../constructs/cdktf";
import { newStack, onlyResource, resources, synthError, synthesize } from "./synthesized";

const MEMBERSHIP = "glsa_membership";

function newAccount() {
  const stack = newStack();
  const account = new ServiceAccount(stack, "deployer", { owner: AccountOwner.group("platform") });
  return { stack, account };
}

test("a minimal membership has account, place and role", () => {
  const { stack, account } = newAccount();
  account.joinGroup("platform/apps", Role.DEVELOPER);

  expect(resources(stack, MEMBERSHIP)).toEqual({
    "platform-deployer_group_platform__apps": {
      service_account_id: "${glsa_service_account.platform-deployer.id}",
      group: "platform/apps",
      role: "developer",
    },
  });
});

test("every option reaches Terraform", () => {
  const { stack, account } = newAccount();
  account.joinGroup(12, Role.custom(Role.GUEST, 7), {
    expiresAt: "2027-03-31",
    removeMembershipsBelow: true,
  });

  expect(onlyResource(stack, MEMBERSHIP)).toMatchObject({
    group: "12",
    role: "guest",
    custom_role_id: 7,
    expires_at: "2027-03-31",
    remove_memberships_below: true,
  });
});

test("a membership that exists is imported by its id", () => {
  const { stack, account } = newAccount();
  account.joinProject("platform/charts", Role.MAINTAINER, { importFrom: "project:7:345" });

  expect(synthesize(stack).import).toEqual([
    { id: "project:7:345", to: "glsa_membership.platform-deployer_project_platform__charts" },
  ]);
});

test("a membership can be declared away from its account", () => {
  const { stack, account } = newAccount();
  new Membership(stack, "elsewhere", { account, project: "platform/charts", role: "Maintainer" });

  expect(resources(stack, MEMBERSHIP)).toEqual({
    "platform-deployer_project_platform__charts": {
      service_account_id: "${glsa_service_account.platform-deployer.id}",
      project: "platform/charts",
      role: "maintainer",
    },
  });
});

test("another spelling of a path keeps the address", () => {
  const { stack, account } = newAccount();
  account.joinGroup("/Platform/Apps/", Role.DEVELOPER);

  expect(Object.keys(resources(stack, MEMBERSHIP))).toEqual([
    "platform-deployer_group_platform__apps",
  ]);
});

test("a place that Terraform knows later gives an address that stays", () => {
  const addresses = [1, 2].map((extra) => {
    const { stack, account } = newAccount();
    const other = [...Array(extra).keys()].map(
      (index) =>
        new GlsaServiceAccount(stack, `raw${index}`, {
          group: "platform",
          username: `raw${index}`,
        }),
    );
    // Reading more references first changes how cdktf numbers the one that counts.
    const [status] = other.map((account) => account.status).slice(0, 1);
    account.joinGroup(status ?? "", Role.DEVELOPER);
    return Object.keys(resources(stack, MEMBERSHIP));
  });

  expect(addresses[0]).toEqual([
    expect.stringMatching(/^platform-deployer_group_glsa_service_account-raw0-status_[0-9a-f]{8}$/),
  ]);
  expect(addresses[1]).toEqual(addresses[0]);
});

test("values that Terraform knows later pass every check", () => {
  const { stack, account } = newAccount();
  const text = new TerraformVariable(stack, "text", { type: "string" }).stringValue;
  const number = new TerraformVariable(stack, "number", { type: "number" }).numberValue;
  account.joinProject(number, text, { expiresAt: text });
  account.joinGroup(text, Role.custom(Role.GUEST, number));

  expect(Object.values(resources(stack, MEMBERSHIP))).toMatchObject([
    { group: "${var.text}", role: "guest", custom_role_id: "${var.number}" },
    { project: "${var.number}", role: "${var.text}", expires_at: "${var.text}" },
  ]);
});

test.each<[string, Partial<MembershipProps>, string]>([
  [
    "an unknown role",
    { group: "platform", role: "develper" },
    'role: Unknown role "develper". "develper" is not a default role of GitLab. Did you mean "developer"? Write one of: minimal_access, guest, planner, reporter, security_manager, developer, maintainer, owner. A custom role is set with custom_role_id, beside the default role that it is based on. [unknown-role]',
  ],
  [
    "minimal access in a project",
    { project: "platform/charts", role: Role.MINIMAL_ACCESS },
    'role: Minimal access is a role of groups only. A project has no role "minimal_access". Write guest, the lowest role in a project. [minimal-access-in-project]',
  ],
  [
    "an impossible custom role",
    { group: "platform", role: Role.custom(Role.GUEST, 0) },
    'role: "0" is not the number of a custom role. The number must be a whole number above zero; got "0". GET /member_roles lists them. [malformed-custom-role]',
  ],
  [
    "an impossible date",
    { group: "platform", expiresAt: "2027-02-30" },
    'expiresAt: "2027-02-30" is not a date. expiresAt must be a day of the calendar, written YYYY-MM-DD (UTC), such as 2027-03-31; got "2027-02-30". [malformed-date]',
  ],
  [
    "no place",
    {},
    "group or project: A required property is missing. Exactly one of group or project must be set; none is set. A membership has one group or project: declare one for each. [missing-choice]",
  ],
  [
    "two places",
    { group: "platform", project: "platform/charts" },
    "group or project: Mutually exclusive properties. Exactly one of group or project must be set; group and project are set. A membership has one group or project: declare one for each. [exclusive-choices]",
  ],
  [
    "an empty path",
    { group: "" },
    'group: "" is neither a path nor a number. It must be the full path of a group or project, such as "platform/apps", or its number; got "". Write the part of its address that follows the host. [malformed-container]',
  ],
])("%s is refused", (_, props, message) => {
  const { stack, account } = newAccount();

  expect(() => new Membership(stack, "member", { account, role: Role.GUEST, ...props })).toThrow(
    new Error(`[stack/member] ${message}`),
  );
});

test("joining one group twice is an error that names both roles", () => {
  const { account } = newAccount();
  account.joinGroup("platform/apps", Role.DEVELOPER);

  expect(() => account.joinGroup("Platform/Apps", Role.custom(Role.GUEST, 7))).toThrow(
    new Error(
      '[stack/deployer/group_platform__apps] role: Two memberships in group "platform/apps". An account can have one membership in a place; got developer first and guest with custom role 7 now. Remove one of them. [repeated-membership]',
    ),
  );
});

test("one membership declared in two places is an error that names both", () => {
  const { stack, account } = newAccount();
  account.joinGroup("platform/apps", Role.DEVELOPER);
  new Membership(stack, "elsewhere", { account, group: "platform/apps", role: Role.GUEST });

  expect(synthError(stack)).toContain(
    "[stack] stack/deployer/group_platform__apps and stack/elsewhere are both glsa_membership.platform-deployer_group_platform__apps: they declare the same object.",
  );
});

test("a role below the one that the account inherits is an error that names both, in any order", () => {
  const { account, stack } = newAccount();
  account.joinProject("Platform/apps/charts", Role.GUEST);
  account.joinGroup("platform", Role.DEVELOPER);
  expect(synthError(stack)).toContain(
    "[stack/deployer/project_platform__apps__charts] role: Lower than an inherited role. platform-deployer inherits the role developer from platform (stack/deployer/group_platform), and GitLab allows no lower one below it; got guest in Platform/apps/charts.",
  );
});

test("an equal or higher role, a neighbour and another account inherit nothing lower", () => {
  const { account, stack } = newAccount();
  account.joinGroup("platform", Role.DEVELOPER);
  account.joinGroup("platform/apps", Role.DEVELOPER);
  account.joinProject("platform/charts", Role.MAINTAINER);
  account.joinProject("platform-other/charts", Role.GUEST);
  new ServiceAccount(stack, "other", {
    owner: AccountOwner.group("platform"),
    username: "other",
  }).joinProject("platform/charts", Role.GUEST);
  expect(synthError(stack)).toBe("");
});
