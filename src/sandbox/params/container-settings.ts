import { boolean, integer, oneOf, string, stringList } from "./types";
import type { Shape } from "./read";

// Settings of groups and projects that are stored and shown, and have no other effect here.

const named = <P>(param: () => P, names: readonly string[]): Record<string, P> =>
  Object.fromEntries(names.map((name) => [name, param()]));

const access = () => oneOf("disabled", "private", "enabled");

export const groupSettings: Shape = {
  ...named(boolean, [
    ...["share_with_group_lock", "require_two_factor_authentication", "auto_devops_enabled"],
    ...["emails_disabled", "emails_enabled", "show_diff_preview_in_email", "mentions_disabled"],
    ...["lfs_enabled", "request_access_enabled", "prevent_forking_outside_group"],
    ...["membership_lock", "prevent_sharing_groups_outside_hierarchy"],
    ...["math_rendering_limits_enabled", "lock_math_rendering_limits_enabled"],
  ]),
  ...named(integer, [
    ...["two_factor_grace_period", "default_branch_protection", "max_artifacts_size"],
    ...["shared_runners_minutes_limit", "extra_shared_runners_minutes_limit"],
  ]),
  project_creation_level: oneOf("noone", "owner", "maintainer", "developer", "administrator"),
  subgroup_creation_level: oneOf("owner", "maintainer"),
  shared_runners_setting: oneOf(
    "disabled_and_unoverridable",
    "disabled_with_override",
    "disabled_and_overridable",
    "enabled",
  ),
  wiki_access_level: access(),
  default_branch: string(),
};

const features = [
  ...["issues", "repository", "merge_requests", "forking", "wiki", "builds", "snippets"],
  ...["analytics", "container_registry", "security_and_compliance", "releases", "environments"],
  ...["feature_flags", "infrastructure", "monitor", "model_experiments", "model_registry"],
  ...["package_registry", "requirements"],
];

export const projectSettings: Shape = {
  ...named(
    access,
    features.map((feature) => `${feature}_access_level`),
  ),
  ...named(boolean, [
    ...["issues_enabled", "merge_requests_enabled", "wiki_enabled", "jobs_enabled"],
    ...["snippets_enabled", "container_registry_enabled", "service_desk_enabled"],
    ...["packages_enabled", "emails_disabled", "emails_enabled", "show_diff_preview_in_email"],
    ...["shared_runners_enabled", "group_runners_enabled", "lfs_enabled"],
    ...["ci_forward_deployment_enabled", "ci_forward_deployment_rollback_allowed"],
    ...["ci_separated_caches", "ci_allow_fork_pipelines_to_run_in_parent_project"],
    ...["keep_latest_artifact", "restrict_user_defined_variables", "auto_devops_enabled"],
    ...["ci_push_repository_for_job_token_allowed", "protect_merge_request_pipelines"],
    ...["ci_display_pipeline_variables", "public_jobs", "request_access_enabled"],
    ...["only_allow_merge_if_pipeline_succeeds", "allow_merge_on_skipped_pipeline"],
    ...["only_allow_merge_if_all_discussions_are_resolved", "remove_source_branch_after_merge"],
    ...["printing_merge_request_link_enabled", "enforce_auth_checks_on_uploads"],
    ...["warn_about_potentially_unwanted_characters", "autoclose_referenced_issues"],
    ...["resolve_outdated_diff_discussions"],
  ]),
  ...named(integer, [
    ...["ci_default_git_depth", "ci_delete_pipelines_in_seconds", "build_timeout"],
    ...["max_artifacts_size"],
  ]),
  ...named(string, [
    ...["default_branch", "ci_config_path", "suggestion_commit_message"],
    ...["merge_commit_template", "squash_commit_template", "mr_default_title_template"],
    ...["issue_branch_template"],
  ]),
  pages_access_level: oneOf("disabled", "private", "enabled", "public"),
  build_git_strategy: oneOf("fetch", "clone"),
  auto_cancel_pending_pipelines: oneOf("disabled", "enabled"),
  auto_devops_deploy_strategy: oneOf("continuous", "manual", "timed_incremental"),
  merge_method: oneOf("ff", "rebase_merge", "merge"),
  squash_option: oneOf("never", "always", "default_on", "default_off"),
  ci_pipeline_variables_minimum_override_role: oneOf(
    "no_one_allowed",
    "developer",
    "maintainer",
    "owner",
  ),
  topics: stringList(),
};

/** Settings that other callers may send without an effect, as in GitLab. */
const administrators: ReadonlySet<string> = new Set([
  ...["shared_runners_minutes_limit", "extra_shared_runners_minutes_limit"],
  "max_artifacts_size",
]);
const owners: ReadonlySet<string> = new Set([
  ...["emails_disabled", "emails_enabled", "show_diff_preview_in_email"],
  "warn_about_potentially_unwanted_characters",
]);

/** The caller who changes settings: an administrator, an Owner, or a user with a lower role. */
interface Changer {
  readonly isAdmin: boolean;
  readonly isOwner: boolean;
}

/** The given and allowed settings, added to the stored ones. */
export function keptSettings(
  shape: Shape,
  params: Readonly<Record<string, unknown>>,
  { isAdmin, isOwner }: Changer,
  known: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const given = Object.keys(shape)
    .filter((name) => params[name] !== undefined)
    .filter((name) => (isAdmin || !administrators.has(name)) && (isOwner || !owners.has(name)))
    .map((name) => [name, params[name]] as const);
  return { ...known, ...Object.fromEntries(given), ...emailSettings(Object.fromEntries(given)) };
}

/** One setting under two names, each the opposite of the other. The newer name counts. */
function emailSettings({ emails_enabled, emails_disabled }: Readonly<Record<string, unknown>>) {
  const enabled =
    emails_enabled ?? (typeof emails_disabled === "boolean" ? !emails_disabled : undefined);
  return typeof enabled === "boolean" ? { emails_enabled: enabled, emails_disabled: !enabled } : {};
}

/** A group or project with its changed settings, in the order of its keys. */
export function withSettings(
  json: Record<string, unknown>,
  settings?: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  if (settings === undefined) return json;
  const shown = Object.entries(settings).filter(([name]) => Object.hasOwn(json, name));
  const topics = Object.hasOwn(settings, "topics") ? { tag_list: settings["topics"] } : {};
  return {
    ...json,
    ...Object.fromEntries(shown),
    ...(Object.hasOwn(json, "tag_list") ? topics : {}),
  };
}
