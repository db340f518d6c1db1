import { invalidRecord } from "../http/errors";
import type { Instance } from "../instance";
import type { Group, Project, Visibility } from "../state/rows";
import { isReservedAtTopLevel } from "./reserved-names";

const rank: Record<Visibility, number> = { private: 0, internal: 10, public: 20 };

/** Refuses a path that is malformed or taken in its namespace. */
export function requireFreePath(
  { store }: Instance,
  fullPath: string,
  path: string,
  current?: { readonly id: number },
): void {
  if (!/^[A-Za-z0-9_.][A-Za-z0-9_.-]*$/.test(path) || /(?:\.|\.git|\.atom)$/i.test(path)) {
    throw invalidRecord({
      path: [
        "can contain only letters, digits, '_', '-' and '.'. Cannot start with '-', end in '.git' or end in '.atom'",
      ],
    });
  }
  if (fullPath === path && isReservedAtTopLevel(path)) {
    throw invalidRecord({ path: [`${path} is a reserved name`] });
  }
  const key = fullPath.toLowerCase();
  const holders = [
    store.groupsByPath.first(key),
    store.projectsByPath.first(key),
    store.usersByUsername.first(key),
  ];
  const isTaken = holders.some((holder) => holder !== undefined && holder !== current);
  if (isTaken) throw invalidRecord({ path: ["has already been taken"] });
}

/** Nothing may be more visible than the group it is in. */
export function requireVisibilityWithin(parent: Group | undefined, visibility: Visibility): void {
  if (parent === undefined || rank[visibility] <= rank[parent.visibility]) return;
  throw invalidRecord({
    visibility_level: [
      `${visibility} is not allowed since the parent group has a ${parent.visibility} visibility.`,
    ],
  });
}

/** Gives a group a new place in the tree of paths, with everything below it. */
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

/** Gives a project a new place; its old path goes on leading to it. */
export function moveProjectPath({ store }: Instance, project: Project, fullPath: string): void {
  store.redirects.insert({ path: project.full_path, project_id: project.id });
  store.projects.update(project, { full_path: fullPath });
}
