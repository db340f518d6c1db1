import type { TerraformElement } from "cdktf";
import {
  DataGlsaServiceAccount,
  GlsaAccessToken,
  GlsaMembership,
  GlsaProvider,
  GlsaServiceAccount,
  Policy,
  type DataGlsaServiceAccountConfig,
  type GlsaAccessTokenConfig,
  type GlsaMembershipConfig,
  type GlsaProviderConfig,
  type GlsaServiceAccountConfig,
} from "../../../constructs/cdktf";
import { spell } from "../../../constructs/cdktf/late";
import type { Attributes } from "../../../src/provider/contract";
import { accessTokenSchema, previousAttributes } from "../../../src/resources/access-token/schema";
import { membershipSchema } from "../../../src/resources/membership/schema";
import { serviceAccountLookup } from "../../../src/resources/service-account-lookup";
import { serviceAccountSchema } from "../../../src/resources/service-account/schema";
import { settingsSchema } from "../../../src/resources/settings";
import { asAttributes, settable, wholeValue } from "../whole-value";
import { newStack, onlyResource, synthesize } from "./synthesized";

/** The attributes that are no objects which users write. */
function readable(attributes: Attributes): string[] {
  return Object.entries(attributes)
    .filter(([, each]) => !("attributes" in each && (each.required || each.optional)))
    .map(([name]) => name)
    .sort();
}

/** The attributes that a class's getters refer to. */
function referredTo(element: TerraformElement, object: object = element): string[] {
  const members = Object.values(
    Object.getOwnPropertyDescriptors(Object.getPrototypeOf(object) as object),
  );
  return members
    .flatMap(({ get }) => (get === undefined ? [] : [get.call(object) as string | number]))
    .map((reference) => spell(element, reference).replace(/^.*\./, ""))
    .sort();
}

test.each([
  [
    "glsa_service_account",
    serviceAccountSchema.attributes,
    (stack: ReturnType<typeof newStack>, all: object) =>
      new GlsaServiceAccount(stack, "raw", all as GlsaServiceAccountConfig),
  ],
  [
    "glsa_access_token",
    accessTokenSchema.attributes,
    (stack: ReturnType<typeof newStack>, all: object) =>
      new GlsaAccessToken(stack, "raw", all as GlsaAccessTokenConfig),
  ],
  [
    "glsa_membership",
    membershipSchema.attributes,
    (stack: ReturnType<typeof newStack>, all: object) =>
      new GlsaMembership(stack, "raw", all as GlsaMembershipConfig),
  ],
] as const)("%s has every attribute of the schema", (type, attributes, make) => {
  const stack = newStack();
  const resource = make(stack, wholeValue(attributes));

  expect(onlyResource(stack, type)).toEqual(asAttributes(attributes));
  expect(referredTo(resource)).toEqual(readable(attributes));
});

test("a previous token has every attribute of the schema", () => {
  const token = new GlsaAccessToken(newStack(), "raw", {
    ...(wholeValue(accessTokenSchema.attributes) as unknown as GlsaAccessTokenConfig),
  });
  expect(referredTo(token, token.previous.get(0))).toEqual(readable(previousAttributes));
});

test("the data source has every attribute of the schema", () => {
  const { attributes } = serviceAccountLookup.schema;
  const stack = newStack();
  const all = wholeValue(attributes) as unknown as DataGlsaServiceAccountConfig;
  const found = new DataGlsaServiceAccount(stack, "found", all);

  const { data } = synthesize(stack);
  expect(data?.glsa_service_account?.found).toEqual(asAttributes(attributes));
  expect(referredTo(found)).toEqual(readable(attributes));
});

test("the provider construct has every setting of the provider", () => {
  const attributes = Object.fromEntries(
    Object.entries(settingsSchema.attributes).filter(([name]) => name !== "policy"),
  );
  const stack = newStack({ provider: false });
  new GlsaProvider(stack, "glsa", wholeValue(attributes) as GlsaProviderConfig);
  Policy.of(stack).tighten({ maxRemovals: 1 });

  const [settings] = synthesize(stack).provider.glsa;
  expect(settings).toMatchObject(asAttributes(attributes));
  expect(Object.keys(settings ?? {})).toEqual(settable(settingsSchema.attributes));
});

test("what a program changes after it declared a resource changes nothing", () => {
  const stack = newStack();
  const scopes = ["api"];
  const argv = ["put"];
  new GlsaAccessToken(stack, "raw", {
    serviceAccountId: "group:1:2",
    name: "ci",
    scopes,
    deliverTo: [{ command: { argv } }],
  });
  scopes.push("sudo");
  argv.push("elsewhere");

  expect(onlyResource(stack, "glsa_access_token")).toMatchObject({
    scopes: ["api"],
    deliver_to: [{ command: { argv: ["put"] } }],
  });
});
