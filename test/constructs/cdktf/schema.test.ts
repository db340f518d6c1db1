import type { TerraformElement } from "cdktf";
import {
  DataGlsaServiceAccount,
  GlsaAccessToken,
  GlsaMembership,
  GlsaProvider,
  GlsaServiceAccount,
  Policy,
  type GlsaAccessTokenConfig,
} from "../../../constructs/cdktf";
import { spell } from "../../../constructs/cdktf/late";
import type { Attributes } from "../../../src/provider/contract";
import { deliveryAttributes } from "../../../src/resources/access-token/delivery-schema";
import {
  accessTokenSchema,
  previousAttributes,
  rotationAttributes,
} from "../../../src/resources/access-token/schema";
import { membershipSchema } from "../../../src/resources/membership/schema";
import { serviceAccountLookup } from "../../../src/resources/service-account-lookup";
import { serviceAccountSchema } from "../../../src/resources/service-account/schema";
import { settingsSchema } from "../../../src/resources/settings";
import { newStack, onlyResource, synthesize } from "./synthesized";

/** What a user may set, in the provider's own words. */
function settable(attributes: Attributes): string[] {
  return Object.entries(attributes)
    .filter(([, { required, optional }]) => required || optional)
    .map(([name]) => name)
    .sort();
}

/** What only the provider knows, and not in every case. */
function computed(attributes: Attributes): string[] {
  return Object.entries(attributes)
    .filter(([, { required, optional }]) => !required && !optional)
    .map(([name]) => name)
    .sort();
}

/** The attributes that a raw class's getters refer to. */
function referredTo(element: TerraformElement, object: object = element): string[] {
  const members = Object.entries(
    Object.getOwnPropertyDescriptors(Object.getPrototypeOf(object) as object),
  );
  return members.flatMap(([, { get }]) => {
    if (get === undefined) return [];
    return spell(element, get.call(object) as string | number).replace(/^.*\./, "");
  });
}

test("the raw account knows the provider's attributes", () => {
  const stack = newStack();
  const account = new GlsaServiceAccount(stack, "account", {
    group: "1",
    project: "1",
    instance: true,
    username: "bot",
    name: "Bot",
    email: "bot@example.com",
    deletionProtection: true,
    onDestroy: "retain",
    hardDelete: true,
    timeouts: { create: "1m" },
  });

  const { attributes } = serviceAccountSchema;
  expect(Object.keys(onlyResource(stack, "glsa_service_account"))).toEqual(settable(attributes));
  expect(Object.keys(attributes)).toEqual(expect.arrayContaining(referredTo(account)));
});

test("the raw membership knows the provider's attributes", () => {
  const stack = newStack();
  const membership = new GlsaMembership(stack, "member", {
    serviceAccountId: "group:1:2",
    userId: 2,
    group: "1",
    project: "1",
    role: "guest",
    customRoleId: 3,
    expiresAt: "2027-03-31",
    removeMembershipsBelow: true,
  });

  const { attributes } = membershipSchema;
  expect(Object.keys(onlyResource(stack, "glsa_membership"))).toEqual(settable(attributes));
  expect(Object.keys(attributes)).toEqual(expect.arrayContaining(referredTo(membership)));
});

const DELIVERY = { overwrite: true, onDestroy: "keep" };

/** Everything that a raw token can be given, at once. */
const WHOLE_TOKEN: GlsaAccessTokenConfig = {
  serviceAccountId: "group:1:2",
  name: "ci",
  description: "release",
  scopes: ["api"],
  expiresAt: "2027-03-31",
  rotation: { every: "30d", overlap: "3d", lifetime: "40d", quietFor: "1d", holdAtMost: "7d" },
  neverExpires: true,
  keepers: { host: "runner-7" },
  revokeNow: [7],
  storeValue: true,
  deliverTo: [
    {
      ciVariable: {
        ...DELIVERY,
        project: "1",
        group: "1",
        key: "KEY",
        environmentScope: "*",
        protected: true,
        masked: true,
        hidden: true,
        raw: true,
      },
      file: { ...DELIVERY, path: "token", mode: "0600", redeliverMissing: true },
      vault: {
        ...DELIVERY,
        address: "https://vault.example.com",
        namespace: "platform",
        mount: "ci",
        path: "charts",
        field: "token",
      },
      command: { argv: ["put"], checkArgv: ["check"], removeArgv: ["remove"], timeout: "90s" },
    },
  ],
};

test("the raw token knows the provider's attributes", () => {
  const stack = newStack();
  const token = new GlsaAccessToken(stack, "token", WHOLE_TOKEN);

  const { attributes } = accessTokenSchema;
  const synthesized = onlyResource(stack, "glsa_access_token");
  expect(Object.keys(synthesized)).toEqual(settable(attributes));
  expect(Object.keys(synthesized.rotation as object)).toEqual(settable(rotationAttributes));
  expect(Object.keys(attributes)).toEqual(expect.arrayContaining(referredTo(token)));
  expect(referredTo(token)).toEqual(expect.arrayContaining(computed(attributes)));
  expect(referredTo(token, token.previous.get(0)).sort()).toEqual(computed(previousAttributes));
});

test("the raw token's destinations know the provider's attributes", () => {
  const stack = newStack();
  new GlsaAccessToken(stack, "token", WHOLE_TOKEN);

  const { deliver_to } = onlyResource(stack, "glsa_access_token") as { deliver_to: object[] };
  const [destination = {}] = deliver_to;
  expect(Object.keys(destination)).toEqual(settable(deliveryAttributes));
  for (const [kind, given] of Object.entries(destination)) {
    const { attributes } = deliveryAttributes[kind as keyof typeof deliveryAttributes];
    expect(Object.keys(given as object)).toEqual(settable(attributes));
  }
});

test("the raw data source knows the provider's attributes", () => {
  const stack = newStack();
  const found = new DataGlsaServiceAccount(stack, "found", {
    group: "1",
    project: "1",
    instance: true,
    username: "bot",
  });

  const { attributes } = serviceAccountLookup.schema;
  const { data } = synthesize(stack);
  expect(Object.keys(data?.glsa_service_account?.found ?? {})).toEqual(settable(attributes));
  expect(Object.keys(attributes)).toEqual(expect.arrayContaining(referredTo(found)));
});

test("the provider construct knows the provider's settings", () => {
  const stack = newStack({ provider: false });
  new GlsaProvider(stack, "glsa", {
    baseUrl: "https://gitlab.example.com",
    instanceAddresses: ["https://gitlab.internal"],
    token: "clear",
    stack: "platform",
    caFile: "ca.pem",
    headers: { key: "value" },
    maxRequestsPerMinute: 1,
    maxConcurrency: 1,
  });
  Policy.of(stack).tighten({ mostRemovals: 1 });

  const [settings] = synthesize(stack).provider.glsa;
  expect(Object.keys(settings ?? {})).toEqual(settable(settingsSchema.attributes));
});
