import * as pulumi from "@pulumi/pulumi";
import {
  AccountOwner,
  Delivery,
  Duration,
  GlsaServiceAccount,
  Role,
  Rotation,
  Scope,
  ServiceAccount,
  useOfficialProvider,
  type AccessTokenOptions,
} from "../../../../constructs/pulumi";
import { declared } from "../declared";
import { OFFICIAL_SCHEMA, schemaProblems } from "./schema";

type Objects = Record<string, Record<string, Record<string, unknown>>>;

const later = <T>(value: T) => pulumi.output(Promise.resolve(value));

/** The inputs of the official resources by kind and name; each fits the official schema. */
async function official(program: () => void): Promise<Objects> {
  const found = await declared(() => {
    useOfficialProvider();
    program();
  });
  const objects: Objects = {};
  for (const { type, name, inputs } of found) {
    if (!type.startsWith("gitlab:index/")) continue;
    expect(schemaProblems(type, inputs)).toEqual([]);
    const kind = type.slice(type.lastIndexOf(":") + 1);
    objects[kind] = { ...objects[kind], [name]: inputs };
  }
  return objects;
}

const TOKEN: AccessTokenOptions = {
  scopes: [Scope.READ_API],
  expiresAt: "2027-03-31",
  storeValue: true,
};

test("a declaration becomes the official provider's resources", async () => {
  const program = () => {
    const deployer = new ServiceAccount("deployer", {
      owner: AccountOwner.group("platform"),
      name: "Platform deployer",
      purpose: "deploys the platform charts",
    });
    deployer.joinProject("platform/charts", Role.MAINTAINER);
    deployer.joinGroup("platform/apps", Role.DEVELOPER, { expiresAt: "2027-03-31" });
    deployer.addToken("ci", {
      scopes: [Scope.READ_API, Scope.WRITE_REPOSITORY],
      rotation: Rotation.every(Duration.days(30), { overlap: "3d", allowInPlaceRotation: true }),
      deliverTo: [Delivery.ciVariable({ project: "platform/charts", key: "TOKEN" })],
      storeValue: true,
    });
  };

  expect(await official(program)).toEqual({
    GroupServiceAccount: {
      "platform-deployer": {
        group: "platform",
        username: "platform-deployer",
        name: "Platform deployer",
      },
    },
    ProjectMembership: {
      "platform-deployer_project_platform__charts": {
        userId: 7,
        project: "platform/charts",
        accessLevel: "maintainer",
      },
    },
    GroupMembership: {
      "platform-deployer_group_platform__apps": {
        userId: 7,
        groupId: 34,
        accessLevel: "developer",
        expiresAt: "2027-03-31",
        skipSubresourcesOnDestroy: true,
      },
    },
    GroupServiceAccountAccessToken: {
      "platform-deployer_ci": {
        userId: 7,
        group: "platform",
        name: "ci",
        scopes: ["read_api", "write_repository"],
        rotationConfiguration: { expirationDays: 40, rotateBeforeDays: 10 },
      },
    },
    ProjectVariable: {
      project_platform__charts_TOKEN: {
        project: "platform/charts",
        key: "TOKEN",
        value: "value of platform-deployer_ci",
        masked: true,
        hidden: false,
        raw: true,
      },
    },
  });
});

test("every kind and every property that there is fits the official schema", async () => {
  const objects = await official(() => {
    const owners = [AccountOwner.group(12), AccountOwner.project(7), AccountOwner.instance()];
    for (const owner of owners) {
      const account = new ServiceAccount(`bot-${owner.kind}`, {
        owner,
        username: `bot-${owner.kind}`,
        name: "Bot",
        email: "bot@example.com",
        purpose: "tests",
        timeouts: { delete: "5m" },
      });
      account.joinGroup(12, Role.custom(Role.GUEST, 3), { removeMembershipsBelow: true });
      account.joinProject(7, Role.custom(Role.GUEST, 3), { expiresAt: "2027-03-31" });
      const place = owner.kind === "group" ? { group: 12 } : { project: 7 };
      const variable = { ...place, key: owner.kind, environmentScope: "prod" };
      account.addToken("ci", {
        ...TOKEN,
        scopes: [Scope.of("new_scope")],
        deliverTo: [Delivery.ciVariable({ ...variable, protected: true, hidden: true })],
      });
    }
  });

  const kinds = Object.keys(OFFICIAL_SCHEMA).map((type) => type.slice(type.lastIndexOf(":") + 1));
  expect(Object.keys(objects).sort()).toEqual(kinds.sort());
  expect(objects["PersonalAccessToken"]).toMatchObject({
    "bot-instance_ci": { description: "tests", scopes: ["new_scope"] },
  });
  expect(objects["GroupMembership"]).toMatchObject({
    "bot-group_group_12": { groupId: 12, memberRoleId: 3, skipSubresourcesOnDestroy: false },
  });
});

test("values that come later pass every check and reach the provider", async () => {
  const text = later("Text");
  const objects = await official(() => {
    const source = new GlsaServiceAccount("source", { username: "x" });
    const owner = AccountOwner.group(later(12));
    const account = new ServiceAccount("bot", { owner, username: "bot", name: text });
    account.joinGroup(
      source.id.apply(() => "platform/apps"),
      text,
      {
        expiresAt: text,
        removeMembershipsBelow: later(true),
      },
    );
    account.addToken("ci", {
      scopes: later(["scope:new", "api"]),
      expiresAt: text,
      storeValue: true,
      deliverTo: [Delivery.ciVariable({ project: later(7), key: text, masked: later(false) })],
    });
  });

  expect(objects["GroupServiceAccount"]).toMatchObject({ bot: { group: "12", name: "Text" } });
  expect(Object.values(objects["GroupMembership"] ?? {})).toMatchObject([
    { groupId: 34, accessLevel: "Text", skipSubresourcesOnDestroy: false },
  ]);
  expect(objects["GroupServiceAccountAccessToken"]).toMatchObject({
    bot_ci: { scopes: ["new", "api"], expiresAt: "Text" },
  });
  expect(Object.values(objects["ProjectVariable"] ?? {})).toMatchObject([
    { project: "7", key: "Text", masked: false },
  ]);
});

test("an account that something else made is found by its username", async () => {
  const objects = await official(() => {
    const owner = AccountOwner.group("platform");
    ServiceAccount.fromUsername("legacy", owner, "legacy-bot").joinProject(7, Role.REPORTER);
  });

  expect(objects).toEqual({
    ProjectMembership: {
      "legacy-bot_project_7": { userId: 7, project: "7", accessLevel: "reporter" },
    },
  });
});

test("what the official provider does not expose is an error, and its resource is at hand", async () => {
  await official(() => {
    const account = new ServiceAccount("bot", { owner: AccountOwner.group("platform") });
    const token = account.addToken("ci", TOKEN);
    expect(token.value).toBe(token.officialResource.token);
    expect(() => token.status).toThrow(
      new Error(
        "[bot/token_ci] status: The property is not available. The official GitLab provider does not expose it. Leave it out, or use glsa's provider. [absent-property]",
      ),
    );
    expect(() => account.resource).toThrow(/Use officialResource\./);
  });
});
