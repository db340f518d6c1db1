/**
 * The inputs of the resources that glsa emits, as the package `gitlab` 10.2 has them.
 * @see https://www.pulumi.com/registry/packages/gitlab/api-docs/
 */
export interface ResourceSchema {
  readonly required: Readonly<Record<string, InputType>>;
  readonly optional: Readonly<Record<string, InputType>>;
}

export type InputType = "string" | "number" | "boolean" | "strings" | "rotation" | "timeouts";

const ACCOUNT = {
  name: "string",
  username: "string",
  email: "string",
  timeouts: "timeouts",
} as const;
const MEMBERSHIP = { memberRoleId: "number", expiresAt: "string" } as const;
const TOKEN = {
  name: "string",
  expiresAt: "string",
  rotationConfiguration: "rotation",
  validatePastExpirationDate: "boolean",
} as const;
const VARIABLE = {
  description: "string",
  environmentScope: "string",
  hidden: "boolean",
  masked: "boolean",
  protected: "boolean",
  raw: "boolean",
  variableType: "string",
} as const;

export const OFFICIAL_SCHEMA = {
  "gitlab:index/groupServiceAccount:GroupServiceAccount": {
    required: { group: "string" },
    optional: ACCOUNT,
  },
  "gitlab:index/projectServiceAccount:ProjectServiceAccount": {
    required: { project: "string" },
    optional: { ...ACCOUNT, skipWaitForDeletion: "boolean" },
  },
  "gitlab:index/instanceServiceAccount:InstanceServiceAccount": { required: {}, optional: ACCOUNT },
  "gitlab:index/groupMembership:GroupMembership": {
    required: { accessLevel: "string", groupId: "number", userId: "number" },
    optional: {
      ...MEMBERSHIP,
      skipSubresourcesOnDestroy: "boolean",
      unassignIssuablesOnDestroy: "boolean",
    },
  },
  "gitlab:index/projectMembership:ProjectMembership": {
    required: { accessLevel: "string", project: "string", userId: "number" },
    optional: MEMBERSHIP,
  },
  "gitlab:index/groupServiceAccountAccessToken:GroupServiceAccountAccessToken": {
    required: { group: "string", scopes: "strings", userId: "number" },
    optional: TOKEN,
  },
  "gitlab:index/projectServiceAccountAccessToken:ProjectServiceAccountAccessToken": {
    required: { project: "string", scopes: "strings", userId: "number" },
    optional: TOKEN,
  },
  "gitlab:index/personalAccessToken:PersonalAccessToken": {
    required: { scopes: "strings", userId: "number" },
    optional: { ...TOKEN, description: "string" },
  },
  "gitlab:index/groupVariable:GroupVariable": {
    required: { group: "string", key: "string", value: "string" },
    optional: VARIABLE,
  },
  "gitlab:index/projectVariable:ProjectVariable": {
    required: { project: "string", key: "string", value: "string" },
    optional: VARIABLE,
  },
} as const satisfies Record<string, ResourceSchema>;

const SCHEMAS: ReadonlyMap<string, ResourceSchema> = new Map(Object.entries(OFFICIAL_SCHEMA));

const IS_OF_TYPE: { readonly [T in InputType]: (value: unknown) => boolean } = {
  string: (value) => typeof value === "string",
  number: (value) => typeof value === "number" && Number.isInteger(value),
  boolean: (value) => typeof value === "boolean",
  strings: (value) => Array.isArray(value) && value.every((each) => typeof each === "string"),
  rotation: (value) => hasNumbers(value, ["expirationDays", "rotateBeforeDays"]),
  timeouts: (value) => JSON.stringify(Object.keys(value as object)) === '["delete"]',
};

function hasNumbers(value: unknown, names: readonly string[]): boolean {
  const entries = Object.entries(value as object);
  return (
    entries.every(([name, each]) => names.includes(name) && typeof each === "number") &&
    entries.length === names.length
  );
}

/** What of a resource the official provider would not take: unknown, of another type, or missing. */
export function schemaProblems(type: string, inputs: Record<string, unknown>): string[] {
  const schema = SCHEMAS.get(type);
  if (schema === undefined) return [`There is no resource ${type}`];
  const known = { ...schema.required, ...schema.optional };
  const wrong = Object.entries(inputs).flatMap(([name, value]) => {
    const wanted = known[name];
    if (wanted === undefined) return [`${type} has no ${name}`];
    return IS_OF_TYPE[wanted](value) ? [] : [`${type} wants ${wanted} as ${name}`];
  });
  const missing = Object.keys(schema.required).filter((name) => inputs[name] === undefined);
  return [...wrong, ...missing.map((name) => `${type} wants ${name}`)];
}
