import * as pulumi from "@pulumi/pulumi";
import {
  AccountOwner,
  GlsaServiceAccount,
  Membership,
  Role,
  ServiceAccount,
  type MembershipProps,
} from "../../../constructs/pulumi";
import { inputsOf, refusal } from "./declared";

const newAccount = () =>
  new ServiceAccount("deployer", { owner: AccountOwner.group("platform"), username: "bot" });

/** The inputs of the memberships that are declared for one account. */
const memberships = (declare: (account: ServiceAccount) => void) =>
  inputsOf("glsa:index:Membership", () => declare(newAccount()));

test("an account joins groups and projects", async () => {
  const found = await memberships((account) => {
    account.joinGroup("/Platform/Apps/", Role.DEVELOPER, { expiresAt: "2027-03-31" });
    account.joinProject(7, "Maintainer", { removeMembershipsBelow: true });
    account.joinGroup("platform", Role.custom(Role.GUEST, 3));
  });
  const serviceAccountId = "id of bot";
  expect(found).toEqual({
    bot_group_platform__apps: {
      serviceAccountId,
      group: "/Platform/Apps/",
      role: "developer",
      expiresAt: "2027-03-31",
    },
    bot_project_7: {
      serviceAccountId,
      project: "7",
      role: "maintainer",
      removeMembershipsBelow: true,
    },
    bot_group_platform: { serviceAccountId, group: "platform", role: "guest", customRoleId: 3 },
  });
});

test("a place that comes from another resource is named after it", async () => {
  const found = await memberships((account) => {
    const other = new GlsaServiceAccount("apps", { group: "platform", username: "apps" });
    account.joinGroup(other.id, pulumi.output("no role"), { expiresAt: pulumi.output("soon") });
  });
  expect(Object.entries(found)).toEqual([
    [
      expect.stringMatching(/^bot_group_apps_[0-9a-f]{8}$/),
      { serviceAccountId: "id of bot", group: "id of apps", role: "no role", expiresAt: "soon" },
    ],
  ]);
});

test("a place that comes from nowhere needs a membership with a name of its own", async () => {
  const place = Promise.resolve("platform/apps");
  expect(await refusal(() => newAccount().joinGroup(place, Role.GUEST))).toBe(
    '[deployer] group: No name can be derived. The value is known only later and comes from no resource, so its object has no stable name; got a Promise. Write new Membership("name", { account, group, role }), with a name of your own. [late-name]',
  );
  const found = await memberships((account) => {
    new Membership("apps", { account, group: place, role: Role.GUEST });
  });
  expect(found).toMatchObject({ bot_apps: { group: "platform/apps" } });
});

test.each<[string, Partial<MembershipProps>, RegExp]>([
  ["an unknown role", { group: "platform", role: "develper" }, /^\[member\] role: Unknown role/],
  ["no place", {}, /^\[member\] group or project: A required property is missing/],
  ["an empty path", { group: "" }, /^\[member\] group: "" is neither a path nor a number/],
])("%s is refused", async (_, props, message) => {
  const declare = () =>
    new Membership("member", { account: newAccount(), role: Role.GUEST, ...props });
  expect(await refusal(declare)).toMatch(message);
});

test("joining one group twice is an error that names both roles", async () => {
  const declare = () => {
    const account = newAccount();
    account.joinGroup("platform/apps", Role.DEVELOPER);
    account.joinGroup("Platform/Apps", Role.custom(Role.GUEST, 7));
  };
  expect(await refusal(declare)).toBe(
    '[deployer/group_platform__apps] role: Two memberships in group "platform/apps". An account can have one membership in a place; got developer first and guest with custom role 7 now. Remove one of them. [repeated-membership]',
  );
});

test("one membership declared in two places is an error that names both", async () => {
  const declare = () => {
    const account = newAccount();
    account.joinGroup("platform/apps", Role.DEVELOPER);
    new Membership("elsewhere", { account, group: "platform/apps", role: Role.GUEST });
  };
  expect(await refusal(declare)).toContain(
    "This and deployer/group_platform__apps are both glsa:index:Membership bot_group_platform__apps.",
  );
});

test("a role below the one that the account inherits is an error, in any order", async () => {
  const declare = (first: "group" | "project") => () => {
    const account = newAccount();
    if (first === "group") account.joinGroup("platform", Role.DEVELOPER);
    account.joinProject("platform/charts", Role.GUEST);
    if (first === "project") account.joinGroup("platform", Role.DEVELOPER);
  };
  for (const first of ["group", "project"] as const) {
    expect(await refusal(declare(first))).toMatch(
      /project_platform__charts\] role: Lower than an inherited role\. .* developer from platform .* got guest in platform\/charts/,
    );
  }
});
