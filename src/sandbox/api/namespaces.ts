import { accessLevelIn, accessLevels, canRead } from "../auth/access";
import type { Call } from "../http/call";
import { notFound } from "../http/errors";
import { pageParams, paginate } from "../http/pagination";
import { ok } from "../http/reply";
import { route } from "../http/route";
import { groupNamespaceJson, userNamespaceJson } from "../json/project";
import { boolean, string, withDefault } from "../params/types";
import type { Group, User } from "../state/rows";
import { sourceKey } from "../state/store";

/** A user's own namespace, or a group. */
type Namespace = { readonly user: User } | { readonly group: Group };

/** Additional keys for callers who manage a namespace. */
function managedKeys({ instance }: Call, namespace: Namespace) {
  const { store, tier } = instance;
  const projects =
    "group" in namespace
      ? store.projectsByGroup.count(namespace.group.id)
      : store.projectsByNamespace.count(namespace.user.username.toLowerCase());
  const members =
    "group" in namespace
      ? { members_count_with_descendants: membersBelow(instance.store, namespace.group).size }
      : {};
  const plan = { plan: "default", end_date: null, trial_ends_on: null, trial: false };
  return {
    ...members,
    ...(tier === "free" ? {} : { billable_members_count: 1, ...plan }),
    root_repository_size: 0,
    projects_count: projects,
  };
}

function membersBelow(store: Call["instance"]["store"], group: Group): Set<number> {
  const below = store.groupsByParent.all(group.id).map((subgroup) => membersBelow(store, subgroup));
  const own = store.membersBySource.all(sourceKey("group", group.id)).map((row) => row.user_id);
  return new Set([...own, ...below.flatMap((ids) => [...ids])]);
}

function isManaged({ instance, caller }: Call, namespace: Namespace): boolean {
  if (caller.admin) return true;
  if ("user" in namespace) return namespace.user.id === caller.user.id;
  const source = { type: "group", id: namespace.group.id } as const;
  return accessLevelIn(instance.store, caller.user, source) >= accessLevels.owner;
}

function namespaceJson(call: Call, namespace: Namespace) {
  const common =
    "group" in namespace
      ? groupNamespaceJson(call.instance, namespace.group)
      : userNamespaceJson(call.instance, namespace.user);
  return { ...common, ...(isManaged(call, namespace) ? managedKeys(call, namespace) : {}) };
}

/** The namespaces of a caller: the own one, and groups with a role in them. */
function visibleNamespaces({ instance, caller }: Call): Namespace[] {
  const { store } = instance;
  const users = caller.admin
    ? store.users.rows().filter(({ user_type }) => user_type === "human")
    : [caller.user];
  const groups = store.groups
    .rows()
    .filter(
      ({ id }) =>
        caller.admin ||
        accessLevelIn(store, caller.user, { type: "group", id }) >= accessLevels.guest,
    );
  return [...groups.map((group) => ({ group })), ...users.map((user) => ({ user }))];
}

function findNamespace(call: Call, reference: string): Namespace {
  const { instance, caller } = call;
  const { store } = instance;
  const group = store.groupOf(reference);
  if (group !== undefined && canRead(instance, caller, "group", group)) return { group };
  const user = /^\d+$/.test(reference)
    ? store.usersByNamespace.first(Number(reference))
    : store.usersByUsername.first(reference.toLowerCase());
  if (user !== undefined && (caller.admin || user.id === caller.user.id)) return { user };
  throw notFound("Namespace");
}

export const namespaceRoutes = [
  route({
    method: "GET",
    path: "/namespaces",
    params: { ...pageParams, search: string(), owned_only: withDefault(boolean(), false) },
    handle(call, params) {
      const search = params.search?.toLowerCase() ?? "";
      const found = visibleNamespaces(call).filter((namespace) => {
        const path = "group" in namespace ? namespace.group.full_path : namespace.user.username;
        const name = "group" in namespace ? namespace.group.name : namespace.user.name;
        const matches = [path, name].some((text) => text.toLowerCase().includes(search));
        return matches && (!params.owned_only || isManaged(call, namespace));
      });
      return paginate(call, params, found, (namespace) => namespaceJson(call, namespace));
    },
  }),
  route({
    method: "GET",
    path: "/namespaces/:id",
    handle: (call) => ok(namespaceJson(call, findNamespace(call, call.path["id"] ?? ""))),
  }),
];
