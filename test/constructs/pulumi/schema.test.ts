import { Output } from "@pulumi/pulumi";
import {
  getServiceAccount,
  GlsaAccessToken,
  GlsaMembership,
  GlsaProvider,
  GlsaServiceAccount,
  Policy,
  type GetServiceAccountArgs,
  type GlsaAccessTokenArgs,
  type GlsaMembershipArgs,
  type GlsaProviderConfig,
  type GlsaServiceAccountArgs,
} from "../../../constructs/pulumi";
import type { Attributes } from "../../../src/provider/contract";
import { toPropertyName } from "../../../src/provider/pulumi/names";
import { accessTokenSchema } from "../../../src/resources/access-token/schema";
import { membershipSchema } from "../../../src/resources/membership/schema";
import { serviceAccountLookup } from "../../../src/resources/service-account-lookup";
import { serviceAccountSchema } from "../../../src/resources/service-account/schema";
import { settingsSchema } from "../../../src/resources/settings";
import { settable, wholeValue } from "../whole-value";
import { declared, inputsOf } from "./declared";

/** Everything but the id, which the engine keeps apart. */
function properties(attributes: Attributes): string[] {
  const names = Object.keys(attributes).filter((name) => name !== "id");
  return names.map(toPropertyName).sort();
}

/** Everything that a program can refer to. */
function referable(resource: object): string[] {
  return Object.entries(resource)
    .filter(([name, value]) => Output.isInstance(value) && !["id", "urn"].includes(name))
    .map(([name]) => name)
    .sort();
}

test.each<[string, Attributes, (all: object) => object]>([
  [
    "glsa:index:ServiceAccount",
    serviceAccountSchema.attributes,
    (all) => new GlsaServiceAccount("raw", all as GlsaServiceAccountArgs),
  ],
  [
    "glsa:index:Membership",
    membershipSchema.attributes,
    (all) => new GlsaMembership("raw", all as GlsaMembershipArgs),
  ],
  [
    "glsa:index:AccessToken",
    accessTokenSchema.attributes,
    (all) => new GlsaAccessToken("raw", all as GlsaAccessTokenArgs),
  ],
])("%s has every attribute of the schema", async (type, attributes, make) => {
  const all = wholeValue(attributes);
  let made: object = {};
  const found = await inputsOf(type, () => {
    made = make(all);
  });
  expect(found["raw"]).toEqual(all);
  expect(referable(made)).toEqual(properties(attributes));
});

test("the function has every attribute of the schema", async () => {
  const { attributes } = serviceAccountLookup.schema;
  const all = wholeValue(attributes) as unknown as GetServiceAccountArgs;
  let answer: unknown;
  await declared(() => {
    getServiceAccount(all).apply((found) => (answer = found));
  });
  expect(Object.keys(answer ?? {})).toEqual(expect.arrayContaining(settable(attributes)));
});

test("the provider has every setting of the provider", async () => {
  const attributes = Object.fromEntries(
    Object.entries(settingsSchema.attributes).filter(([name]) => name !== "policy"),
  );
  const found = await inputsOf("pulumi:providers:glsa", () => {
    Policy.of().tighten({ maxRemovals: 1 });
    new GlsaProvider("glsa", wholeValue(attributes) as GlsaProviderConfig);
  });
  const names = settable(settingsSchema.attributes).map(toPropertyName);
  expect(Object.keys(found["glsa"] ?? {}).sort()).toEqual(names.sort());
});
