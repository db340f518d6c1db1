import { Driver, type Declared } from "../support/driver";
import { TestGitLab } from "../support/gitlab";

/*
 * The table of docs/fine-grained-tokens.md, proved: each feature is run by an Owner whose token has exactly these
 * permissions, and fails with one less.
 */

interface Rights {
  readonly user?: readonly string[];
  readonly instance?: readonly string[];
  /** In the group of everything. */
  readonly group?: readonly string[];
}

interface Feature {
  /** Of an administrator in place of an Owner. */
  readonly isAdministrators?: true;
  readonly rights: Rights;
  /** Each is applied, and then everything is destroyed. */
  readonly steps: readonly (readonly Declared[])[];
}

const account = (attributes: object = {}): Declared => ({
  address: "bot",
  type: "glsa_service_account",
  config: () => ({ group: "platform", username: "bot", ...attributes }),
});

function of(type: Declared["type"], attributes: object): Declared {
  return {
    address: type,
    type,
    config: (states) => ({ service_account_id: states.get("bot")?.["id"], ...attributes }),
  };
}

const token = (attributes: object = {}) =>
  of("glsa_access_token", {
    name: "ci",
    scopes: ["read_api"],
    rotation: { every: "30d" },
    ...attributes,
  });
const variable = { deliver_to: [{ ci_variable: { project: "platform/charts", key: "TOKEN" } }] };
const membership = (role: string) => of("glsa_membership", { project: "platform/charts", role });

/** The number of the first group of a stand-in. */
const GROUP = 2;

/** Whatever a run does. */
const BASE: Rights = { user: ["read_personal_access_token"] };

const FEATURES: Readonly<Record<string, Feature>> = {
  "service accounts of a group": {
    rights: {
      user: ["read_user"],
      instance: ["read_user"],
      group: [
        ...["read_group", "read_service_account", "create_service_account"],
        ...["update_service_account", "delete_service_account"],
        "read_service_account_personal_access_token",
      ],
    },
    steps: [[account()], [account({ name: "Bot" })]],
  },
  "service accounts of the instance": {
    isAdministrators: true,
    rights: {
      user: ["read_user"],
      instance: [
        ...["read_metadata", "read_user", "delete_user"],
        ...["read_service_account", "create_service_account", "update_service_account"],
      ],
    },
    steps: [
      [account({ group: null, instance: true })],
      [account({ group: null, instance: true, name: "Bot" })],
    ],
  },
  "fine-grained tokens": {
    isAdministrators: true,
    rights: {
      instance: [...["read_application_setting", "read_metadata", "create_personal_access_token"]],
      group: [
        ...["read_member", "read_service_account_personal_access_token"],
        "revoke_service_account_personal_access_token",
      ],
    },
    steps: [
      [
        token({
          scopes: null,
          granular_scopes: [
            {
              access: "selected_memberships",
              permissions: ["read_member"],
              group_ids: [GROUP],
              project_ids: null,
            },
          ],
          store_value: true,
        }),
      ],
    ],
  },
  tokens: {
    rights: {
      group: [
        "read_service_account_personal_access_token",
        "create_service_account_personal_access_token",
        "revoke_service_account_personal_access_token",
      ],
    },
    steps: [[token({ store_value: true })]],
  },
  "memberships in groups and projects": {
    rights: {
      group: [
        ...["read_group", "read_project"],
        ...["read_member", "create_member", "update_member", "delete_member"],
      ],
    },
    steps: [[membership("developer")], [membership("maintainer")]],
  },
  "delivery to CI/CD variables": {
    rights: {
      group: [
        ...["read_service_account_personal_access_token"],
        ...["create_service_account_personal_access_token"],
        ...["revoke_service_account_personal_access_token"],
        ...["read_project", "read_variable", "create_variable", "update_variable"],
        "delete_variable",
      ],
    },
    steps: [[token(variable)], [token({ ...variable, keepers: { leak: "1" } })]],
  },
};

let gitlab: TestGitLab;

afterEach(() => gitlab.close());

const ACCESSES = { user: "user", instance: "instance", group: "selected_memberships" } as const;

type Place = keyof Rights;

function allOf(rights: Rights): [Place, string][] {
  return (["user", "instance", "group"] as const).flatMap((place) =>
    [...(BASE[place] ?? []), ...(rights[place] ?? [])].map((permission): [Place, string] => [
      place,
      permission,
    ]),
  );
}

/** Runs a feature from nothing to nothing, and returns the errors. */
async function run(
  { steps, isAdministrators }: Feature,
  rights: readonly (readonly [Place, string])[],
): Promise<string[]> {
  gitlab = await TestGitLab.start({ version: "19.6" });
  const { platform } = await gitlab.platform();
  expect(platform).toBe(GROUP);
  await gitlab.control("POST", "deletion", { delay: "PT0S" });
  const owner = isAdministrators ? gitlab.token : await gitlab.groupOwner(platform);
  const { id } = await gitlab.call<{ id: number }>("GET", "/user", undefined, owner);
  const bot = steps[0]?.[0]?.address === "bot" ? undefined : await accountOf(platform);
  const granular_scopes = (["user", "instance", "group"] as const).flatMap((place) => {
    const permissions = rights.filter(([where]) => where === place).map(([, name]) => name);
    const access = ACCESSES[place];
    const places = place === "group" ? { group_ids: [platform] } : {};
    return permissions.length === 0 ? [] : [{ access, permissions, ...places }];
  });
  const path = `/users/${id}/personal_access_tokens`;
  const made = await gitlab.call<{ token: string }>("POST", path, {
    name: "glsa",
    granular_scopes,
  });
  const driver = new Driver({ base_url: gitlab.url, token: made.token, stack: "test" }, []);
  const errors: string[] = [];
  const take = (diagnostics: readonly { severity: string; summary: string; detail?: string }[]) =>
    errors.push(
      ...diagnostics
        .filter(({ severity }) => severity === "error")
        .map(({ summary, detail }) => `${summary}: ${detail}`),
    );
  for (const declared of steps) {
    driver.declared = declared.map((one) => ({
      ...one,
      config: (states) => one.config(bot === undefined ? states : new Map([["bot", { id: bot }]])),
    }));
    take((await driver.apply()).diagnostics);
    if (errors.length > 0) {
      driver.stop();
      return errors;
    }
  }
  take((await driver.destroy()).diagnostics);
  driver.stop();
  return errors;
}

async function accountOf(groupId: number): Promise<string> {
  const path = `/groups/${groupId}/service_accounts`;
  const { id } = await gitlab.call<{ id: number }>("POST", path, { username: "bot" });
  return `group:${groupId}:${id}`;
}

test.each(Object.entries(FEATURES))(
  "%s: these permissions are enough, and none is spare",
  async (_, feature) => {
    const rights = allOf(feature.rights);
    expect(await run(feature, rights)).toEqual([]);
    const spare: string[] = [];
    for (const left of rights) {
      await gitlab.close();
      const errors = await run(
        feature,
        rights.filter((right) => right !== left),
      );
      if (errors.length === 0) spare.push(left.join(" "));
    }
    expect(spare).toEqual([]);
  },
);
