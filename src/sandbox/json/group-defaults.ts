// What every group returns alike, with the values that were recorded for a fresh one, in the order of the keys.

export const policyDefaults = {
  share_with_group_lock: false,
  require_two_factor_authentication: false,
  two_factor_grace_period: 48,
  project_creation_level: "developer",
  auto_devops_enabled: null,
  subgroup_creation_level: "maintainer",
  emails_disabled: false,
  emails_enabled: true,
  show_diff_preview_in_email: true,
  mentions_disabled: null,
  lfs_enabled: true,
  archived: false,
  math_rendering_limits_enabled: true,
  lock_math_rendering_limits_enabled: false,
  default_branch: null,
  default_branch_protection: 2,
  default_branch_protection_defaults: {
    allowed_to_push: [{ access_level: 40 }],
    allow_force_push: false,
    allowed_to_merge: [{ access_level: 40 }],
    developer_can_initial_push: false,
  },
  avatar_url: null,
  request_access_enabled: true,
};

export const placeDefaults = {
  organization_id: 1,
  shared_runners_setting: "enabled",
  max_artifacts_size: null,
  marked_for_deletion_on: null,
  ldap_cn: null,
  ldap_access: null,
  wiki_access_level: "enabled",
};

export const limitDefaults = {
  shared_runners_minutes_limit: null,
  extra_shared_runners_minutes_limit: null,
  prevent_forking_outside_group: null,
};

/** Keys that 17.11 does not have yet. */
export const recentGroupKeys: readonly string[] = [
  "archived",
  "show_diff_preview_in_email",
  "duo_namespace_access_rules",
  "marked_for_deletion_on",
  "service_access_tokens_expiration_enforced",
];
