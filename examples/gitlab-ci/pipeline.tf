# The pipeline's own account. A person's token makes it, in the first apply, and is needed no more.

resource "glsa_service_account" "pipeline" {
  group    = "platform"
  username = "platform-glsa"
  name     = "glsa of the group platform"
}

resource "glsa_membership" "pipeline_owns_platform" {
  service_account_id = glsa_service_account.pipeline.id
  group              = "platform"
  role               = "owner"
}

# Applies and rotates, on the default branch only: the variable is protected. Hidden, so that no API tells its value.
resource "glsa_access_token" "apply" {
  service_account_id = glsa_service_account.pipeline.id
  name               = "apply"
  description        = "applies this declaration, and rotates its tokens"
  scopes             = ["api"]

  rotation {
    every = "30d"
  }

  deliver_to {
    ci_variable {
      project           = "platform/accounts"
      key               = "GITLAB_TOKEN"
      environment_scope = "platform/apply"
      protected         = true
      hidden            = true
    }
  }
}

# Plans merge requests. It can read, and change nothing.
resource "glsa_access_token" "plan" {
  service_account_id = glsa_service_account.pipeline.id
  name               = "plan"
  scopes             = ["read_api"]

  rotation {
    every = "30d"
  }

  deliver_to {
    ci_variable {
      project           = "platform/accounts"
      key               = "GITLAB_TOKEN"
      environment_scope = "platform/plan"
      hidden            = true
    }
  }
}
