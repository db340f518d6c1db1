/** What the schemas do not say of a type. */
export interface About {
  /** HCL that works as it stands. */
  readonly example: string;
  readonly importId?: { readonly means: string; readonly example: string };
}

/** By the kind and name of a type. */
export const ABOUT: Readonly<Record<string, About>> = {
  "Provider provider": {
    example: `
provider "glsa" {
  base_url = "https://gitlab.example.com" # the token comes from GITLAB_TOKEN
  stack    = "platform"
}`,
  },
  "Resource glsa_service_account": {
    example: `
resource "glsa_service_account" "deployer" {
  group    = "platform"
  username = "platform-deployer"
  name     = "Platform deployer"
}`,
    importId: {
      means: "owner and username; the account's id does, too (`group:12:345`)",
      example: "group:platform:platform-deployer",
    },
  },
  "Resource glsa_access_token": {
    example: `
resource "glsa_access_token" "deploy" {
  service_account_id = glsa_service_account.deployer.id
  name               = "ci"
  scopes             = ["read_api", "write_repository"]

  rotation {
    every = "30d"
  }

  deliver_to {
    ci_variable {
      project = "platform/charts"
      key     = "DEPLOY_TOKEN"
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}`,
    importId: {
      means:
        "owner, username and the token's name where one live token has it; numbers do, too (`group:12:345:678`)",
      example: "group:platform:platform-deployer:ci",
    },
  },
  "Resource glsa_membership": {
    example: `
resource "glsa_membership" "deployer_in_charts" {
  service_account_id = glsa_service_account.deployer.id
  project            = "platform/charts"
  role               = "maintainer"
}`,
    importId: {
      means: "group or project and username; numbers do, too (`project:7:345`)",
      example: "project:platform/charts:platform-deployer",
    },
  },
  "Resource glsa_memberships": {
    example: `
resource "glsa_memberships" "deployer" {
  service_account_id = glsa_service_account.deployer.id
  exclusive          = true

  group "platform/apps" {
    path = "platform/apps"
    role = "developer"
  }

  project "charts" {
    path = "platform/charts"
    role = "maintainer"
  }
}`,
    importId: {
      means: "username; a number does, too (`user:345`), and so does an account's id",
      example: "user:platform-deployer",
    },
  },
  "Data source glsa_service_account": {
    example: `
data "glsa_service_account" "legacy" {
  group    = "platform"
  username = "legacy-bot"
}`,
  },
  "Data source glsa_service_accounts": {
    example: `
data "glsa_service_accounts" "platform" {
  group = "platform"
}

output "accounts" {
  value = data.glsa_service_accounts.platform.service_accounts[*].username
}`,
  },
  "Data source glsa_access_tokens": {
    example: `
data "glsa_access_tokens" "platform" {
  group           = "platform"
  username_prefix = "platform-"
}

output "never_used" {
  value = [for token in data.glsa_access_tokens.platform.access_tokens : token.name if token.last_used_at == null]
}`,
  },
  "Data source glsa_memberships": {
    example: `
data "glsa_memberships" "charts" {
  project = "platform/charts"
}

output "maintainers" {
  value = [for each in data.glsa_memberships.charts.memberships : each.username if each.role == "maintainer"]
}`,
  },
  "Ephemeral resource glsa_access_token": {
    example: `
ephemeral "glsa_access_token" "run" {
  service_account_id = glsa_service_account.deployer.id
  name               = "this-run"
  scopes             = ["read_api"]
}`,
  },
  ...Object.fromEntries(
    ["service_account", "access_token", "membership"].map((type) => [
      `List resource glsa_${type}`,
      { example: listExample(type) },
    ]),
  ),
  "Action glsa_revoke_token": {
    example: `
action "glsa_revoke_token" "leaked" {
  config {
    service_account_id = glsa_service_account.deployer.id
    token_ids          = [glsa_access_token.deploy.token_id]
  }
}`,
  },
};

/** For a file such as `found.tfquery.hcl`. */
function listExample(type: string): string {
  return `
list "glsa_${type}" "all" {
  provider = glsa

  config {
    group = "platform"
  }
}`;
}
