import type { GroupMembershipConfig } from "@cdktf/provider-gitlab/lib/group-membership";
import type { GroupServiceAccountConfig } from "@cdktf/provider-gitlab/lib/group-service-account";
import type { GroupServiceAccountAccessTokenConfig } from "@cdktf/provider-gitlab/lib/group-service-account-access-token";
import type { GroupVariableConfig } from "@cdktf/provider-gitlab/lib/group-variable";
import type { InstanceServiceAccountConfig } from "@cdktf/provider-gitlab/lib/instance-service-account";
import type { PersonalAccessTokenConfig } from "@cdktf/provider-gitlab/lib/personal-access-token";
import type { ProjectMembershipConfig } from "@cdktf/provider-gitlab/lib/project-membership";
import type { ProjectVariableConfig } from "@cdktf/provider-gitlab/lib/project-variable";
import {
  attributesFor,
  camelCase,
  inGlsaTerms,
  officialType,
  officialTypesOf,
  pulumiType,
  snakeCase,
  terraformType,
  terraformTypeOf,
  type OfficialProperties,
  type OfficialType,
} from "../../src/official";

/** The official bindings, but for the project's accounts and tokens, which these do not have. */
interface Bindings {
  readonly groupServiceAccount: GroupServiceAccountConfig;
  readonly instanceServiceAccount: InstanceServiceAccountConfig;
  readonly groupMembership: GroupMembershipConfig;
  readonly projectMembership: ProjectMembershipConfig;
  readonly groupServiceAccountAccessToken: GroupServiceAccountAccessTokenConfig;
  readonly personalAccessToken: PersonalAccessTokenConfig;
  readonly groupVariable: GroupVariableConfig;
  readonly projectVariable: ProjectVariableConfig;
}

/** `true` where every property of ours is one of theirs, nested ones included, with a type that they take. */
type Fits<Ours, Theirs> = Ours extends Theirs
  ? [Exclude<keyof Ours, keyof Theirs>] extends [never]
    ? true
    : Exclude<keyof Ours, keyof Theirs>
  : false;

type Nested<T, K extends string> = K extends keyof T ? NonNullable<T[K]> : object;

/** The compiler is the test: a property that the provider does not have is an error here. */
const FITS: { readonly [K in keyof Bindings]: Fits<OfficialProperties[K], Bindings[K]> } = {
  groupServiceAccount: true,
  instanceServiceAccount: true,
  groupMembership: true,
  projectMembership: true,
  groupServiceAccountAccessToken: true,
  personalAccessToken: true,
  groupVariable: true,
  projectVariable: true,
};

const NESTED_FIT: {
  readonly [K in keyof Bindings]: [
    Fits<Nested<OfficialProperties[K], "timeouts">, Nested<Bindings[K], "timeouts">>,
    Fits<
      Nested<OfficialProperties[K], "rotationConfiguration">,
      Nested<Bindings[K], "rotationConfiguration">
    >,
  ];
} = {
  groupServiceAccount: [true, true],
  instanceServiceAccount: [true, true],
  groupMembership: [true, true],
  projectMembership: [true, true],
  groupServiceAccountAccessToken: [true, true],
  personalAccessToken: [true, true],
  groupVariable: [true, true],
  projectVariable: [true, true],
};

test("the compiler compares every kind but the two that the bindings do not know", () => {
  const unknown: Exclude<keyof OfficialProperties, keyof Bindings>[] = [
    "projectServiceAccount",
    "projectServiceAccountAccessToken",
  ];
  expect(unknown).toHaveLength(2);
  expect(Object.keys(FITS)).toEqual(Object.keys(NESTED_FIT));
});

const NOUNS = ["account", "membership", "token", "variable"] as const;
const NAMES = NOUNS.flatMap(officialTypesOf);

function named(type: string): OfficialType {
  const found = officialType(type);
  if (found === undefined) throw new Error(`no ${type}`);
  return found;
}

test("kinds are spelled as each engine wants them, and read back", () => {
  expect(terraformType("groupServiceAccountAccessToken")).toBe(
    "gitlab_group_service_account_access_token",
  );
  expect(pulumiType("groupServiceAccountAccessToken")).toBe(
    "gitlab:index/groupServiceAccountAccessToken:GroupServiceAccountAccessToken",
  );
  expect(terraformTypeOf(pulumiType("personalAccessToken"))).toBe("gitlab_personal_access_token");
  expect(terraformTypeOf("glsa:index:AccessToken")).toBe("glsa_access_token");
  expect(terraformTypeOf("gitlab:index/getUser:getUser")).toBe("gitlab_user");
});

test.each(NAMES)(
  "%s says whose and where it is, and its attributes' names go both ways",
  (name) => {
    const type = named(name);
    if (type.in !== "instance") expect(attributesFor(type.in, type)).not.toEqual([]);
    if (type.noun !== "variable") expect(attributesFor("userId", type)).toHaveLength(1);
    const attributes = Object.keys(type.attributes);
    expect(attributes.map(snakeCase).map(camelCase)).toEqual(attributes);
  },
);

test("only a token's type holds a value that the provider makes", () => {
  const holding = NAMES.filter((name) => attributesFor("value", named(name)).length > 0);
  expect(holding).toEqual(officialTypesOf("token"));
});

test("what glsa has, too, is read under its name; the rest are settings", () => {
  const membership = named("gitlab_project_membership");
  const values = { id: "7:345", project_id: 7, access_level: "minimal", unknown_to_us: true };
  expect(inGlsaTerms(membership, values, snakeCase)).toEqual({
    terms: { project: 7, role: "minimal_access" },
    settings: { unknown_to_us: true },
  });
  expect(inGlsaTerms(membership, { project: "a/b", projectId: 7 }).terms).toEqual({
    project: "a/b",
  });
});
