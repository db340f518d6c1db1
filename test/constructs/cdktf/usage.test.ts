import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import {
  AccountOwner,
  Delivery,
  Duration,
  GlsaProvider,
  Role,
  Rotation,
  Scope,
  ServiceAccount,
} from "../../../constructs/cdktf";
import { newStack, synthesize, synthError } from "./synthesized";

/** What a user writes: it must compile as it stands. */
class PlatformStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new GlsaProvider(this, "glsa", { baseUrl: "https://gitlab.example.com" });
    const deployer = new ServiceAccount(this, "deployer", {
      owner: AccountOwner.group("platform"),
      name: "Platform deployer",
      purpose: "deploys the platform charts",
      contact: "platform-team",
    });
    deployer.joinProject("platform/charts", Role.MAINTAINER);
    deployer.joinGroup("platform/apps", Role.DEVELOPER, { expiresAt: "2027-03-31" });
    deployer.addToken("ci", {
      scopes: [Scope.READ_API, Scope.WRITE_REPOSITORY],
      rotation: Rotation.every(Duration.days(30), { overlap: Duration.days(3) }),
      deliverTo: [Delivery.ciVariable({ project: "platform/charts", key: "DEPLOY_TOKEN" })],
    });
  }
}

test("a platform team's account reads well and synthesizes", () => {
  const stack = new PlatformStack(newStack().node.root, "platform");

  expect(synthError(stack)).toBe("");
  const { provider, resource } = synthesize(stack);
  expect(provider.glsa).toEqual([{ base_url: "https://gitlab.example.com", stack: "platform" }]);
  expect(Object.keys(resource ?? {})).toEqual([
    "glsa_access_token",
    "glsa_membership",
    "glsa_service_account",
  ]);
});
