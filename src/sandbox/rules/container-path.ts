import { failure, invalidRecord, type ApiError } from "../http/errors";
import type { Instance } from "../instance";
import type { Group, Project, SourceType, Visibility } from "../state/rows";
import { nameProblems, pathProblems } from "./container-names";
import { isReservedAtTopLevel } from "./reserved-names";

const rank: Record<Visibility, number> = { private: 0, internal: 10, public: 20 };
const taken = "has already been taken";

/** A group or project with its intended values. */
interface Wanted {
  readonly name: string;
  readonly path: string;
  /** The path with those of the groups above, or of its owner. */
  readonly fullPath: string;
  readonly visibility: Visibility;
  readonly parent: Group | undefined;
  /** The changed object: its own path does not count as taken, and unchanged values are not checked again. */
  readonly current?: Group | Project;
}

type Problems = Record<string, string[]>;

/** The problems of a group or project, by attribute. */
export function containerProblems(
  instance: Instance,
  type: SourceType,
  { name, path, fullPath, visibility, parent, current }: Wanted,
): Problems {
  const keepsName = current !== undefined && current.name === name;
  const keepsPath = current !== undefined && current.path === path;
  const names = [
    ...(keepsName ? [] : nameProblems(type, name)),
    ...(type === "project" && isNameTaken(instance, name, fullPath, current) ? [taken] : []),
  ];
  const form = keepsPath ? [] : pathProblems(type, path);
  const paths = [...form, ...placeProblems(instance, path, fullPath, current)];
  return withoutEmpty({
    // A project's namespace repeats the project's problems.
    ...(type === "project"
      ? { "project_namespace.name": names, "project_namespace.path": form }
      : {}),
    name: names,
    path: paths,
    visibility_level: visibilityProblems(parent, visibility),
  });
}

function withoutEmpty(problems: Problems): Problems {
  return Object.fromEntries(Object.entries(problems).filter(([, texts]) => texts.length > 0));
}

/** Names of projects are unique in their namespace; those of groups need not be. */
function isNameTaken(
  { store }: Instance,
  name: string,
  fullPath: string,
  current: Group | Project | undefined,
): boolean {
  const namespace = fullPath.slice(0, fullPath.lastIndexOf("/"));
  return store.projectsByNamespace
    .all(namespace.toLowerCase())
    .some((project) => project !== current && project.name === name);
}

function placeProblems(
  { store }: Instance,
  path: string,
  fullPath: string,
  current: Group | Project | undefined,
): string[] {
  if (fullPath === path && isReservedAtTopLevel(path)) return [`${path} is a reserved name`];
  const key = fullPath.toLowerCase();
  const holders = [
    store.groupsByPath.first(key),
    store.projectsByPath.first(key),
    store.usersByUsername.first(key),
  ];
  return holders.some((holder) => holder !== undefined && holder !== current) ? [taken] : [];
}

/** Nothing can be more visible than the group that contains it. */
function visibilityProblems(parent: Group | undefined, visibility: Visibility): string[] {
  if (parent === undefined || rank[visibility] <= rank[parent.visibility]) return [];
  return [
    `${visibility} is not allowed since the parent group has a ${parent.visibility} visibility.`,
  ];
}

/** Refuses what is wrong, as GitLab does for everything but new groups. */
export function requireValidContainer(instance: Instance, type: SourceType, wanted: Wanted): void {
  const problems = containerProblems(instance, type, wanted);
  if (Object.keys(problems).length > 0) throw invalidRecord(problems);
}

/** New groups are refused in one text, with the problems as Ruby prints them. */
export function groupNotSaved(problems: Problems): ApiError {
  const texts = Object.entries(problems).map(([attribute, messages]) => {
    const list = messages.map((message) => JSON.stringify(message)).join(", ");
    return `:${attribute}=>[${list}]`;
  });
  return failure(400, `Failed to save group {${texts.join(", ")}}`);
}

/** Moves a group in the tree of paths, with everything below it. */
export function moveGroupPath(instance: Instance, group: Group, fullPath: string): void {
  const { store } = instance;
  store.groups.update(group, { full_path: fullPath });
  for (const subgroup of store.groupsByParent.all(group.id)) {
    moveGroupPath(instance, subgroup, `${fullPath}/${subgroup.path}`);
  }
  for (const project of store.projectsByGroup.all(group.id)) {
    moveProjectPath(instance, project, `${fullPath}/${project.path}`);
  }
}

/** Moves a project. Its old path keeps redirecting to it. */
export function moveProjectPath({ store }: Instance, project: Project, fullPath: string): void {
  store.redirects.insert({ path: project.full_path, project_id: project.id });
  store.projects.update(project, { full_path: fullPath });
}
