# The group "platform": its deployer, and the account that the pipeline itself works as.

terraform {
  required_providers {
    glsa = {
      source  = "glsa.internal/glsa/glsa"
      version = "~> 0.1"
    }
  }
  # GitLab keeps the state; the pipeline says where, in TF_HTTP_ADDRESS and the like.
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

  rotation {
    every   = "30d"
    overlap = "3d"
  }

  deliver_to {
    ci_variable {
      project   = "platform/charts"
      key       = "DEPLOY_TOKEN"
      protected = true
    }
  }
}
