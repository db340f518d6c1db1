import type { FoundResource, FoundResources, Properties } from "./resource";
import { textOf } from "./values";

/** Which of the types, in Terraform's words, are service accounts that are made. */
export const ACCOUNT_TYPES = [
  "glsa_service_account",
  "gitlab_group_service_account",
  "gitlab_project_service_account",
  "gitlab_instance_service_account",
];

/** The username behind an account's id or a user's number; otherwise what is written there. */
export function accountOf(resources: FoundResources, value: unknown): string {
  const username = resources.behind(value)?.properties.username;
  if (username !== undefined) return String(username);
  const text = resources.asReference(value);
  return /^\d+$/.test(text) ? `user ${text}` : text;
}

/** The path behind a looked-up group or project; otherwise what is written there. */
export function containerOf(resources: FoundResources, value: unknown): string {
  const { properties = {} } = resources.behind(value) ?? {};
  const path = textOf(properties.fullPath) ?? textOf(properties.pathWithNamespace);
  return (path ?? resources.asReference(value)).replace(/^\/+|\/+$/g, "");
}

/** `group platform`, `project platform/web` or `the instance`. */
export function ownerOf(resources: FoundResources, properties: Properties): string {
  const { group, project } = properties;
  if (group !== undefined) return `group ${containerOf(resources, group)}`;
  return project === undefined ? "the instance" : `project ${containerOf(resources, project)}`;
}

export function ofType(resources: FoundResources, types: readonly string[]): FoundResource[] {
  return resources.all.filter(({ type, isData }) => !isData && types.includes(type));
}
