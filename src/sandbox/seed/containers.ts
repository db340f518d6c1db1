import { accessLevels, groupAndAncestors } from "../auth/access";
import { supports } from "../instance";
import type { Group, Visibility } from "../state/rows";
import type { SourceRef } from "../state/store";
import { dateIn, daysAgo, type Build } from "./build";
import { capitalised, groupNames, projectNames, topLevelNames } from "./words";

const deepest = 4;
const eldest = 2800;
const youngest = 2400;
const groupsOfOneTree = 12;

/**
 * Trees of groups with projects. One group, one project and a tree's leaf are marked for deletion, archived and shared.
 */
export function seedContainers(build: Build): void {
  const { sizes, groups, projects } = build;
  const trees = Math.min(sizes.groups, Math.max(2, Math.ceil(sizes.groups / groupsOfOneTree)));
  for (let number = 0; number < sizes.groups; number++) seedGroup(build, number, trees);
  for (let number = 0; number < sizes.projects; number++) seedProject(build, number);
  gatherPlaces(build);
  const leaf = sizes.groups > trees ? groups.at(-1) : undefined;
  if (leaf !== undefined) mark(build, "group", leaf);
  const last = projects.at(-1);
  if (last !== undefined) mark(build, "project", last);
  const [first, second] = groups;
  const shared = projects.find(({ group_id }) => group_id === first?.id);
  if (second === undefined || shared === undefined) return;
  build.instance.store.shares.insert({
    source_type: "project",
    source_id: shared.id,
    group_id: second.id,
    group_access: accessLevels.developer,
    expires_at: null,
    created_at: daysAgo(build, 100),
  });
}

function gatherPlaces({ instance, groups, projects, places, placesIn }: Build): void {
  const gather = (place: SourceRef, groupId: number | null) => {
    places.push(place);
    for (const { id } of groupAndAncestors(instance.store, groupId)) {
      const inside = placesIn.get(id);
      if (inside === undefined) placesIn.set(id, [place]);
      else inside.push(place);
    }
  };
  for (const { id } of groups) gather({ type: "group", id }, id);
  for (const { id, group_id } of projects) gather({ type: "project", id }, group_id);
}

function seedGroup(build: Build, number: number, trees: number): void {
  const { instance, random, groups } = build;
  const { store } = instance;
  const isTop = number < trees;
  const parent = isTop ? undefined : parentFor(build, number, trees);
  const wanted = isTop ? topLevelName(number) : random.pick(groupNames);
  const path = freePath(build, parent?.full_path, wanted);
  const created_at = daysAgo(build, eldest - (number * (eldest - youngest)) / build.sizes.groups);
  groups.push(
    store.groups.insert({
      name: capitalised(path.replaceAll("-", " ")),
      path,
      full_path: parent === undefined ? path : `${parent.full_path}/${path}`,
      description: "",
      visibility: visibilityIn(build, parent),
      parent_id: parent?.id ?? null,
      service_access_tokens_expiration_enforced: !random.isOneIn(4),
      created_at,
      updated_at: created_at,
    }),
  );
}

/** Every tree has a subgroup. The others are placed at random. */
function parentFor({ instance, random, groups }: Build, number: number, trees: number) {
  if (number < 2 * trees) return groups[number - trees];
  const open = groups.filter(({ id }) => groupAndAncestors(instance.store, id).length < deepest);
  return random.pick(open);
}

function topLevelName(number: number): string {
  const round = Math.floor(number / topLevelNames.length);
  const name = topLevelNames[number % topLevelNames.length] ?? "";
  return round === 0 ? name : `${name}-${round + 1}`;
}

function seedProject(build: Build, number: number): void {
  const { instance, random, projects, groups, root } = build;
  if (groups.length === 0) return;
  // The last group stays empty, so that nothing else is deleted with it.
  const group = random.pick(groups.length > 1 ? groups.slice(0, -1) : groups);
  const path = freePath(build, group.full_path, random.pick(projectNames));
  const created_at = daysAgo(build, youngest - (number * 900) / build.sizes.projects);
  projects.push(
    instance.store.projects.insert({
      name: capitalised(path),
      path,
      full_path: `${group.full_path}/${path}`,
      description: null,
      visibility: visibilityIn(build, group),
      group_id: group.id,
      archived: number === 1 || random.isOneIn(15),
      creator_id: root.id,
      created_at,
      updated_at: created_at,
    }),
  );
}

function visibilityIn({ random }: Build, parent: Group | undefined): Visibility {
  if (parent?.visibility === "private" || !random.isOneIn(5)) return "private";
  return parent?.visibility ?? random.pick(["internal", "public"] as const);
}

function freePath({ instance }: Build, above: string | undefined, wanted: string): string {
  const { groupsByPath, projectsByPath } = instance.store;
  for (let round = 1; ; round++) {
    const path = round === 1 ? wanted : `${wanted}-${round}`;
    const fullPath = above === undefined ? path : `${above}/${path}`;
    const isTaken = [groupsByPath, projectsByPath].some((index) => index.count(fullPath) > 0);
    if (!isTaken) return path;
  }
}

/** It was deleted a few days ago, and can be restored until its time is over. */
function mark(build: Build, type: "group" | "project", row: { id: number }): void {
  const { store } = build.instance;
  const marked_for_deletion_on = dateIn(build, -3);
  const ending = supports(build.instance, "delayedDeletionEverywhere")
    ? `-deletion_scheduled-${row.id}`
    : "";
  const renamed = ({ name, path, full_path }: Record<"name" | "path" | "full_path", string>) => ({
    name: name + ending,
    path: path + ending,
    full_path: full_path + ending,
    marked_for_deletion_on,
  });
  const group = type === "group" ? store.groups.get(row.id) : undefined;
  if (group !== undefined) store.groups.update(group, renamed(group));
  const project = type === "project" ? store.projects.get(row.id) : undefined;
  if (project !== undefined) store.projects.update(project, renamed(project));
}
