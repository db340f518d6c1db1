import { App, TerraformStack } from "cdktn";
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
} from "glsa/cdktn";

class PlatformStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    // GITLAB_BASE_URL and GITLAB_TOKEN come from the environment.
    new GlsaProvider(this, "glsa");

    const deployer = new ServiceAccount(this, "deployer", {
      owner: AccountOwner.group("platform"),
      name: "Platform deployer",
      purpose: "deploys the platform charts",
      contact: "platform-team",
    });
    deployer.joinProject("platform/charts", Role.MAINTAINER);
    deployer.addToken("deploy", {
      scopes: [Scope.READ_API],
      rotation: Rotation.every(Duration.days(30), { overlap: Duration.days(3) }),
      deliverTo: [Delivery.ciVariable({ project: "platform/charts", key: "DEPLOY_TOKEN" })],
    });
  }
}

const app = new App();
new PlatformStack(app, "platform");
app.synth();
