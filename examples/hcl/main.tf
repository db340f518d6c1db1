# The service accounts of a small platform team. They want the group "platform" with the project
# "platform/charts", and below it the group "platform/apps" with the project "platform/apps/web".
# examples/cdktf declares the same in TypeScript.

terraform {
  required_providers {
    glsa = {
      source  = "glsa.internal/glsa/glsa"
      version = "~> 0.1"
    }
  }
}

# Address and token come from the environment: GITLAB_BASE_URL and GITLAB_TOKEN.
provider "glsa" {
  stack = "platform"
}

# Releases the charts. The first apply after 30 days makes a new token and delivers it; the old one still works for 3 days.

resource "glsa_service_account" "deployer" {
  group    = "platform"
  username = "platform-deployer"
  name     = "Platform deployer"
}

resource "glsa_membership" "deployer_in_charts" {
  service_account_id = glsa_service_account.deployer.id
  project            = "platform/charts"
  role               = "maintainer"
}

resource "glsa_membership" "deployer_in_apps" {
  service_account_id = glsa_service_account.deployer.id
  group              = "platform/apps"
  role               = "developer"
}

resource "glsa_access_token" "deployer_ci" {
  service_account_id = glsa_service_account.deployer.id
  name               = "ci"
  description        = "deploys the platform charts (platform-team)"
  scopes             = ["read_api", "write_repository"]

  rotation {
    every   = "30d"
    overlap = "3d"
  }

  deliver_to {
    ci_variable {
      project = "platform/charts"
      key     = "DEPLOY_TOKEN"
    }
  }
}

# Reads everything in the group, and may change nothing.

resource "glsa_service_account" "auditor" {
  group      = "platform"
  username   = "platform-auditor"
  name       = "Platform auditor"
  on_destroy = "disable"
}

resource "glsa_membership" "auditor_in_platform" {
  service_account_id = glsa_service_account.auditor.id
  group              = "platform"
  role               = "reporter"
}

resource "glsa_access_token" "auditor_audit" {
  service_account_id = glsa_service_account.auditor.id
  name               = "audit"
  description        = "reports settings that differ from the baseline (platform-team)"
  scopes             = ["read_api"]

  rotation {
    every   = "30d"
    overlap = "3d"
  }

  deliver_to {
    ci_variable {
      group = "platform"
      key   = "AUDIT_TOKEN"
    }
  }
}

# Belongs to one project and pushes its images.

resource "glsa_service_account" "web_bot" {
  project  = "platform/apps/web"
  username = "web-bot"
  name     = "Web bot"
}

resource "glsa_membership" "web_bot_in_web" {
  service_account_id = glsa_service_account.web_bot.id
  project            = "platform/apps/web"
  role               = "developer"
}

resource "glsa_access_token" "web_bot_registry" {
  service_account_id = glsa_service_account.web_bot.id
  name               = "registry"
  description        = "pushes the images of the web application (web-team)"
  scopes             = ["read_registry", "write_registry"]

  rotation {
    every   = "30d"
    overlap = "3d"
  }

  deliver_to {
    ci_variable {
      project = "platform/apps/web"
      key     = "REGISTRY_TOKEN"
    }
  }
}
