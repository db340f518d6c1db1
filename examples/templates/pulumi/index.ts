import {
  AccountOwner,
  Delivery,
  Duration,
  GlsaProvider,
  Role,
  Rotation,
  Scope,
  ServiceAccount,
} from "glsa/pulumi";

// GITLAB_BASE_URL and GITLAB_TOKEN come from the environment.
new GlsaProvider("glsa");

const deployer = new ServiceAccount("deployer", {
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
