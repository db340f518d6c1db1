import { GroupMembership } from "@cdktf/provider-gitlab/lib/group-membership";
import { GroupServiceAccount } from "@cdktf/provider-gitlab/lib/group-service-account";
import { GroupServiceAccountAccessToken } from "@cdktf/provider-gitlab/lib/group-service-account-access-token";
import { GroupVariable } from "@cdktf/provider-gitlab/lib/group-variable";
import { InstanceServiceAccount } from "@cdktf/provider-gitlab/lib/instance-service-account";
import { PersonalAccessToken } from "@cdktf/provider-gitlab/lib/personal-access-token";
import { ProjectMembership } from "@cdktf/provider-gitlab/lib/project-membership";
import { ProjectVariable } from "@cdktf/provider-gitlab/lib/project-variable";
import type { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { OfficialResource } from "../../../../constructs/cdktf";
import type { OfficialObject, OfficialProperties } from "../../../../src/official";
import { synthesize } from "../synthesized";
import { officialStack } from "./stacks";

type Kind = Exclude<keyof OfficialProperties, `projectServiceAccount${string}`>;
type Whole<K extends Kind> = Required<OfficialProperties[K]>;

const ACCOUNT = { username: "bot", name: "Bot", email: "b@c.de", timeouts: { delete: "5m" } };
const MEMBER = { userId: 7, accessLevel: "guest", memberRoleId: 3, expiresAt: "2027-03-31" };
const TOKEN = {
  userId: 7,
  name: "ci",
  scopes: ["api", "read_user"],
  expiresAt: "2027-03-31",
  rotationConfiguration: { expirationDays: 40, rotateBeforeDays: 10 },
};
const VARIABLE = {
  key: "KEY",
  value: "made up",
  environmentScope: "production",
  protected: true,
  masked: true,
  hidden: true,
  raw: true,
};

/** Everything that we may set. */
const WHOLE: { readonly [K in Kind]: Whole<K> } = {
  groupServiceAccount: { ...ACCOUNT, group: "platform" },
  instanceServiceAccount: ACCOUNT,
  groupMembership: { ...MEMBER, groupId: 1, skipSubresourcesOnDestroy: true },
  projectMembership: { ...MEMBER, project: "platform/charts" },
  groupServiceAccountAccessToken: { ...TOKEN, group: "platform" },
  personalAccessToken: { ...TOKEN, description: "releases" },
  groupVariable: { ...VARIABLE, group: "platform" },
  projectVariable: { ...VARIABLE, project: "platform/charts" },
};

type Make<K extends Kind> = (scope: Construct, id: string, config: Whole<K>) => TerraformResource;

/** The compiler checks here, once more, that the bindings take each of our properties. */
const THEIRS: { readonly [K in Kind]: Make<K> } = {
  groupServiceAccount: (...given) => new GroupServiceAccount(...given),
  instanceServiceAccount: (...given) => new InstanceServiceAccount(...given),
  groupMembership: (...given) => new GroupMembership(...given),
  projectMembership: (...given) => new ProjectMembership(...given),
  groupServiceAccountAccessToken: (...given) => new GroupServiceAccountAccessToken(...given),
  personalAccessToken: (...given) => new PersonalAccessToken(...given),
  groupVariable: (...given) => new GroupVariable(...given),
  projectVariable: (...given) => new ProjectVariable(...given),
};

test.each(Object.keys(WHOLE) as Kind[])(
  "the resource %s is synthesized as the official bindings do it",
  <K extends Kind>(kind: K) => {
    const theirs = officialStack();
    THEIRS[kind](theirs, "resource", WHOLE[kind]);
    const ours = officialStack();
    const object = { kind, properties: WHOLE[kind] } as unknown as OfficialObject;
    new OfficialResource(ours, "resource", object, {});

    expect(Object.keys(synthesize(ours).resource ?? {})).toHaveLength(1);
    expect(synthesize(ours)).toEqual(synthesize(theirs));
  },
);
