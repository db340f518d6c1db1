import type { TerraformElement } from "cdktf";
import {
  DataGlsaServiceAccount,
  GlsaAccessToken,
  GlsaMembership,
  GlsaProvider,
  GlsaServiceAccount,
} from "../../../constructs/cdktf";
import { spell } from "../../../constructs/cdktf/late";
import type { Attributes } from "../../../src/provider/contract";
import { accessTokenSchema, deliveryAttributes } from "../../../src/resources/access-token/schema";
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

/** The attributes that a raw class's getters refer to. */
function referredTo(element: TerraformElement): string[] {
  const members = Object.entries(
    Object.getOwnPropertyDescriptors(Object.getPrototypeOf(element) as object),
  );
  return members.flatMap(([, { get }]) => {
    if (get === undefined) return [];
    return spell(element, get.call(element) as string | number).replace(/^.*\./, "");
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

test("the raw token knows the provider's attributes", () => {
  const stack = newStack();
  const delivery = { overwrite: true, onDestroy: "keep" };
  const token = new GlsaAccessToken(stack, "token", {
    serviceAccountId: "group:1:2",
    name: "ci",
    description: "release",
    scopes: ["api"],
    expiresAt: "2027-03-31",
    neverExpires: true,
    storeValue: true,
    deliverTo: [
      {
        ciVariable: {
          ...delivery,
          project: "1",
          group: "1",
          key: "KEY",
          environmentScope: "*",
          protected: true,
          masked: true,
          hidden: true,
          raw: true,
        },
        file: { ...delivery, path: "token", mode: "0600" },
      },
    ],
  });

  const { attributes } = accessTokenSchema;
  const synthesized = onlyResource(stack, "glsa_access_token");
  expect(Object.keys(synthesized)).toEqual(settable(attributes));
  const [{ ci_variable: variable, file }] = synthesized.deliver_to as [
    Record<string, Record<string, unknown>>,
  ];
  expect(Object.keys(variable ?? {})).toEqual(settable(deliveryAttributes.ci_variable.attributes));
  expect(Object.keys(file ?? {})).toEqual(settable(deliveryAttributes.file.attributes));
  expect(Object.keys(attributes)).toEqual(expect.arrayContaining(referredTo(token)));
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
    token: "clear",
    stack: "platform",
    caFile: "ca.pem",
    headers: { key: "value" },
    maxRequestsPerMinute: 1,
    maxConcurrency: 1,
  });

  const [settings] = synthesize(stack).provider.glsa;
  expect(Object.keys(settings ?? {})).toEqual(settable(settingsSchema.attributes));
});
