/**
 * The official GitLab provider's types, as far as glsa uses them. Attributes have the names of Pulumi's package
 * `gitlab` and of `@cdktf/provider-gitlab` 15.6 (provider 18.6), from which Terraform's follow. Those of provider 19.3
 * are in Pulumi's `gitlab` from 10.2.
 * Each attribute has a meaning and, if glsa's own resource has the same, its name there. An attribute that only the
 * provider writes is `computed`.
 * @see https://registry.terraform.io/providers/gitlabhq/gitlab/latest/docs
 * @see https://www.pulumi.com/registry/packages/gitlab/api-docs/
 */
const ACCOUNT = {
  id: ["computed"],
  serviceAccountId: ["computed", "userId"],
  username: ["text", "username"],
  name: ["text", "name"],
  email: ["text?", "email"],
  timeouts: [{ delete: ["text"] }, "timeouts"],
} as const;

const MEMBERSHIP = {
  id: ["computed"],
  userId: ["number", "userId"],
  accessLevel: ["text", "role"],
  memberRoleId: ["number?", "customRoleId"],
  expiresAt: ["text?", "expiresAt"],
} as const;

const TOKEN = {
  id: ["computed"],
  active: ["computed"],
  createdAt: ["computed"],
  revoked: ["computed"],
  token: ["computed", "value"],
  userId: ["number", "userId"],
  name: ["text", "name"],
  scopes: ["texts", "scopes"],
  expiresAt: ["text?", "expiresAt"],
  rotationConfiguration: [{ expirationDays: ["number"], rotateBeforeDays: ["number"] }, "rotation"],
} as const;

const VARIABLE = {
  id: ["computed"],
  key: ["text", "key"],
  value: ["text"],
  environmentScope: ["text?", "environmentScope"],
  protected: ["flag?", "protected"],
  masked: ["flag", "masked"],
  hidden: ["flag?", "hidden"],
  raw: ["flag", "raw"],
} as const;

const GROUP = { group: ["text", "group"] } as const;
const PROJECT = { project: ["text", "project"] } as const;

export const OFFICIAL_TYPES = {
  groupServiceAccount: { noun: "account", in: "group", attributes: { ...ACCOUNT, ...GROUP } },
  projectServiceAccount: {
    noun: "account",
    in: "project",
    since: "19.3",
    attributes: { ...ACCOUNT, ...PROJECT },
  },
  instanceServiceAccount: { noun: "account", in: "instance", attributes: ACCOUNT },
  groupMembership: {
    noun: "membership",
    in: "group",
    attributes: {
      ...MEMBERSHIP,
      groupId: ["number", "group"],
      skipSubresourcesOnDestroy: ["flag"],
    },
  },
  projectMembership: {
    noun: "membership",
    in: "project",
    // Versions before 16 call it project_id.
    attributes: { ...MEMBERSHIP, ...PROJECT, projectId: ["computed", "project"] },
  },
  groupServiceAccountAccessToken: {
    noun: "token",
    in: "group",
    attributes: { ...TOKEN, ...GROUP },
  },
  projectServiceAccountAccessToken: {
    noun: "token",
    in: "project",
    since: "19.3",
    attributes: { ...TOKEN, ...PROJECT },
  },
  /** For any user: it tells neither whether that is a service account nor its owner. */
  personalAccessToken: {
    noun: "token",
    in: "instance",
    attributes: { ...TOKEN, description: ["text?"] },
  },
  groupVariable: { noun: "variable", in: "group", attributes: { ...VARIABLE, ...GROUP } },
  projectVariable: { noun: "variable", in: "project", attributes: { ...VARIABLE, ...PROJECT } },
} as const satisfies Record<string, OfficialType>;

export type OfficialKind = keyof typeof OFFICIAL_TYPES;

/** The Terraform names of glsa's own resources. A variable belongs to a token there. */
export const GLSA_TYPES = {
  account: "glsa_service_account",
  membership: "glsa_membership",
  token: "glsa_access_token",
} as const;

export type Noun = keyof typeof GLSA_TYPES | "variable";

export interface OfficialType {
  /** Its term in glsa. */
  readonly noun: Noun;
  /** Its owner or container. */
  readonly in: "group" | "project" | "instance";
  /** The first release that has it, if the oldest supported one does not. */
  readonly since?: string;
  readonly attributes: Attributes;
}

interface Attributes {
  readonly [name: string]: readonly [
    holds: keyof Held | `${keyof Held}?` | Attributes,
    glsa?: string,
  ];
}

interface Held {
  readonly text: string;
  readonly number: number;
  readonly flag: boolean;
  readonly texts: string[];
  readonly computed: never;
}

type Nothing = readonly ["computed", string?];
/** An object can be left out, too. */
type Optional = readonly [`${string}?` | Attributes, string?];

type Written<A> = {
  readonly [K in keyof A as A[K] extends Nothing | Optional ? never : K]: Value<A[K]>;
} & {
  readonly [K in keyof A as A[K] extends Optional ? K : never]?: Value<A[K]>;
};

type Value<A> = A extends readonly [infer H, string?]
  ? H extends keyof Held
    ? Held[H]
    : H extends `${infer Name extends keyof Held}?`
      ? Held[Name]
      : Written<H>
  : never;

/** What can be written in a resource of each kind. */
export type OfficialProperties = {
  readonly [K in OfficialKind]: Written<(typeof OFFICIAL_TYPES)[K]["attributes"]>;
};

/** One resource, independent of the engine. */
export type OfficialObject = {
  readonly [K in OfficialKind]: { readonly kind: K; readonly properties: OfficialProperties[K] };
}[OfficialKind];
