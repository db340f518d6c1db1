import type { Files } from "../support/engine";

/** Where the stand-in's clock starts, so that recorded dates stay as they are. */
export const START = "2026-06-01T08:00:00Z";

const TEAM_MODULE = `
terraform {
  required_providers {
    glsa = { source = "glsa.internal/glsa/glsa" }
  }
}
variable "team" {}
resource "glsa_service_account" "bot" {
  group    = "platform"
  username = "bot-\${var.team}"
}
module "access" {
  source  = "../access"
  account = glsa_service_account.bot.id
}
output "account" { value = glsa_service_account.bot.id }
`;

const ACCESS_MODULE = `
terraform {
  required_providers {
    glsa = { source = "glsa.internal/glsa/glsa" }
  }
}
variable "account" {}
resource "glsa_membership" "apps" {
  service_account_id = var.account
  group              = "platform/apps"
  role               = "developer"
}
`;

export const MODULES: Files = {
  "modules/team/main.tf": TEAM_MODULE,
  "modules/access/main.tf": ACCESS_MODULE,
};

const TEAMS = `
module "team" {
  for_each = toset(["blue", "red"])
  source   = "./modules/team"
  team     = each.key
}
resource "glsa_access_token" "team" {
  for_each           = module.team
  service_account_id = each.value.account
  name               = "nightly"
  scopes             = ["read_api"]
  rotation {
    every = "30d"
  }
  deliver_to {
    ci_variable {
      project   = "platform/charts"
      key       = "NIGHTLY_\${upper(each.key)}"
      protected = true
    }
  }
}
`;

const OTHERS = `
resource "glsa_service_account" "doomed" {
  for_each   = { delete = "delete", disable = "disable", retain = "retain" }
  group      = "platform"
  username   = "doomed-\${each.key}"
  on_destroy = each.value
}
resource "glsa_membership" "doomed" {
  for_each           = glsa_service_account.doomed
  service_account_id = each.value.id
  group              = "platform/apps"
  role               = "guest"
}
resource "glsa_service_account" "mover" {
  group    = "platform"
  username = "mover"
}
resource "glsa_access_token" "mover" {
  service_account_id = glsa_service_account.mover.id
  name               = "mover"
  scopes             = ["read_api"]
  rotation {
    every = "30d"
  }
  store_value        = true
}
`;

/** The first declaration, and what every plan but the second begins with. */
export const CREATED = `
variable "reason" {
  default   = "a-secret-reason"
  sensitive = true
}
resource "glsa_service_account" "deployer" {
  group    = "platform"
  username = "platform-deployer"
}
resource "glsa_membership" "charts" {
  service_account_id = glsa_service_account.deployer.id
  project            = "platform/charts"
  role               = "developer"
  expires_at         = "2026-12-31"
}
resource "glsa_membership" "apps" {
  count              = 1
  service_account_id = glsa_service_account.deployer.id
  group              = "platform/apps"
  role               = "maintainer"
  expires_at         = "2027-01-31"
}
resource "glsa_membership" "platform" {
  service_account_id = glsa_service_account.deployer.id
  group              = "platform"
  role               = "guest"
}
resource "glsa_access_token" "ci" {
  service_account_id = glsa_service_account.deployer.id
  name               = "ci"
  scopes             = ["read_api", "read_user"]
  rotation {
    every = "30d"
  }
  keepers            = { reason = var.reason }
  deliver_to {
    ci_variable {
      project = "platform/charts"
      key     = "DEPLOY_TOKEN"
    }
  }

  deliver_to {
    ci_variable {
      group     = "platform/apps"
      key       = "APPS_TOKEN"
      protected = true
    }
  }
}
resource "glsa_access_token" "api" {
  service_account_id = glsa_service_account.deployer.id
  name               = "api"
  scopes             = ["read_api"]
  expires_at         = "2026-12-31"
  store_value        = true
}
resource "glsa_access_token" "old" {
  service_account_id = glsa_service_account.deployer.id
  name               = "old"
  scopes             = ["read_registry"]
  expires_at         = "2026-12-31"
  deliver_to {
    file {
      path = "old.token"
    }
  }
}
${TEAMS}
${OTHERS}
`;

/** Everything that changes in place, and what comes and goes beside it. */
export const CHANGED = `
variable "reason" {
  default   = "another-secret-reason"
  sensitive = true
}
resource "glsa_service_account" "deployer" {
  group    = "platform"
  username = "platform-release"
}
resource "glsa_membership" "charts" {
  service_account_id = glsa_service_account.deployer.id
  project            = "platform/charts"
  role               = "maintainer"
  expires_at         = "2027-03-31"
}
resource "glsa_membership" "apps" {
  count              = 1
  service_account_id = glsa_service_account.deployer.id
  group              = "platform/apps"
  role               = "reporter"
  expires_at         = "2026-09-30"
}
resource "glsa_access_token" "ci" {
  service_account_id = glsa_service_account.deployer.id
  name               = "ci"
  scopes             = ["read_api", "write_repository"]
  rotation {
    every    = "60d"
    lifetime = "90d"
  }
  keepers            = { reason = var.reason }
  deliver_to {
    ci_variable {
      project   = "platform/charts"
      key       = "DEPLOY_TOKEN"
      protected = true
    }
  }

  deliver_to {
    file {
      path = "deploy.token"
    }
  }
}
resource "glsa_access_token" "api" {
  service_account_id = glsa_service_account.deployer.id
  name               = "api"
  scopes             = ["read_api"]
  expires_at         = "2026-10-31"
  store_value        = true
}
resource "glsa_access_token" "new" {
  service_account_id = glsa_service_account.deployer.id
  name               = "new"
  scopes             = ["api"]
  expires_at         = "2026-10-31"
  store_value        = true
}
${TEAMS}
${OTHERS}
`;

/** What goes, what is replaced, what moves, what is let go of and what is taken over. */
export function gone(importedId: string): string {
  return `${CREATED.slice(0, CREATED.indexOf('resource "glsa_service_account" "doomed"'))}
resource "glsa_service_account" "mover" {
  project  = "platform/charts"
  username = "mover"
}
resource "glsa_access_token" "mover" {
  service_account_id = glsa_service_account.mover.id
  name               = "mover"
  scopes             = ["read_api"]
  rotation {
    every = "30d"
  }
  store_value        = true
}
resource "glsa_service_account" "found" {
  group    = "platform"
  username = "made-by-hand"
}
import {
  to = glsa_service_account.found
  id = "${importedId}"
}
`
    .replace(
      /resource "glsa_membership" "platform" \{[^}]*\}/,
      "removed {\n  from = glsa_membership.platform\n  lifecycle {\n    destroy = false\n  }\n}",
    )
    .replace('resource "glsa_access_token" "api"', 'resource "glsa_access_token" "moved"')
    .concat("moved {\n  from = glsa_access_token.api\n  to   = glsa_access_token.moved\n}\n");
}
