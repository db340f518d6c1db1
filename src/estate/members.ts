import type { GitLab, GraphqlUser, MemberEntity } from "../gitlab";
import { roleOfAccessLevel } from "../model";
import { describe, type Containers } from "./containers";
import { inHundreds, questionsAbout } from "./cost";
import type { GapLog } from "./gap-log";
import { PagedList } from "./paged-list";
import type { PicturedContainer, PicturedMembership } from "./picture";

type Membership = Omit<PicturedMembership, "inherited">;

export interface MembersRead {
  readonly memberships: readonly Membership[];
  /** For members that are not known accounts. */
  readonly others: readonly Membership[];
}

interface Question {
  readonly container: PicturedContainer;
  readonly userIds: ReadonlySet<number>;
  /** Whether members that are not known accounts matter, since accounts of other owners may be among them. */
  readonly withOthers: boolean;
}

/** The direct members of groups and projects, each with its role there. */
export async function readMembers(
  gitlab: GitLab,
  containers: readonly PicturedContainer[],
  options: Omit<Question, "container">,
  gaps: GapLog,
): Promise<MembersRead> {
  const read = await Promise.all(
    containers.map((container) => membersOf(gitlab, { container, ...options }, gaps)),
  );
  const all = read.flat();
  return {
    memberships: all.filter(({ userId }) => options.userIds.has(userId)),
    others: options.withOthers ? all.filter(({ userId }) => !options.userIds.has(userId)) : [],
  };
}

async function membersOf(gitlab: GitLab, question: Question, gaps: GapLog): Promise<Membership[]> {
  const { container, userIds, withOthers } = question;
  const isWanted = ({ id }: MemberEntity) => withOthers || userIds.has(id);
  const list = new PagedList<MemberEntity>(
    (page) => gitlab.members.page(container, page),
    ({ id }) => id,
  );
  const missing = {
    hides: ["memberships"],
    container,
    what: `the members of ${describe(container)}`,
  } as const;
  try {
    const first = await gitlab.members.page(container, 1);
    list.know(first);
    if (first.next === undefined) {
      return first.items.filter(isWanted).map((each) => membership(container, each));
    }
    // A few requests for the accounts replace the pages of thousands of humans.
    const pages = first.totalPages ?? Infinity;
    if (!withOthers && pages > 1 + questionsAbout(userIds.size)) {
      return await askAbout(gitlab, question);
    }
    const { items, isWhole, failure } = await list.read(isWanted);
    if (failure !== undefined) throw failure;
    const found = items.map((each) => membership(container, each));
    if (isWhole) return found;
    // For known accounts, a request by number is exact even if pages shift.
    const certain = await askAbout(gitlab, question);
    if (withOthers) gaps.shifted(missing, `/${container.kind}s/:id/members`);
    return [...certain, ...found.filter(({ userId }) => !userIds.has(userId))];
  } catch (failure) {
    gaps.failed(missing, failure);
    return [];
  }
}

async function askAbout(gitlab: GitLab, { container, userIds }: Question): Promise<Membership[]> {
  const answers = await Promise.all(
    inHundreds([...userIds]).map((some) => gitlab.members.listOfUsers(container, some)),
  );
  return answers.flat().map((each) => membership(container, each));
}

function membership(container: PicturedContainer, member: MemberEntity): Membership {
  const { id, access_level: accessLevel, member_role: role, expires_at, created_at } = member;
  return {
    userId: id,
    container,
    role: roleOfAccessLevel(accessLevel) ?? null,
    accessLevel,
    customRole: role ? { id: role.id, name: role.name ?? null } : null,
    expiresAt: expires_at ?? null,
    createdAt: created_at ?? null,
  };
}

/** Memberships outside of what was read, which GraphQL shows for an account. It does not return custom roles. */
export function membershipsElsewhere(
  user: GraphqlUser,
  looked: Containers,
  others: Containers,
): Membership[] {
  return user.memberships.flatMap(
    ({ kind, containerId, path, accessLevel, expiresAt, createdAt }) => {
      if (looked.find({ kind, id: containerId }) !== undefined) return [];
      const container = others.add({ kind, id: containerId, path, parentId: null });
      const role = roleOfAccessLevel(accessLevel) ?? null;
      const about = { userId: user.id, container, role, accessLevel };
      return [{ ...about, customRole: null, expiresAt, createdAt }];
    },
  );
}

/** Each with the membership in a group above it that grants more. */
export function withInherited(
  memberships: readonly Membership[],
  containers: Containers,
): PicturedMembership[] {
  const byPlace = new Map(memberships.map((each) => [placeOf(each.userId, each.container), each]));
  return memberships.map((each) => {
    const above = containers
      .above(each.container)
      .flatMap((group) => byPlace.get(placeOf(each.userId, group)) ?? [])
      .filter(({ accessLevel }) => accessLevel > each.accessLevel)
      .sort((left, right) => right.accessLevel - left.accessLevel)[0];
    const inherited =
      above === undefined
        ? null
        : { role: above.role, accessLevel: above.accessLevel, from: above.container };
    return { ...each, inherited };
  });
}

function placeOf(userId: number, { kind, id }: PicturedContainer): string {
  return `${userId} ${kind} ${id}`;
}
