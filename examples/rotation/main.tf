# Two accounts of the group "platform". Their tokens are rotated by .gitlab-ci.yml, at night.

terraform {
  required_providers {
    glsa = {
      source  = "glsa.internal/glsa/glsa"
      version = "~> 0.1"
    }
  }
  # GitLab keeps the state; .gitlab-ci.yml says where, in TF_HTTP_ADDRESS and the like.
  backend "http" {}
}

# GITLAB_TOKEN comes from the environment, and the address too: in a job, CI_SERVER_URL says it.
provider "glsa" {
  stack = "platform"
}

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

resource "glsa_access_token" "deploy" {
  service_account_id = glsa_service_account.deployer.id
  name               = "deploy"
  scopes             = ["read_api", "write_repository"]
  rotation           = { every = "30d", overlap = "3d" }

  deliver_to = [
    { ci_variable = { project = "platform/charts", key = "DEPLOY_TOKEN", protected = true } },
  ]
}

resource "glsa_service_account" "auditor" {
  group    = "platform"
  username = "platform-auditor"
  name     = "Platform auditor"
}

resource "glsa_access_token" "audit" {
  service_account_id = glsa_service_account.auditor.id
  name               = "audit"
  scopes             = ["read_api"]
  rotation           = { every = "30d", overlap = "7d" }

  deliver_to = [
    { ci_variable = { group = "platform", key = "AUDIT_TOKEN" } },
  ]
}
