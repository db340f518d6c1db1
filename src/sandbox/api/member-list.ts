import { membershipSources, sharedMembers } from "../auth/access";
import type { Call } from "../http/call";
import { recordNotFound } from "../http/errors";
import { pageParams, paginate, type PageParams } from "../http/pagination";
import { route, type Route } from "../http/route";
import { ok, type Reply } from "../http/reply";
import { memberJson } from "../json/member";
import { boolean, integer, integerList, oneOf, required, string } from "../params/types";
import type { Member, SourceType } from "../state/rows";
import { sourceKey, type SourceRef } from "../state/store";
import { findSource, findSourceOfMembers } from "./find";

const listParams = {
  ...pageParams,
  query: string(),
  user_ids: integerList(),
  show_seat_info: boolean(),
};

const directListParams = { ...listParams, skip_users: integerList() };
const allListParams = { ...listParams, state: oneOf("awaiting", "active") };

interface MemberFilter {
  readonly query?: string;
  readonly user_ids?: readonly number[];
  readonly skip_users?: readonly number[];
  readonly state?: "awaiting" | "active";
}

/** Direct members of some of the users, or of all. */
function directMembers(call: Call, source: SourceRef, userIds?: readonly number[]): Member[] {
  const { store } = call.instance;
  if (userIds === undefined) return store.membersBySource.all(sourceKey(source.type, source.id));
  return [...new Set(userIds)]
    .map((id) => store.directMember(source, id))
    .filter((member) => member !== undefined)
    .sort((a, b) => a.id - b.id);
}

/** Each user once, with the highest role from all ancestors and shares. */
function allMembers(call: Call, source: SourceRef, userIds?: readonly number[]): Member[] {
  const { store } = call.instance;
  const membersOf = (from: SourceRef) => directMembers(call, from, userIds);
  const lists = membershipSources(store, source)
    .flatMap((from) => [membersOf(from), sharedMembers(store, from, membersOf)])
    .filter((members) => members.length > 0);
  // If all are direct members of one place, there is nothing to compare.
  const hasShares = store.shares.size > 0;
  if (lists.length < 2 && !hasShares) return lists[0] ?? [];
  const highest = new Map<number, Member>();
  for (const member of lists.flat()) {
    const known = highest.get(member.user_id);
    if (known === undefined || known.access_level < member.access_level) {
      highest.set(member.user_id, member);
    }
  }
  return [...highest.values()].sort((a, b) => a.id - b.id);
}

function matching(call: Call, members: Member[], filter: MemberFilter): Member[] {
  const query = filter.query?.toLowerCase();
  const skipped = new Set(filter.skip_users);
  // There are no members waiting for a seat here.
  if (filter.state === "awaiting") return [];
  return members.filter((member) => {
    if (skipped.has(member.user_id)) return false;
    if (query === undefined || query === "") return true;
    const user = call.instance.store.users.get(member.user_id);
    const isExactEmail = user?.email.toLowerCase() === query;
    return (
      isExactEmail ||
      [user?.name, user?.username].some((text) => text?.toLowerCase().includes(query))
    );
  });
}

type ListParams = PageParams & MemberFilter & { readonly show_seat_info?: boolean };
type Select = typeof directMembers;

function memberPage(call: Call, type: SourceType, select: Select, params: ListParams): Reply {
  const members = select(call, findSourceOfMembers(call, type), params.user_ids);
  return paginate(call, params, matching(call, members, params), (member) =>
    memberJson(call.instance, member, params.show_seat_info),
  );
}

function oneMember(path: string, select: Select, find: (call: Call) => SourceRef): Route {
  return route({
    method: "GET",
    path,
    params: { user_id: required(integer()) },
    handle(call, { user_id }) {
      const [member] = select(call, find(call), [user_id]);
      if (member === undefined) throw recordNotFound();
      return ok(memberJson(call.instance, member));
    },
  });
}

/** Reading the members of groups or of projects. */
export function memberListRoutes(type: SourceType): Route[] {
  const base = `/${type}s/:id/members`;
  return [
    route({
      method: "GET",
      path: base,
      params: directListParams,
      handle: (call, params) => memberPage(call, type, directMembers, params),
    }),
    // The only one of these routes that shows a member to every user who sees the group.
    oneMember(`${base}/:user_id`, directMembers, (call) => findSource(call, type)),
    route({
      method: "GET",
      path: `${base}/all`,
      params: allListParams,
      handle(call, params) {
        call.instance.limits.count("project_members_api", call.caller.user.id);
        return memberPage(call, type, allMembers, params);
      },
    }),
    oneMember(`${base}/all/:user_id`, allMembers, (call) => findSourceOfMembers(call, type)),
  ];
}
