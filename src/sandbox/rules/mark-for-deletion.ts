import { addDays } from "../clock";
import { failure } from "../http/errors";
import { supports, type Instance } from "../instance";
import type { Group, Project, SourceType } from "../state/rows";
import { moveGroupPath, moveProjectPath } from "./container-path";
import { deleteGroup, deleteProject } from "./delete-container";

/** The requested way to delete a group or project. */
export interface DeletionRequest {
  readonly permanently_remove?: string;
  readonly full_path?: string;
}

const title = { group: "Group", project: "Project" } as const;
const suffix = /-deletion_scheduled-\d+$/;

function isDelayed(instance: Instance): boolean {
  return instance.tier !== "free" || supports(instance, "delayedDeletionEverywhere");
}

function isMarked({ marked_for_deletion_on: day }: Group | Project): boolean {
  return day !== undefined && day !== null;
}

/** Deletes a group or project as in its tier: marked first, immediately only on an explicit request. */
export function requestContainerDeletion(
  instance: Instance,
  type: SourceType,
  container: Group | Project,
  request: DeletionRequest,
): "marked" | "deleted" {
  if (!isDelayed(instance)) return remove(instance, type, container);
  if (request.permanently_remove === "true") {
    const problem = immediateProblem(type, container, request.full_path);
    if (problem !== undefined) throw failure(400, problem);
    return remove(instance, type, container);
  }
  if (isMarked(container)) {
    throw failure(400, `${title[type]} has been already marked for deletion`);
  }
  const ending = `-deletion_scheduled-${container.id}`;
  const renamed = supports(instance, "delayedDeletionEverywhere") ? ending : "";
  rename(instance, container, container.name + renamed, container.path + renamed);
  mark(instance, container, instance.clock.today());
  return "marked";
}

/** Why something cannot be deleted immediately: GitLab requires its mark and its full path first. */
function immediateProblem(
  type: SourceType,
  container: Group | Project,
  fullPath: string | undefined,
): string | undefined {
  if ("parent_id" in container && container.parent_id === null) {
    return "`permanently_remove` option is only available for subgroups.";
  }
  if (!isMarked(container)) return `${title[type]} must be marked for deletion first.`;
  if (container.full_path === fullPath) return undefined;
  const what = type === "group" ? "subgroup" : "project";
  return `\`full_path\` is incorrect. You must enter the complete path for the ${what}.`;
}

/** Removes the mark, and restores the path. */
export function restoreContainer(
  instance: Instance,
  type: SourceType,
  container: Group | Project,
): void {
  if (!isMarked(container)) {
    throw failure(400, `${title[type]} has not been marked for deletion`);
  }
  rename(
    instance,
    container,
    container.name.replace(suffix, ""),
    freePath(instance, container, container.path.replace(suffix, "")),
  );
  mark(instance, container, null);
}

/** The former path, or a similar one if that is taken. */
function freePath({ store }: Instance, container: Group | Project, path: string): string {
  const wanted = placed(container, path).toLowerCase();
  const holder = store.groupsByPath.first(wanted) ?? store.projectsByPath.first(wanted);
  return holder === undefined || holder === container ? path : `${path}-${container.id}`;
}

function placed({ full_path, path: old }: Group | Project, path: string): string {
  return full_path.slice(0, full_path.length - old.length) + path;
}

function rename(instance: Instance, container: Group | Project, name: string, path: string): void {
  const { store } = instance;
  const fullPath = placed(container, path);
  const moves = fullPath !== container.full_path;
  if ("parent_id" in container) {
    store.groups.update(container, { name, path });
    if (moves) moveGroupPath(instance, container, fullPath);
  } else {
    if (moves) moveProjectPath(instance, container, fullPath);
    store.projects.update(container, { name, path });
  }
}

function mark({ store, clock }: Instance, container: Group | Project, day: string | null): void {
  const changes = { marked_for_deletion_on: day, updated_at: clock.now() };
  if ("parent_id" in container) store.groups.update(container, changes);
  else store.projects.update(container, changes);
}

function remove(instance: Instance, type: SourceType, container: Group | Project): "deleted" {
  if (type === "group") deleteGroup(instance, container as Group);
  else deleteProject(instance, container as Project);
  return "deleted";
}

/** Removes what has waited for the number of days of the instance's setting. */
export function purgeMarkedContainers(instance: Instance): void {
  const { store, clock } = instance;
  const due = addDays(clock.today(), -store.settings.deletion_adjourned_period);
  const isDue = ({ marked_for_deletion_on: day }: Group | Project) => (day ?? "9") <= due;
  for (const project of store.projectsMarked.all("marked").filter(isDue)) {
    deleteProject(instance, project);
  }
  for (const group of store.groupsMarked.all("marked").filter(isDue)) deleteGroup(instance, group);
}
