import type { Attribute, Attributes } from "../../src/provider/contract";
import { accessTokenSchema, rotationAttributes } from "../../src/resources/access-token/schema";
import { membershipSchema } from "../../src/resources/membership/schema";
import { membershipsSchema } from "../../src/resources/memberships/schema";
import { serviceAccountSchema } from "../../src/resources/service-account/schema";
import { DEFAULTS, ROTATION_DEFAULTS } from "../../src/review/glsa/defaults";

function defaultsIn(attributes: Attributes): object {
  const defaultOf = (attribute: Attribute) =>
    "default" in attribute ? attribute.default : undefined;
  const entries = Object.entries(attributes).map(
    ([name, each]) => [name, defaultOf(each)] as const,
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

test("what a review takes for unwritten attributes is what the provider takes", () => {
  expect(DEFAULTS).toEqual({
    glsa_service_account: defaultsIn(serviceAccountSchema.attributes),
    glsa_access_token: defaultsIn(accessTokenSchema.attributes),
    glsa_membership: defaultsIn(membershipSchema.attributes),
    glsa_memberships: defaultsIn(membershipsSchema.attributes),
  });
  expect(ROTATION_DEFAULTS).toEqual(defaultsIn(rotationAttributes));
});
