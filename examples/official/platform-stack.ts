import { GitlabProvider } from "@cdktf/provider-gitlab/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import {
  AccountOwner,
  Delivery,
  Duration,
  Role,
  Rotation,
  Scope,
  ServiceAccount,
} from "glsa/cdktf";

/**
 * The first deployment after 30 days renews the tokens in place: from then until the variables hold the new values,
 * jobs fail. That is accepted here, since deployments run at night.
 */
const MONTHLY = Rotation.every(Duration.days(30), { allowInPlaceRotation: true });

/**
 * The service accounts of a small platform team that may not add a provider. It wants the group `platform` with the
 * project `platform/charts`, and below it the group `platform/apps`.
 */
export class OfficialPlatformStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    // Address and token come from the environment: GITLAB_BASE_URL and GITLAB_TOKEN.
    new GitlabProvider(this, "gitlab");

    this.addDeployer();
    this.addAuditor();
  }

  /** Releases the charts. */
  private addDeployer(): void {
    const deployer = new ServiceAccount(this, "deployer", {
      owner: AccountOwner.group("platform"),
      name: "Platform deployer",
    });
    deployer.joinProject("platform/charts", Role.MAINTAINER);
    deployer.joinGroup("platform/apps", Role.DEVELOPER);
    deployer.addToken("ci", {
      scopes: [Scope.READ_API, Scope.WRITE_REPOSITORY],
      rotation: MONTHLY,
      deliverTo: [Delivery.ciVariable({ project: "platform/charts", key: "DEPLOY_TOKEN" })],
      // The official provider keeps every value in the state.
      storeValue: true,
    });
  }

  /** Reads everything in the group, and may change nothing. */
  private addAuditor(): void {
    const auditor = new ServiceAccount(this, "auditor", {
      owner: AccountOwner.group("platform"),
      name: "Platform auditor",
      deletionProtection: true,
    });
    auditor.joinGroup("platform", Role.REPORTER);
    auditor.addToken("audit", {
      scopes: [Scope.READ_API],
      expiresAt: "2027-03-31",
      deliverTo: [Delivery.ciVariable({ group: "platform", key: "AUDIT_TOKEN", hidden: true })],
      storeValue: true,
    });
  }
}
