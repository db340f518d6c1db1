import { Output } from "@pulumi/pulumi";
import {
  getServiceAccount,
  GlsaAccessToken,
  GlsaMembership,
  GlsaProvider,
  GlsaServiceAccount,
  Policy,
  type GetServiceAccountResult,
  type GlsaAccessTokenArgs,
  type GlsaAccessTokenPrevious,
  type GlsaMembershipArgs,
  type GlsaProviderConfig,
  type GlsaServiceAccountArgs,
} from "../../../constructs/pulumi";
import type { Attributes } from "../../../src/provider/contract";
import { toPropertyName } from "../../../src/provider/pulumi/names";
import {
  ciVariableAttributes,
  commandAttributes,
  deliveryAttributes,
  fileAttributes,
  vaultAttributes,
} from "../../../src/resources/access-token/delivery-schema";
import {
  accessTokenSchema,
  previousAttributes,
  rotationAttributes,
} from "../../../src/resources/access-token/schema";
import { membershipSchema } from "../../../src/resources/membership/schema";
import { serviceAccountLookup } from "../../../src/resources/service-account-lookup";
import { serviceAccountSchema } from "../../../src/resources/service-account/schema";
import { settingsSchema } from "../../../src/resources/settings";
import { declared, inputsOf } from "./declared";

/** What a user may set. */
function settable(attributes: Attributes): string[] {
  return Object.entries(attributes)
    .filter(([, { required, optional }]) => required || optional)
    .map(([name]) => toPropertyName(name))
    .sort();
}

/** Everything but the id, which the engine keeps apart. */
function properties(attributes: Attributes): string[] {
  const names = Object.keys(attributes).filter((name) => name !== "id");
  return names.map(toPropertyName).sort();
}

function names(value: unknown): string[] {
  return Object.keys(value ?? {}).sort();
}

/** A whole object: the compiler wants every property that the type has, and no other. */
type Whole<T> = { readonly [K in keyof T]-?: NonNullable<T[K]> };

const ACCOUNT: Whole<GlsaServiceAccountArgs> = {
  group: "1",
  project: "1",
  instance: true,
  username: "bot",
  name: "Bot",
  email: "bot@example.com",
  deletionProtection: true,
  onDestroy: "retain",
  hardDelete: true,
  timeouts: { create: "1m", delete: "1m" },
};

const MEMBERSHIP: Whole<GlsaMembershipArgs> = {
  serviceAccountId: "group:1:2",
  userId: 2,
  group: "1",
  project: "1",
  role: "guest",
  customRoleId: 3,
  expiresAt: "2027-03-31",
  removeMembershipsBelow: true,
};

const DELIVERED = { overwrite: true, onDestroy: "keep" } as const;
const TOKEN: Whole<GlsaAccessTokenArgs> = {
  serviceAccountId: "group:1:2",
  name: "ci",
  description: "x",
  scopes: ["api"],
  expiresAt: "2027-03-31",
  rotation: { every: "30d", overlap: "3d", lifetime: "60d", quietFor: "1d", holdAtMost: "7d" },
  neverExpires: true,
  keepers: { key: "word" },
  revokeNow: [1],
  deliverTo: [
    {
      ciVariable: {
        ...DELIVERED,
        project: "1",
        group: "1",
        key: "KEY",
        environmentScope: "*",
        protected: true,
        masked: true,
        hidden: true,
        raw: true,
      },
      file: { ...DELIVERED, path: "token", mode: "0600", redeliverMissing: true },
      vault: {
        ...DELIVERED,
        address: "https://vault.example.com",
        namespace: "platform",
        mount: "ci",
        path: "charts",
        field: "token",
      },
      command: { argv: ["put"], checkArgv: ["check"], removeArgv: ["remove"], timeout: "90s" },
    },
  ],
  storeValue: true,
};

const SETTINGS: Whole<Omit<GlsaProviderConfig, "alias">> = {
  baseUrl: "https://gitlab.example.com",
  instanceAddresses: ["https://gitlab.internal"],
  token: "clear",
  stack: "platform",
  caFile: "ca.pem",
  headers: { key: "value" },
  maxRequestsPerMinute: 1,
  maxConcurrency: 1,
};

const PREVIOUS: Whole<GlsaAccessTokenPrevious> = {
  tokenId: 1,
  generation: 1,
  deliveredAt: "",
  revokeAt: "",
  lastUsedAt: "",
  lastUsedIps: [],
  note: "",
};

const LOOKUP: Whole<GetServiceAccountResult> = {
  group: "1",
  project: "1",
  instance: true,
  username: "bot",
  id: "group:1:2",
  userId: 2,
  name: "Bot",
  email: "bot@example.com",
};

/** Everything that a program can refer to. */
function referable(resource: object): string[] {
  return Object.entries(resource)
    .filter(([name, value]) => Output.isInstance(value) && !["id", "urn"].includes(name))
    .map(([name]) => name)
    .sort();
}

test.each<[string, Attributes, object, () => object]>([
  [
    "glsa:index:ServiceAccount",
    serviceAccountSchema.attributes,
    ACCOUNT,
    () => new GlsaServiceAccount("raw", ACCOUNT),
  ],
  [
    "glsa:index:Membership",
    membershipSchema.attributes,
    MEMBERSHIP,
    () => new GlsaMembership("raw", MEMBERSHIP),
  ],
  [
    "glsa:index:AccessToken",
    accessTokenSchema.attributes,
    TOKEN,
    () => new GlsaAccessToken("raw", TOKEN),
  ],
])("%s knows the provider's attributes", async (type, attributes, whole, make) => {
  let made: object = {};
  const found = await inputsOf(type, () => {
    made = make();
  });
  expect(names(whole)).toEqual(settable(attributes));
  expect(names(found["raw"])).toEqual(settable(attributes));
  expect(referable(made)).toEqual(properties(attributes));
});

test("what stands inside of a token's properties knows the provider's attributes", () => {
  const [destination] = TOKEN.deliverTo as { [kind: string]: object }[];
  expect(names(TOKEN.rotation)).toEqual(settable(rotationAttributes));
  expect(names(PREVIOUS)).toEqual(properties(previousAttributes));
  expect(names(destination)).toEqual(settable(deliveryAttributes));
  expect(names(destination?.["ciVariable"])).toEqual(settable(ciVariableAttributes));
  expect(names(destination?.["file"])).toEqual(settable(fileAttributes));
  expect(names(destination?.["vault"])).toEqual(settable(vaultAttributes));
  expect(names(destination?.["command"])).toEqual(settable(commandAttributes));
});

test("the function knows the provider's attributes", async () => {
  const { attributes } = serviceAccountLookup.schema;
  let answer: unknown;
  await declared(() => {
    const { group, project, instance, username } = LOOKUP;
    getServiceAccount({ group, project, instance, username }).apply((found) => (answer = found));
  });
  expect(names(LOOKUP)).toEqual([...properties(attributes), "id"].sort());
  expect(names(answer)).toEqual(expect.arrayContaining(settable(attributes)));
});

test("the provider knows its settings", async () => {
  const found = await inputsOf("pulumi:providers:glsa", () => {
    Policy.of().tighten({ mostRemovals: 1 });
    new GlsaProvider("glsa", SETTINGS);
  });
  expect([...names(SETTINGS), "policy"].sort()).toEqual(settable(settingsSchema.attributes));
  expect(names(found["glsa"])).toEqual(settable(settingsSchema.attributes));
});
