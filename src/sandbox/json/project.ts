import { dayInMilliseconds, type Timestamp } from "../clock";
import type { Caller } from "../http/call";
import { supports, type Instance } from "../instance";
import type { Group, Project, User } from "../state/rows";
import { accessLevels, groupAndAncestors, hasRole } from "../auth/access";
import { renderedText } from "./rendered-text";
import { runnersToken } from "./runners-token";
import {
  ciDefaults,
  deletionDefaults,
  featureDefaults,
  mergeDefaults,
  popularityDefaults,
  recentProjectKeys,
  repositoryDefaults,
} from "./project-defaults";
import { sharedWithGroupsJson } from "./share";
import { withSettings } from "../params/container-settings";
import { withoutKeys } from "./without-keys";

const linkedParts = {
  issues: "issues",
  merge_requests: "merge_requests",
  repo_branches: "repository/branches",
  labels: "labels",
  events: "events",
  members: "members",
  cluster_agents: "cluster_agents",
};

/** The group or user that a project belongs to. */
export function namespaceJson(instance: Instance, project: Project) {
  const { store } = instance;
  const group = project.group_id === null ? undefined : store.groups.get(project.group_id);
  if (group !== undefined) return groupNamespaceJson(instance, group);
  return userNamespaceJson(instance, store.users.get(project.creator_id));
}

export function groupNamespaceJson({ url }: Instance, group: Group) {
  const { id, name, path, full_path, parent_id } = group;
  const web_url = `${url}/groups/${full_path}`;
  return { id, name, path, kind: "group", full_path, parent_id, avatar_url: null, web_url };
}

/** A user's own namespace, or its rest after the user's deletion. */
export function userNamespaceJson({ url }: Instance, user: User | undefined) {
  const path = user?.username ?? "";
  return {
    id: user?.namespace_id ?? 0,
    name: user?.name ?? "",
    path,
    kind: "user",
    full_path: path,
    parent_id: null,
    avatar_url: null,
    web_url: `${url}/${path}`,
  };
}

/** A project's name after those of its groups, or of its owner. */
export function fullName(instance: Instance, project: Project): string {
  const groups = groupAndAncestors(instance.store, project.group_id).reverse();
  const owners =
    groups.length > 0 ? groups.map((group) => group.name) : [namespaceJson(instance, project).name];
  return [...owners, project.name].join(" / ");
}

interface ProjectOptions {
  /** A single project shows how its import went. */
  readonly single: boolean;
}

/** The keys of a project in a list. */
export function simpleProjectJson(instance: Instance, caller: Caller, project: Project) {
  const { id, name, path, full_path, description, created_at, visibility } = project;
  const { url } = instance;
  const json = {
    id,
    description,
    name,
    name_with_namespace: fullName(instance, project),
    path,
    path_with_namespace: full_path,
    created_at,
    ...repositoryDefaults,
    ssh_url_to_repo: `ssh://git@${new URL(url).host}/${full_path}.git`,
    http_url_to_repo: `${url}/${full_path}.git`,
    web_url: `${url}/${full_path}`,
    ...popularityDefaults,
    last_activity_at: created_at,
    visibility,
    namespace: namespaceJson(instance, project),
    ...(caller.admin ? { repository_storage: "default" } : {}),
  };
  return withSettings(json, project.settings);
}

/** A project, in GitLab's order of keys. */
export function projectJson(
  instance: Instance,
  caller: Caller,
  project: Project,
  { single }: ProjectOptions = { single: false },
): Record<string, unknown> {
  const { id, description, created_at, updated_at } = project;
  const { url } = instance;
  const isManaged = hasRole(instance, caller, { type: "project", id }, accessLevels.maintainer);
  // Merged step by step: as spreads in one literal, so many keys take V8 thirty times as long.
  const json: Record<string, unknown> = Object.assign(
    simpleProjectJson(instance, caller, project),
    instance.registry === null
      ? {}
      : {
          container_registry_image_prefix: `${instance.registry}/${project.full_path.toLowerCase()}`,
        },
    { _links: linksJson(`${url}/api/v4/projects/${id}`) },
    deletionDefaults,
    {
      marked_for_deletion_at: project.marked_for_deletion_on ?? null,
      marked_for_deletion_on: project.marked_for_deletion_on ?? null,
      archived: project.archived,
      resolve_outdated_diff_discussions: false,
      container_expiration_policy: expirationPolicyJson(created_at),
    },
    featureDefaults,
    {
      creator_id: project.creator_id,
      import_url: null,
      import_type: null,
      import_status: "none",
      ...(single ? { import_error: null } : {}),
      open_issues_count: 0,
      description_html: renderedText(description ?? ""),
      updated_at,
    },
    ciDefaults,
    isManaged ? { runners_token: runnersToken("project", id) } : {},
    mergeDefaults,
    { shared_with_groups: sharedWithGroupsJson(instance, { type: "project", id }) },
  );
  const kept = withSettings(json, project.settings);
  const shown = supports(instance, "recentContainerKeys") ? kept : withLaterVisibility(kept);
  return withoutKeys(shown, [
    ...(supports(instance, "recentContainerKeys") ? [] : recentProjectKeys),
    ...(supports(instance, "titleTemplate") ? [] : ["mr_default_title_template"]),
  ]);
}

/** Older releases show the visibility only after the archive. */
function withLaterVisibility(json: Record<string, unknown>): Record<string, unknown> {
  const { visibility, ...others } = json;
  return Object.fromEntries(
    Object.entries(others).flatMap((entry) =>
      entry[0] === "archived" ? [entry, ["visibility", visibility]] : [entry],
    ),
  );
}

function linksJson(self: string): Record<string, string> {
  const links = Object.entries(linkedParts).map(([part, target]) => [part, `${self}/${target}`]);
  return { self, ...(Object.fromEntries(links) as Record<string, string>) };
}

function expirationPolicyJson(createdAt: Timestamp) {
  return {
    cadence: "1d",
    enabled: false,
    keep_n: 10,
    older_than: "90d",
    name_regex: ".*",
    name_regex_keep: null,
    next_run_at: new Date(Date.parse(createdAt) + dayInMilliseconds).toISOString(),
  };
}
