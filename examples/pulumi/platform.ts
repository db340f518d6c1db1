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

/** The first update after 30 days makes new tokens and delivers them; the old ones still work for 3 days. */
const MONTHLY = Rotation.every(Duration.days(30), { overlap: Duration.days(3) });

/**
 * The service accounts of a small platform team. It wants the group `platform` with the project `platform/charts`,
 * and below it the group `platform/apps` with the project `platform/apps/web`. `examples/cdktf` declares the same.
 */
export function declarePlatform(): void {
  // Address and token come from the environment: GITLAB_BASE_URL and GITLAB_TOKEN.
  new GlsaProvider("glsa");

  addDeployer();
  addAuditor();
  addWebBot();
}

/** Releases the charts. */
function addDeployer(): void {
  const deployer = new ServiceAccount("deployer", {
    owner: AccountOwner.group("platform"),
    name: "Platform deployer",
    purpose: "deploys the platform charts",
    contact: "platform-team",
  });
  deployer.joinProject("platform/charts", Role.MAINTAINER);
  deployer.joinGroup("platform/apps", Role.DEVELOPER);
  deployer.addToken("ci", {
    scopes: [Scope.READ_API, Scope.WRITE_REPOSITORY],
    rotation: MONTHLY,
    deliverTo: [Delivery.ciVariable({ project: "platform/charts", key: "DEPLOY_TOKEN" })],
  });
}

/** Reads everything in the group, and may change nothing. */
function addAuditor(): void {
  const auditor = new ServiceAccount("auditor", {
    owner: AccountOwner.group("platform"),
    name: "Platform auditor",
    purpose: "reports settings that differ from the baseline",
    contact: "platform-team",
    onDestroy: "disable",
  });
  auditor.joinGroup("platform", Role.REPORTER);
  auditor.addToken("audit", {
    scopes: [Scope.READ_API],
    rotation: MONTHLY,
    deliverTo: [Delivery.ciVariable({ group: "platform", key: "AUDIT_TOKEN" })],
  });
}

/** Belongs to one project and pushes its images. */
function addWebBot(): void {
  const bot = new ServiceAccount("bot", {
    owner: AccountOwner.project("platform/apps/web"),
    username: "web-bot",
    name: "Web bot",
    purpose: "pushes the images of the web application",
    contact: "web-team",
  });
  bot.joinProject("platform/apps/web", Role.DEVELOPER);
  bot.addToken("registry", {
    scopes: [Scope.READ_REGISTRY, Scope.WRITE_REGISTRY],
    rotation: MONTHLY,
    deliverTo: [Delivery.ciVariable({ project: "platform/apps/web", key: "REGISTRY_TOKEN" })],
  });
}
