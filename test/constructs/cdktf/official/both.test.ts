import { GitlabProvider } from "@cdktf/provider-gitlab/lib/provider";
import type { TerraformStack } from "cdktf";
import {
  AccountOwner,
  Delivery,
  Duration,
  GlsaProvider,
  Role,
  Rotation,
  Scope,
  ServiceAccount,
} from "../../../../constructs/cdktf";
import { newStack, synthError, synthesize } from "../synthesized";

/** One declaration that either provider can fulfil. */
function declare(stack: TerraformStack): void {
  const deployer = new ServiceAccount(stack, "deployer", {
    owner: AccountOwner.group("platform"),
    name: "Platform deployer",
    purpose: "deploys the platform charts",
    contact: "platform-team",
  });
  deployer.joinProject("platform/charts", Role.MAINTAINER);
  deployer.joinGroup("platform/apps", Role.DEVELOPER, { expiresAt: "2027-03-31" });
  deployer.addToken("ci", {
    scopes: [Scope.READ_API, Scope.WRITE_REPOSITORY],
    rotation: Rotation.every(Duration.days(30), {
      overlap: Duration.days(3),
      allowInPlaceRotation: true,
    }),
    deliverTo: [Delivery.ciVariable({ project: "platform/charts", key: "DEPLOY_TOKEN" })],
    storeValue: true,
  });
}

/** The blocks of a stack without cdktf's notes. */
function blocks(stack: TerraformStack): object {
  expect(synthError(stack)).toBe("");
  const { resource, data } = synthesize(stack);
  return { resource, data };
}

test("with glsa's provider, the declaration becomes glsa's resources", () => {
  const stack = newStack({ provider: false });
  new GlsaProvider(stack, "glsa");
  declare(stack);

  const service_account_id = "${glsa_service_account.platform-deployer.id}";
  expect(blocks(stack)).toEqual({
    resource: {
      glsa_service_account: {
        "platform-deployer": {
          group: "platform",
          username: "platform-deployer",
          name: "Platform deployer",
        },
      },
      glsa_membership: {
        "platform-deployer_project_platform__charts": {
          service_account_id,
          project: "platform/charts",
          role: "maintainer",
        },
        "platform-deployer_group_platform__apps": {
          service_account_id,
          group: "platform/apps",
          role: "developer",
          expires_at: "2027-03-31",
        },
      },
      glsa_access_token: {
        "platform-deployer_ci": {
          service_account_id,
          name: "ci",
          description: "deploys the platform charts (platform-team)",
          scopes: ["read_api", "write_repository"],
          rotation: { every: "30d", overlap: "3d" },
          deliver_to: [{ ci_variable: { project: "platform/charts", key: "DEPLOY_TOKEN" } }],
          store_value: true,
        },
      },
    },
  });
});

test("with the official provider, the same declaration becomes its resources", () => {
  const stack = newStack({ provider: false });
  new GitlabProvider(stack, "gitlab");
  declare(stack);

  const user_id = "${gitlab_group_service_account.platform-deployer.service_account_id}";
  expect(blocks(stack)).toEqual({
    resource: {
      gitlab_group_service_account: {
        "platform-deployer": {
          group: "platform",
          username: "platform-deployer",
          name: "Platform deployer",
        },
      },
      gitlab_project_membership: {
        "platform-deployer_project_platform__charts": {
          user_id,
          project: "platform/charts",
          access_level: "maintainer",
        },
      },
      gitlab_group_membership: {
        "platform-deployer_group_platform__apps": {
          user_id,
          group_id: "${data.gitlab_group.platform__apps.group_id}",
          access_level: "developer",
          expires_at: "2027-03-31",
          skip_subresources_on_destroy: true,
        },
      },
      gitlab_group_service_account_access_token: {
        "platform-deployer_ci": {
          user_id,
          group: "platform",
          name: "ci",
          scopes: ["read_api", "write_repository"],
          rotation_configuration: { expiration_days: 40, rotate_before_days: 10 },
          lifecycle: { create_before_destroy: true },
        },
      },
      gitlab_project_variable: {
        project_platform__charts_DEPLOY_TOKEN_fe6ebae7: {
          hidden: false,
          project: "platform/charts",
          key: "DEPLOY_TOKEN",
          value: "${gitlab_group_service_account_access_token.platform-deployer_ci.token}",
          masked: true,
          raw: true,
        },
      },
    },
    data: { gitlab_group: { platform__apps: { full_path: "platform/apps" } } },
  });
});
