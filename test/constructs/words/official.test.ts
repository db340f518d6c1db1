import type { GroupMembershipConfig } from "@cdktf/provider-gitlab/lib/group-membership";
import type { GroupServiceAccountConfig } from "@cdktf/provider-gitlab/lib/group-service-account";
import type { GroupServiceAccountAccessTokenConfig } from "@cdktf/provider-gitlab/lib/group-service-account-access-token";
import type { GroupVariableConfig } from "@cdktf/provider-gitlab/lib/group-variable";
import type { InstanceServiceAccountConfig } from "@cdktf/provider-gitlab/lib/instance-service-account";
import type { PersonalAccessTokenConfig } from "@cdktf/provider-gitlab/lib/personal-access-token";
import type { ProjectMembershipConfig } from "@cdktf/provider-gitlab/lib/project-membership";
import type { ProjectVariableConfig } from "@cdktf/provider-gitlab/lib/project-variable";
import type { OfficialProperties } from "../../../constructs/words/official";
import { pulumiType, terraformAttributes, terraformType } from "../../../constructs/words";

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

test("kinds and properties are spelled as each engine wants them", () => {
  const rotationConfiguration = { expirationDays: 40, rotateBeforeDays: 10 };

  expect(terraformType("groupServiceAccountAccessToken")).toBe(
    "gitlab_group_service_account_access_token",
  );
  expect(pulumiType("groupServiceAccountAccessToken")).toBe(
    "gitlab:index/groupServiceAccountAccessToken:GroupServiceAccountAccessToken",
  );
  expect(terraformAttributes({ userId: 7, scopes: ["api"], rotationConfiguration })).toEqual({
    user_id: 7,
    scopes: ["api"],
    rotation_configuration: { expiration_days: 40, rotate_before_days: 10 },
  });
});
