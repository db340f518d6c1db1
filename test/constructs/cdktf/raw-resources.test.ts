import { Testing } from "cdktf";
import {
  DataGlsaServiceAccount,
  GlsaAccessToken,
  GlsaMembership,
  GlsaServiceAccount,
} from "../../../constructs/cdktf";
import { newStack, onlyResource, resources, synthError, synthesize } from "./synthesized";

test("raw resources refer to each other and take Terraform's meta-arguments", () => {
  const stack = newStack();
  const account = new GlsaServiceAccount(stack, "account", { group: "12", username: "bot" });
  const membership = new GlsaMembership(stack, "member", {
    userId: account.userId,
    group: "12",
    role: "guest",
    lifecycle: { preventDestroy: true },
  });
  new GlsaAccessToken(stack, "token", {
    serviceAccountId: account.id,
    name: "ci",
    scopes: ["api"],
    neverExpires: true,
    storeValue: true,
    dependsOn: [membership],
  });

  expect(resources(stack, "glsa_membership").member).toEqual({
    user_id: "${glsa_service_account.account.user_id}",
    group: "12",
    role: "guest",
    lifecycle: { prevent_destroy: true },
  });
  expect(resources(stack, "glsa_access_token").token).toEqual({
    service_account_id: "${glsa_service_account.account.id}",
    name: "ci",
    scopes: ["api"],
    never_expires: true,
    store_value: true,
    depends_on: ["glsa_membership.member"],
  });
  expect(synthError(stack)).toBe("");
});

test("a raw resource can be moved and imported", () => {
  const stack = newStack();
  const account = new GlsaServiceAccount(stack, "account", { group: "12", username: "bot" });
  account.importFrom("group:12:345");
  account.moveFromId("glsa_service_account.old");

  expect(synthesize(stack)).toMatchObject({
    import: [{ id: "group:12:345", to: "glsa_service_account.account" }],
    moved: [{ from: "glsa_service_account.old", to: "glsa_service_account.account" }],
  });
});

test("an account is looked up by owner and username", () => {
  const stack = newStack();
  const found = new DataGlsaServiceAccount(stack, "found", { project: "7", username: "bot" });
  new GlsaMembership(stack, "member", { userId: found.userId, group: "12", role: "guest" });

  expect(synthesize(stack).data).toEqual({
    glsa_service_account: { found: { project: "7", username: "bot" } },
  });
  expect(onlyResource(stack, "glsa_membership")).toMatchObject({
    user_id: "${data.glsa_service_account.found.user_id}",
  });
});

test("the stack synthesizes to HCL, too", () => {
  const stack = newStack();
  new GlsaAccessToken(stack, "token", {
    serviceAccountId: "group:12:345",
    name: "ci",
    scopes: ["api"],
    rotation: { every: "30d" },
    keepers: { "host-name": "runner" },
    revokeNow: [678],
    deliverTo: [{ file: { path: "token", mode: "0600" } }],
  });

  const hcl = (Testing.synthHcl(stack) as string).replace(/\s+/g, " ");
  expect(hcl).toContain(
    'resource "glsa_access_token" "token" { service_account_id = "group:12:345" name = "ci" scopes = [ "api", ] rotation { every = "30d" } keepers = { host-name = "runner" } revoke_now = [ 678, ] deliver_to { file { path = "token" mode = "0600" } } }',
  );
});
