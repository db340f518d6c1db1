# One account that deploys the charts, with one token that rotates every 30 days.

terraform {
  required_providers {
    glsa = { source = "glsa.internal/glsa/glsa" }
  }
}

provider "glsa" {
  stack = "demo"
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
      project = "platform/charts"
      key     = "DEPLOY_TOKEN"
    }
  }
}
